// Children whose own ARP does not get through, although ARP in their name does: they cannot ask for anybody's MAC.
import type { DroppingRule } from '../../../model/filter.js';
import type { Evidence } from '../../../model/finding.js';
import { isAnswered, type Observation } from '../../../model/observation.js';
import type { Parent, Topology } from '../../../model/topology.js';
import { isStillUnresolved, keptOutByList, lostInside } from '../verdicts/lost-inside.js';
import { find, isWhollySilent, tally, type Seen } from '../verdicts/reach.js';
import { droppingArpOut, filterEvidence } from './filters.js';
import {
  controlsFor,
  echoesTo,
  gatewayPairs,
  LEAST_REQUESTS,
  silenceBeside,
  type GatewayPair,
} from './gateway-echo.js';

export interface MuteChild extends GatewayPair {
  /** Echo requests of the child's, all in vain. */
  readonly sent: number;
  /** The gateway's answer to somebody else. */
  readonly control: Observation;
  /** What drops ARP on its way out of the child. Without any it is open who is at fault. */
  readonly rules: readonly DroppingRule[];
}

/** Only where the gateway answers the pings of others, and ARP requests with the child's MAC. */
export function muteChildren(parent: Parent, topology: Topology, seen: Seen): MuteChild[] {
  const lost = new Set(
    [...lostInside(parent, seen), ...keptOutByList(parent, seen)].map(({ child }) => child),
  );
  return gatewayPairs(parent, topology).flatMap((pair) => {
    const { child, gateway } = pair;
    const asked = echoesTo(pair, seen);
    const { sent } = tally(asked);
    const about = { probe: 'gateway-arp-child', child: child.name, target: gateway } as const;
    const isHeardInItsName = find(seen.observations, about).some((one) => isAnswered(one));
    if (!isHeardInItsName || !isWhollySilent(asked) || sent < LEAST_REQUESTS) return [];
    const rules = droppingArpOut(child.netns.inode, seen.facts);
    const isUnheard =
      asked.every(({ left }) => left === 0) && isStillUnresolved(child, gateway, seen);
    if (rules.length === 0 && (!isUnheard || lost.has(child))) return [];
    const control = controlsFor(pair, seen).find((answers) => answers.length > 1)?.[0];
    return control === undefined ? [] : [{ ...pair, sent, control, rules }];
  });
}

export function muteEvidence(one: MuteChild): Evidence[] {
  const { child, gateway, rules } = one;
  return [
    ...filterEvidence(`inside ${child.label}`, rules),
    {
      from: 'probe:gateway-icmp',
      says: silenceBeside(one),
    },
    {
      from: 'probe:gateway-arp-child',
      says: `asked by ${child.parent} in the name of ${child.label}, ${gateway} answers ARP`,
    },
  ];
}

export function whyMute({ child, gateway }: MuteChild): string {
  return `${gateway} answers ARP requests with the MAC of ${child.label} and the pings of others, and ${child.label} itself gets no MAC for it: either something inside ${child.label} keeps its ARP in (arptables, nftables of the arp family, tc), or the switch or hypervisor passes no ARP that names its address (ARP inspection, IP filter), or ${gateway}, or a switch, lets through only so many ARP requests at a time`;
}
