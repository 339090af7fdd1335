// Neighbour entries of a child that stand for something: addresses that it asked for in vain, and that nobody answers now.
import type { CheckContext } from '../../../model/check.js';
import type { Evidence } from '../../../model/finding.js';
import type { Child, Parent } from '../../../model/topology.js';
import { muteChildren } from '../passage/mute-child.js';
import { groupBy, listOf } from '../wording/victims.js';
import { counted } from '../wording/words.js';
import {
  askedAnew,
  askedBySibling,
  askedOtherwise,
  inOneCase,
  inVainNow,
  inVainOf,
  reachAnew,
  type InVain,
  type NeighbourRole,
} from './in-vain.js';
import { errorsOf, tally, type Reach } from './reach.js';

export interface DeadNeighbour {
  readonly ip: string;
  readonly role: NeighbourRole;
  readonly state: string;
  /** Echo requests of the children's, and the parent's ARP requests, sent for it just now, all in vain. */
  readonly sent: { readonly anew: number; readonly byParent: number };
  /** What those echo requests belong to. */
  readonly askedBy: 'neighbour-icmp' | 'sibling-icmp';
}

export interface NeighbourLook {
  readonly child: Child;
  readonly dead: readonly DeadNeighbour[];
  /** Looked dead in the table, and nobody asked again. */
  readonly open: readonly string[];
  /** To follow a colon. */
  readonly whyOpen: string;
}

/** With probes, a gateway is its own checks' matter; without, its failed entry is the only sign there is. */
export function neighbourLooks(parent: Parent, context: CheckContext): NeighbourLook[] {
  const { topology } = context;
  // A child whose own ARP does not get out neither asks nor answers: that is firewall-child's matter, on both sides.
  const mute = new Set(muteChildren(parent, topology, context).map(({ child }) => child.endpoint));
  const isOther = ({ child, to }: InVain): boolean => !mute.has(child.endpoint) && !mute.has(to);
  const all = parent.children.map((child) => ({
    child,
    ones: inVainOf(child, parent, topology).filter((one) => isOther(one)),
    now: inVainNow(child, parent, context).filter((one) => isOther(one)),
  }));
  const every = all.flatMap(({ ones }) => ones);
  const cases = new Map(groupBy(every, inOneCase));
  return all.map(({ child, ones, now }) => {
    const judged = ones.map((one) => {
      const peers = cases.get(inOneCase(one)) ?? [];
      return { one, peers, verdict: judge(one, peers, context) };
    });
    const open = judged.filter(({ verdict }) => verdict === 'unknown').map(({ one }) => one);
    return {
      child,
      dead: [
        ...judged
          .filter(({ verdict }) => verdict === 'silent')
          .map(({ one, peers }) => deadOne(one, peers, context)),
        ...now.map((one) => deadNow(one, context)),
      ],
      open: open.map(({ entry }) => entry.dst),
      whyOpen: whyOpen(open, context),
    };
  });
}

function deadOne(one: InVain, peers: readonly InVain[], context: CheckContext): DeadNeighbour {
  const { entry, role } = one;
  const anew = peers.flatMap((peer) => askedAnew(peer, context));
  const byParent = askedOtherwise(one, context);
  const sent = { anew: tally(anew).sent, byParent: tally(byParent).sent };
  return { ip: entry.dst, role, state: entry.state.join(' '), sent, askedBy: 'neighbour-icmp' };
}

function deadNow(one: InVain, context: CheckContext): DeadNeighbour {
  const { entry, role } = one;
  const sent = { anew: tally(askedBySibling(one, context)).sent, byParent: 0 };
  return { ip: entry.dst, role, state: entry.state.join(' '), sent, askedBy: 'sibling-icmp' };
}

/** Why the child's own question told nothing. */
function whyOpen(open: readonly InVain[], context: CheckContext): string {
  const anew = open.flatMap((one) => askedAnew(one, context));
  const [error] = errorsOf(anew);
  if (error !== undefined) return error;
  return anew.length === 0
    ? 'they were not asked for again'
    : 'the table of neighbours could not be read again after the probes';
}

/** Its own question decides; where it was not among those that asked, theirs does. */
function judge(one: InVain, peers: readonly InVain[], context: CheckContext): Reach {
  if (one.role === 'gateway') return ofGateway(one, context);
  const own = reachAnew(one, context);
  if (own !== 'unknown' || askedAnew(one, context).length > 0) return own;
  const others = new Set(peers.map((peer) => reachAnew(peer, context)));
  if (others.has('answered')) return 'answered';
  return others.has('silent') ? 'silent' : 'unknown';
}

/** FAILED is a verdict of the kernel's; INCOMPLETE may just be a question under way. */
function ofGateway({ entry }: InVain, { notProbed }: CheckContext): Reach {
  if (notProbed === undefined) return 'answered';
  return entry.state.includes('FAILED') ? 'silent' : 'unknown';
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

/** Children that miss one address were asked for all together, a few of them by themselves. */
export function askedAgain([{ dead }]: NeighbourGroup, parent: string): Evidence[] {
  const anew = dead.filter(({ sent }) => sent.anew > 0);
  const sent = anew.reduce((sum, one) => sum + one.sent.anew, 0);
  const byParent = dead.filter((one) => one.role === 'lan' && one.sent.byParent > 0);
  const frames = byParent.reduce((sum, one) => sum + one.sent.byParent, 0);
  const namesOf = (ones: readonly DeadNeighbour[]): string => listOf(ones.map(({ ip }) => ip));
  return [
    ...(anew.length === 0
      ? []
      : [
          {
            from: `probe:${anew[0]?.askedBy ?? 'neighbour-icmp'}`,
            says: `asked just now, ${counted(sent, 'echo request')} for ${namesOf(anew)} brought no answer and no MAC`,
          },
        ]),
    ...(byParent.length === 0
      ? []
      : [
          {
            from: 'probe:neighbour-arp',
            says: `${counted(frames, 'ARP request')} by ${parent} for ${namesOf(byParent)} stayed unanswered as well`,
          },
        ]),
  ];
}
