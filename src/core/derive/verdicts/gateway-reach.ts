// Does a gateway answer a child? What all checks about gateways start from.
import { isUnresolved, type Neighbour } from '../../../model/neighbour.js';
import { isAnswered, type ProbeId } from '../../../model/observation.js';
import type { Child } from '../../../model/topology.js';
import { isByChance } from './beside.js';
import { ignoresProbes } from './deaf-gateway.js';
import { find, isWhollySilent, neighboursAfter, type Reach, type Seen } from './reach.js';

/** Questions to the gateway whose answer went to the child itself. */
const TO_CHILD: readonly ProbeId[] = [
  'gateway-arp-child',
  'gateway-icmp',
  'split-child',
  'gateway-arp-again',
];

/**
 * Two unlike questions must both stay unanswered before that is silence: gateways that drop pings are many, and some
 * ignore an ARP probe. An entry that became REACHABLE meanwhile is an answer too; one that was so before may be half a
 * minute old and proves nothing (base_reachable_time, arp(7)).
 */
export function gatewayReach(child: Child, gateway: string, seen: Seen): Reach {
  const about = { child: child.name, target: gateway };
  const isHeard = TO_CHILD.some((probe) =>
    find(seen.observations, { probe, ...about }).some((one) => isAnswered(one)),
  );
  if (isHeard || isConnected(child, gateway, seen)) return 'answered';
  if (becameReachable(child, gateway, seen) && !isTaughtByProbe(child, gateway, seen)) {
    return 'answered';
  }
  const [arp, icmp] = (['gateway-arp-child', 'gateway-icmp'] as const).map((probe) =>
    find(seen.observations, { probe, ...about }),
  );
  // Nobody pings in the name of a container that does not exist yet.
  const isPlanned = child.netns.isPlanned === true;
  const isSilence = isWhollySilent(arp ?? []) && (isPlanned || isWhollySilent(icmp ?? []));
  const isOpen = isByChance(child, gateway, seen) || mayBeMute(child, gateway, seen);
  return isSilence && !isOpen ? 'silent' : 'unknown';
}

/** The child has a MAC for it, and so has no need to ask. */
export function knewMac({ neighbours }: Child, ip: string): boolean {
  return neighbours.some(
    (entry) => entry.dst === ip && entry.lladdr !== undefined && !isUnresolved(entry),
  );
}

/** Somebody wrote the entry by hand: it never expires, and no answer to ARP is needed (ip-neighbour(8)). */
export function hasFixedEntry({ neighbours }: Child, ip: string): boolean {
  return neighbours.some(({ dst, state }) => dst === ip && state.some((one) => FIXED.has(one)));
}

const FIXED: ReadonlySet<string> = new Set(['PERMANENT', 'NOARP']);

/** A connection that was refused is an answer as well: the packet got there, and another one back. */
function isConnected({ endpoint, parent }: Child, gateway: string, { observations }: Seen) {
  return find(observations, { probe: 'service-tcp', parent, target: gateway }).some(
    (one) => one.from === endpoint && isAnswered(one),
  );
}

/**
 * The gateway ignores ARP probes, whoever asks, and the child had no need to ask in its own name: its silence weighs
 * only once it has been asked so. With a fixed entry it never has such a need. Of those who were not asked again there
 * is nothing to say once one of them was answered.
 */
function mayBeMute(child: Child, gateway: string, seen: Seen): boolean {
  if (!knewMac(child, gateway) || !ignoresProbes(child.parent, gateway, seen)) return false;
  if (hasFixedEntry(child, gateway)) return true;
  const again = (['gateway-arp-again', 'split-child'] as const).flatMap((probe) =>
    find(seen.observations, { probe, parent: child.parent, target: gateway }),
  );
  const own = again.filter((one) => one.child === child.name);
  return !isWhollySilent(own.length > 0 ? own : again);
}

function isReachable(table: readonly Neighbour[], ip: string): boolean {
  return table.some(({ dst, state }) => dst === ip && state.includes('REACHABLE'));
}

/**
 * The answer to a question that the parent asked in the child's name is sent to the child's MAC, and also ends the child's own
 * search (arp_process, net/ipv4/arp.c): its entry then says that the way in is open, and nothing of the way out. In source mode the child even gets a copy of
 * what listed machines send to the parent (macvlan_forward_source).
 */
function isTaughtByProbe(child: Child, target: string, { observations }: Seen): boolean {
  if (child.mode === 'source') return true;
  return (['split-sender', 'split-promiscuous'] as const).some((probe) =>
    find(observations, { probe, child: child.name, target }).some((one) => isAnswered(one)),
  );
}

function becameReachable(child: Child, ip: string, seen: Seen): boolean {
  const inItsName = find(seen.observations, {
    probe: 'split-sender',
    child: child.name,
    target: ip,
  });
  if (inItsName.some((one) => isAnswered(one))) return false;
  return isReachable(neighboursAfter(child, seen) ?? [], ip) && !isReachable(child.neighbours, ip);
}
