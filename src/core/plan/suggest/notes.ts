// How far a suggestion goes, in sentences that stand below it.
import type { Snapshot } from '../../../model/snapshot.js';
import type { Parent } from '../../../model/topology.js';
import { isLanHeard } from '../../derive/verdicts/reach.js';
import { valueOf } from '../../../model/fact.js';
import type { Asked } from './ground.js';

export interface Suggested {
  readonly block: string;
  readonly shim: string | undefined;
  readonly parent: Parent;
  readonly asked: Asked;
}

export function notesOn(
  { block, shim, parent, asked }: Suggested,
  { snapshot }: { readonly snapshot: Snapshot },
): string[] {
  const isHeard =
    isLanHeard(parent, snapshot) ||
    (valueOf(snapshot.facts.sweeps) ?? []).some(
      (one) => one.parent === parent.name && one.answers.length > 0,
    );
  return [
    ...(asked.unasked === undefined
      ? []
      : [`This is by the plan alone; nobody on the LAN was asked: ${asked.unasked}.`]),
    ...(asked.unasked === undefined && !isHeard
      ? [`Nobody at all answered on ${parent.name}, so that the silence of ${block} says little.`]
      : []),
    `The pool of a DHCP server cannot be seen from here: take ${block} out of it${shim === undefined ? '' : `, and ${shim}`}.`,
    ...(shim === undefined
      ? []
      : [`${shim} is kept for a shim, by which this host reaches the containers if it has to.`]),
  ];
}
