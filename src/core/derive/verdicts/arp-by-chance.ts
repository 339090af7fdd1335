// Gateways that were seen to leave out ARP by chance: whom they had to ask for just then, they may not have heard answer.
import { isAnswered, isSilent, type Observation } from '../../../model/observation.js';
import { controlsLeftOut } from './beside.js';
import { ignoresProbes } from './deaf-gateway.js';
import { find, type Seen } from './reach.js';

/** Its own question each: the same end's ping shows that the two know each other. */
const KINDS = [
  ['gateway-arp-parent', 'gateway-icmp-parent'],
  ['gateway-arp-child', 'gateway-icmp'],
] as const;

/**
 * ARP requests to the gateway that it, or a switch on the way, let fall although it answers such requests of others, and
 * the pings of the very end that sent them: it lets through so many at a time, and the answers to its own are among them.
 */
export function leftOutByChance(
  parent: string,
  target: string,
  seen: Pick<Seen, 'observations'>,
): readonly Observation[] {
  if (ignoresProbes(parent, target, seen)) return [];
  const about = { parent, target } as const;
  const known = KINDS.flatMap(([arp, icmp]) => {
    const answered = find(seen.observations, { probe: icmp, ...about }).filter((one) =>
      isAnswered(one),
    );
    const met = new Set(answered.map(({ from }) => from));
    return find(seen.observations, { probe: arp, ...about }).filter(
      (one) => isSilent(one) && met.has(one.from),
    );
  });
  return [...known, ...controlsLeftOut(parent, target, seen)];
}
