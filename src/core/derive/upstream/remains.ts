// A gateway answers the parent and not its children, and no filter has a name: what is left to suspect, in a sentence.
import type { CheckContext } from '../../../model/check.js';
import type { GatewayCase } from '../verdicts/gateway-cases.js';
import { listOf } from '../wording/victims.js';
import { splitLooks } from './split-cells.js';
import { splitVerdict, whyOpen } from './split-verdict.js';

/** Empty where nothing more is known. */
export function remainsOf({ parent, gateway, silent }: GatewayCase, context: CheckContext): string {
  const victims = new Set(silent.map(({ name }) => name));
  const looks = splitLooks(parent, context).filter(({ child }) => victims.has(child.name));
  const others = looks
    .filter(({ cells, target }) => splitVerdict(cells) === 'sound' && target !== gateway)
    .map(({ target }) => target);
  if (others.length > 0) {
    return `${listOf([...new Set(others)])} on the same LAN does answer ${silent.length === 1 ? 'it' : 'them'}, so the way is open: it is the gateway itself that refuses ${silent.length === 1 ? 'this MAC or address' : 'these MACs or addresses'}.`;
  }
  const reasons = looks.map(({ cells }) => whyOpen(cells)).filter((why) => why !== '');
  return reasons.length === 0
    ? ''
    : `Which half of the way is closed could not be told: ${listOf([...new Set(reasons)])}.`;
}
