// Gateways that were seen to leave out questions by chance: whom they had to ask for just then, they may not have heard answer.
import { isAnswered, isSilent, type Observation } from '../../../model/observation.js';
import { groupBy } from '../wording/victims.js';
import { controlsLeftOut } from './beside.js';
import { ignoresProbes } from './deaf-gateway.js';
import { find, type Seen } from './reach.js';

interface About {
  readonly parent: string;
  readonly target: string;
}

/** A question by ARP, and the ping that shows whether the two know each other all the same. */
const KINDS = [
  ['gateway-arp-parent', 'gateway-icmp-parent'],
  ['gateway-arp-child', 'gateway-icmp'],
] as const;

/**
 * Questions to the gateway that it, or a switch on the way, let fall although it answers the very end that put them: ARP
 * requests of one whose pings it answers, and pings of one that it answers when asked again. So many pass at a time, and
 * the gateway's own ARP requests and the answers to these are among what does not.
 */
export function leftOutByChance(
  parent: string,
  target: string,
  seen: Pick<Seen, 'observations'>,
): readonly Observation[] {
  const about = { parent, target };
  const arp = ignoresProbes(parent, target, seen)
    ? []
    : [...requestsLeftOut(about, seen), ...controlsLeftOut(parent, target, seen)];
  return [...arp, ...pingsLeftOut(about, seen)];
}

function requestsLeftOut(about: About, { observations }: Pick<Seen, 'observations'>) {
  return KINDS.flatMap(([arp, icmp]) => {
    const pings = find(observations, { probe: icmp, ...about });
    const known = new Set(pings.filter((one) => isAnswered(one)).map(({ from }) => from));
    return find(observations, { probe: arp, ...about }).filter(
      (one) => isSilent(one) && known.has(one.from),
    );
  });
}

function pingsLeftOut(about: About, { observations }: Pick<Seen, 'observations'>) {
  const pings = KINDS.flatMap(([, icmp]) => find(observations, { probe: icmp, ...about }));
  return groupBy(pings, ({ from }) => from).flatMap(([, own]) => {
    const last = own.at(-1);
    if (last === undefined || !isAnswered(last)) return [];
    return own.filter((one) => isSilent(one) && (one.left ?? 0) > 0);
  });
}
