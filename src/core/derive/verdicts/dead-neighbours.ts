// Neighbour entries of a child that stand for something: addresses that it asked for in vain, and that nobody answers now.
import type { CheckContext } from '../../../model/check.js';
import type { Evidence } from '../../../model/finding.js';
import { isAdminUp } from '../../../model/link.js';
import { isUnresolved, type Neighbour } from '../../../model/neighbour.js';
import { isAnswered, isSilent } from '../../../model/observation.js';
import type { Child, Parent } from '../../../model/topology.js';
import { isOnLink, isProbeable } from '../probing/probe-targets.js';
import { find, neighboursAfter, tally } from './reach.js';
import { isIpv4 } from '../addressing/subnets.js';
import { hostIps } from '../topology/content.js';
import { groupBy, listOf } from '../wording/victims.js';
import { counted } from '../wording/words.js';

type NeighbourRole = 'lan' | 'gateway' | 'sibling';

export interface DeadNeighbour {
  readonly ip: string;
  readonly role: NeighbourRole;
  readonly state: string;
  /** ARP or echo requests sent for it just now, all in vain; 0 where only the table was read. */
  readonly sent: number;
}

export interface NeighbourLook {
  readonly child: Child;
  readonly dead: readonly DeadNeighbour[];
  /** Looked dead in the table, and nobody asked again. */
  readonly open: readonly string[];
}

/**
 * Addresses of the host are left out: host and children are kept apart by design. So are siblings, but those that bridge
 * mode joins. With probes, a gateway is its own check's matter; without, its failed entry is the only sign there is.
 */
export function neighbourLook(child: Child, parent: Parent, context: CheckContext): NeighbourLook {
  const host = hostIps(context.topology);
  const failed = isProbeable(child)
    ? child.neighbours.filter(
        (entry) =>
          isUnresolved(entry) &&
          isIpv4(entry.dst) &&
          !host.has(entry.dst) &&
          isOnLink(child, entry.dst),
      )
    : [];
  const looks = failed.map((entry) => ({ entry, ...judge(entry, { child, parent, context }) }));
  return {
    child,
    dead: looks.flatMap(({ entry, verdict, role, sent }) =>
      verdict === 'dead' ? [{ ip: entry.dst, role, state: entry.state.join(' '), sent }] : [],
    ),
    open: looks.flatMap(({ entry, verdict }) => (verdict === 'open' ? [entry.dst] : [])),
  };
}

interface Place {
  readonly child: Child;
  readonly parent: Parent;
  readonly context: CheckContext;
}

interface Judgement {
  readonly verdict: 'dead' | 'fine' | 'open';
  readonly role: NeighbourRole;
  readonly sent: number;
}

function judge(entry: Neighbour, place: Place): Judgement {
  const { child, parent, context } = place;
  const sibling = [...parent.children, ...parent.shims].find(({ addresses }) =>
    addresses.some(({ local }) => local === entry.dst),
  );
  if (sibling !== undefined) {
    const isJoined =
      child.mode === 'bridge' && sibling.mode === 'bridge' && isAdminUp(sibling.link);
    return isJoined ? byTable(entry, place, 'sibling') : fine('sibling');
  }
  if (child.gateways.includes(entry.dst)) {
    return context.notProbed === undefined ? fine('gateway') : byTable(entry, place, 'gateway');
  }
  const asked = find(context.observations, {
    probe: 'neighbour-arp',
    parent: parent.name,
    target: entry.dst,
  });
  if (asked.some((one) => isAnswered(one)) || !isDeadStill(entry, place)) return fine('lan');
  const isGone = asked.length > 0 && asked.every((one) => isSilent(one));
  return { verdict: isGone ? 'dead' : 'open', role: 'lan', sent: tally(asked).sent };
}

/** FAILED is a verdict of the kernel's; INCOMPLETE may just be a question under way. */
function byTable(entry: Neighbour, place: Place, role: NeighbourRole): Judgement {
  const pings = find(place.context.observations, {
    probe: 'sibling-icmp',
    child: place.child.name,
    target: entry.dst,
  });
  if (pings.some((one) => isAnswered(one)) || !isDeadStill(entry, place)) return fine(role);
  const isFinal = entry.state.includes('FAILED');
  return { verdict: isFinal ? 'dead' : 'open', role, sent: tally(pings).sent };
}

function isDeadStill({ dst }: Neighbour, { child, context }: Place): boolean {
  const after = neighboursAfter(child, context)?.find((entry) => entry.dst === dst);
  return after === undefined || isUnresolved(after);
}

function fine(role: NeighbourRole): Judgement {
  return { verdict: 'fine', role, sent: 0 };
}

/** At least one child. */
export type NeighbourGroup = readonly [NeighbourLook, ...NeighbourLook[]];

/** Children that miss the very same addresses have one cause in common. */
export function byAddresses(looks: readonly NeighbourLook[]): NeighbourGroup[] {
  const concerned = looks.filter(({ dead }) => dead.length > 0);
  const keyOf = ({ dead }: NeighbourLook): string =>
    dead.map(({ ip, role }) => `${ip} ${role}`).join(' ');
  return groupBy(concerned, keyOf).flatMap(([, [first, ...others]]) =>
    first === undefined ? [] : [[first, ...others] as const],
  );
}

/** A machine on the LAN is asked for once by the parent, a sibling by each child. */
export function askedAgain(group: NeighbourGroup): Evidence[] {
  const asked = group[0].dead.filter(({ sent }) => sent > 0);
  if (asked.length === 0) return [];
  const isOfSiblings = asked.some(({ role }) => role === 'sibling');
  const askers = isOfSiblings ? group : group.slice(0, 1);
  const sent = askers.flatMap(({ dead }) => dead).reduce((sum, one) => sum + one.sent, 0);
  const says = `asked again just now, ${counted(sent, 'request')} for ${listOf(asked.map(({ ip }) => ip))} stayed unanswered`;
  return [{ from: isOfSiblings ? 'probe:sibling-icmp' : 'probe:neighbour-arp', says }];
}
