// Machines that answer no ARP probe: a question without a sender (RFC 5227), which some filter and a Linux router drops as strange.
import { isAnswered, type Observation } from '../../../model/observation.js';
import { oncePer } from '../../../model/once-per.js';
import { NO_SENDER } from '../probing/sends.js';
import type { Seen } from './reach.js';

/** Parents with the machines that answered anybody's ARP probe there. */
const heardOf = oncePer(
  (observations: readonly Observation[]) =>
    new Set(
      observations
        .filter((one) => isAnswered(one) && answersProbe(one))
        .map(({ parent, target }) => keyOf(parent, target)),
    ),
);

/** Whoever asked on this parent, and however: no answer to a question without a sender was seen. */
export function ignoresProbes(
  parent: string,
  target: string,
  { observations }: Pick<Seen, 'observations'>,
): boolean {
  return !heardOf(observations).has(keyOf(parent, target));
}

/** What a stack on this machine was answered meanwhile, with its address as the sender, does not count. */
function answersProbe({ send, replies }: Observation): boolean {
  return send.kind === 'arp' && replies.some(({ forIp = NO_SENDER }) => forIp === NO_SENDER);
}

function keyOf(parent: string, target: string): string {
  return `${parent} ${target}`;
}
