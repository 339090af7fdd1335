// Who reached whom: what the checks must agree on is decided here, once, from the observations.
import type { CheckContext } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';
import type { Neighbour } from '../../../model/neighbour.js';
import {
  isAnswered,
  isSilent,
  type Observation,
  type ProbeId,
} from '../../../model/observation.js';
import { oncePer } from '../../../model/once-per.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Child, Parent } from '../../../model/topology.js';
import { contentOf } from '../topology/content.js';
import { groupBy } from '../wording/victims.js';

/** `unknown`: not asked, or the asking went wrong. Silence counts only where something was sent. */
export type Reach = 'answered' | 'silent' | 'unknown';

/** A check's and a fix's context both are one. */
export interface Seen {
  readonly observations: readonly Observation[];
  readonly facts: Facts;
}

export interface Wanted {
  readonly probe: ProbeId;
  readonly parent?: string;
  /** Subject name of the child that the step is about. */
  readonly child?: string;
  readonly target?: string;
}

/** By probe, and by probe and child; with hundreds of children each is looked for thousands of times. */
const indexOf = oncePer((observations: readonly Observation[]) => {
  const index = new Map<string, Observation[]>();
  const add = (key: string, one: Observation): void => {
    const list = index.get(key);
    if (list === undefined) index.set(key, [one]);
    else list.push(one);
  };
  for (const one of observations) {
    add(one.probe, one);
    if (one.child !== undefined) add(`${one.probe} ${one.child}`, one);
  }
  return index;
});

export function find(observations: readonly Observation[], wanted: Wanted): Observation[] {
  const { probe, child } = wanted;
  const near = indexOf(observations).get(child === undefined ? probe : `${probe} ${child}`) ?? [];
  return near.filter(
    (seen) =>
      (wanted.parent === undefined || seen.parent === wanted.parent) &&
      (wanted.target === undefined || seen.target === wanted.target),
  );
}

const byTarget = oncePer(
  (observations: readonly Observation[]) => new Map(groupBy(observations, ({ to }) => to)),
);

/** All that was asked of one end, in the words of the probes: `container:web`, `shim:mvd-shim`. */
export function findTo(observations: readonly Observation[], to: string): readonly Observation[] {
  return byTarget(observations).get(to) ?? [];
}

/** What was tried with a probe about any of these children. */
export function findAll(
  observations: readonly Observation[],
  probe: ProbeId,
  children: readonly Pick<Child, 'name'>[],
): Observation[] {
  return children.flatMap(({ name }) => find(observations, { probe, child: name }));
}

/** Why nothing is known of children that the host's echo was for, to follow a colon. */
export function whyUnasked(
  children: readonly Child[],
  { observations, notProbed }: Pick<CheckContext, 'observations' | 'notProbed'>,
): string {
  const asked = findAll(observations, 'host-child-icmp', children);
  return notProbed ?? errorsOf(asked)[0] ?? 'nothing was sent to them';
}

/** All frames of some observations together: `sent` of them, the fastest answer after `rttMs`. */
export function tally(observations: readonly Observation[]): {
  readonly sent: number;
  readonly rttMs?: number;
} {
  const rtts = observations.flatMap(({ replies }) => replies.map(({ rttMs }) => rttMs));
  const sent = observations.reduce((sum, seen) => sum + seen.sent, 0);
  return rtts.length === 0 ? { sent } : { sent, rttMs: Math.min(...rtts) };
}

/** Does the gateway answer the parent's own MAC? Any answer counts; for silence it takes an ARP request. */
export function parentGatewayReach(parent: Parent, gateway: string, seen: Seen): Reach {
  const of = (probe: ProbeId): Observation[] =>
    find(seen.observations, { probe, parent: parent.name, target: gateway });
  const arp = of('gateway-arp-parent');
  const others = [...of('split-parent'), ...of('host-gateway-arp'), ...of('gateway-icmp-parent')];
  return others.some((one) => isAnswered(one)) ? 'answered' : verdictOf(arp);
}

/**
 * Do host and child reach each other, whichever way? An ARP answer with another MAC is another owner of the address on
 * the LAN, not the child.
 */
export function hostReach(child: Child, seen: Seen): Reach {
  const own = (probe: ProbeId): Observation[] =>
    find(seen.observations, { probe, child: child.name });
  const isOnParent = isNumbered(child.parent, seen);
  const arp = own('host-child-arp')
    .filter(() => isOnParent)
    .map((one) => withoutStrangers(one, child.mac));
  const icmp = own('host-child-icmp');
  const back = [...own('child-host-icmp'), ...own('child-shim-icmp')];
  if ([...arp, ...icmp, ...back].some((one) => isAnswered(one))) return 'answered';
  // With hundreds of children the echo is left out for some (neighbour-budget.ts); ARP has asked them all.
  return isWhollySilent([...icmp, ...arp]) ? 'silent' : 'unknown';
}

/** Did the next sibling in the ring answer this child? */
export function siblingReach(child: Child, seen: Seen): Reach {
  return verdictOf(find(seen.observations, { probe: 'sibling-icmp', child: child.name }));
}

/** Does the switch port send frames back by the way they came (reflective relay, hairpin)? */
export function reflects(parent: Parent, seen: Seen): 'yes' | 'no' | 'unknown' {
  const reach = verdictOf(find(seen.observations, { probe: 'reflection', parent: parent.name }));
  if (reach === 'unknown') return reach;
  return reach === 'answered' ? 'yes' : 'no';
}

/** The child's table once the probes were done; undefined when it was not read again. */
export function neighboursAfter(child: Child, { facts }: Seen): readonly Neighbour[] | undefined {
  const table = valueOf(facts.neighboursAfter)?.[child.netns.inode.toString()];
  return table?.filter(({ dev }) => dev === child.link.ifname);
}

/** A unicast frame for the child came in from the LAN: an answer to a probe, or what made a neighbour REACHABLE. */
export function hearsLan(child: Child, parent: Parent, seen: Seen): boolean {
  const siblings = macsOn(parent);
  const about = { child: child.name };
  const probes = [
    ...find(seen.observations, { probe: 'gateway-arp-child', ...about }),
    ...find(seen.observations, { probe: 'split-child', ...about }),
    ...find(seen.observations, { probe: 'split-sender', ...about }).filter(({ replies }) =>
      replies.some(({ ethernetDestination }) => ethernetDestination === child.mac),
    ),
    ...find(seen.observations, { probe: 'gateway-icmp', ...about }).filter(
      ({ target }) => !addressesOfChildren(parent).has(target),
    ),
  ];
  if (probes.some((one) => isAnswered(one))) return true;
  const forced = find(seen.observations, { probe: 'split-promiscuous', ...about });
  return [...child.neighbours, ...(neighboursAfter(child, seen) ?? [])].some(
    ({ dst, state, lladdr }) =>
      state.includes('REACHABLE') &&
      lladdr !== undefined &&
      !siblings.has(lladdr) &&
      // Learnt while the parent was made to take in everything.
      forced.every(({ target }) => target !== dst),
  );
}

const macsOn = oncePer(
  ({ children, shims }: Parent): ReadonlySet<string> =>
    new Set([...children, ...shims].map(({ mac }) => mac)),
);

const addressesOfChildren = oncePer(
  ({ children }: Parent): ReadonlySet<string> =>
    new Set(children.flatMap(({ addresses }) => addresses.map(({ local }) => local))),
);

/** Did anybody out there answer anything on this parent? Where nobody did, silence proves nothing about an address. */
export function isLanHeard(parent: Parent, { observations }: Pick<Seen, 'observations'>): boolean {
  const here = new Set(
    [parent, ...parent.children, ...parent.shims].flatMap(({ addresses }) =>
      addresses.map(({ local }) => local),
    ),
  );
  const heard = observations.filter((one) => one.parent === parent.name && isAnswered(one));
  return heard.some(({ probe, target }) => BY_WIRE.has(probe) && !here.has(target));
}

/** Probes whose answer comes from beyond the parent, unless their target lives on it. */
const BY_WIRE: ReadonlySet<ProbeId> = new Set<ProbeId>([
  'gateway-arp-child',
  'gateway-arp-parent',
  'gateway-icmp',
  'neighbour-arp',
  'free-address-arp',
  'host-gateway-arp',
  'split-parent',
  'split-child',
]);

/** Why probes of these kinds about a parent could not be carried out, in their own words. */
export function errorsOf(observations: readonly Observation[]): string[] {
  return [...new Set(observations.flatMap(({ error }) => error ?? []))];
}

/** For questions of which each has to be answered: one that could not be sent leaves it open. */
export function verdictOf(observations: readonly Observation[]): Reach {
  if (observations.some((one) => isAnswered(one))) return 'answered';
  return isWhollySilent(observations) ? 'silent' : 'unknown';
}

/** For one question that was asked several times: whether each was sent does not matter. */
export function verdictOfAny(observations: readonly Observation[]): Reach {
  if (observations.some((one) => isAnswered(one))) return 'answered';
  return observations.some((one) => isSilent(one)) ? 'silent' : 'unknown';
}

/** Asked at all, and never anything but silence. */
export function isWhollySilent(observations: readonly Observation[]): boolean {
  return observations.length > 0 && observations.every((one) => isSilent(one));
}

/** A host without an IPv4 address on the parent speaks to nobody by it: who answers there, or not, is the LAN's matter. */
function isNumbered(parent: string, { facts }: Seen): boolean {
  const host = valueOf(facts.namespaces)?.find(({ isHost }) => isHost);
  const addresses = host === undefined ? [] : contentOf(host).addresses;
  return addresses.some(({ ifname, family }) => ifname === parent && family === 'inet');
}

function withoutStrangers(observation: Observation, mac: string): Observation {
  const replies = observation.replies.filter(
    (reply) => reply.mac === undefined || reply.mac === mac,
  );
  return { ...observation, replies };
}
