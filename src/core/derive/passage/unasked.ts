// What is said where nothing was sent: once per parent, so that whatever ails the parent explains it.
import type { CheckContext } from '../../../model/check.js';
import { HOST, type Undecided } from '../../../model/finding.js';
import type { Parent } from '../../../model/topology.js';
import { parentSubject } from '../wording/victims.js';
import { whyUnseen } from '../wording/how-to-ask.js';

/** `what` follows "whether". */
export function leftUnasked(
  parents: readonly Parent[],
  what: string,
  context: CheckContext,
): readonly Undecided[] {
  return parents.map(({ name }) => ({
    subject: parentSubject(name),
    within: [HOST],
    reason: `whether ${what} was not seen: ${whyUnseen(context, 'nobody asked')}`,
  }));
}
