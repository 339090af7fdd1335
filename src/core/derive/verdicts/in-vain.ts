// Whom a child asked for by ARP in vain, as its table says; and what became of it once the child itself asked anew.
import { isAdminUp } from '../../../model/link.js';
import { isUnresolved, type Neighbour } from '../../../model/neighbour.js';
import { isAnswered, type Observation } from '../../../model/observation.js';
import { oncePer } from '../../../model/once-per.js';
import type { Child, MacvlanEnd, Parent, Topology } from '../../../model/topology.js';
import { isIpv4 } from '../addressing/subnets.js';
import { isOnLink, isProbeable } from '../probing/probe-targets.js';
import { predict } from '../prediction/predict.js';
import { hostIps } from '../topology/content.js';
import {
  find,
  findTo,
  isWhollySilent,
  neighboursAfter,
  reflects,
  type Reach,
  type Seen,
} from './reach.js';

/** What was seen, and where. */
interface SeenAround extends Seen {
  readonly topology: Topology;
}

export type NeighbourRole = 'lan' | 'gateway' | 'sibling';

/** An entry without a MAC. */
export interface InVain {
  readonly child: Child;
  readonly parent: Parent;
  readonly entry: Neighbour;
  readonly role: NeighbourRole;
  /** Name of its end, as probes spell it. */
  readonly to: string;
}

/**
 * Addresses of the host are left out: host and children are kept apart by design. So are siblings, but those that bridge
 * mode joins.
 */
export function inVainOf(child: Child, parent: Parent, topology: Pick<Topology, 'host'>): InVain[] {
  if (!isProbeable(child)) return [];
  const host = hostIps(topology);
  return child.neighbours
    .filter((entry) => isUnresolved(entry) && isIpv4(entry.dst))
    .filter(({ dst }) => !host.has(dst) && isOnLink(child, dst))
    .flatMap((entry): InVain[] => {
      const sibling = ownersOf(parent).get(entry.dst);
      if (sibling !== undefined)
        return areJoined(child, sibling.end)
          ? [{ child, parent, entry, role: 'sibling', to: sibling.to }]
          : [];
      const role = child.gateways.includes(entry.dst) ? 'gateway' : 'lan';
      return [{ child, parent, entry, role, to: `${role}:${entry.dst}` }];
    });
}

/**
 * Siblings for whom the table is without a MAC after the run and was not before it: the run itself was the first to ask.
 * They were asked in the first round, and later by connections; a setting that keeps one silent is on purpose.
 */
export function inVainNow(child: Child, parent: Parent, seen: SeenAround): InVain[] {
  const before = new Set(
    child.neighbours.filter((entry) => isUnresolved(entry)).map(({ dst }) => dst),
  );
  const owners = ownersOf(parent);
  return (neighboursAfter(child, seen) ?? [])
    .filter((entry) => isUnresolved(entry) && !before.has(entry.dst))
    .flatMap((entry): InVain[] => {
      const sibling = owners.get(entry.dst);
      if (sibling === undefined || !isProbeable(child) || !areJoined(child, sibling.end)) return [];
      const one = { child, parent, entry, role: 'sibling' as const, to: sibling.to };
      return isSilentTwice(one, seen) ? [one] : [];
    });
}

function isSilentTwice(one: InVain, seen: SeenAround): boolean {
  const asked = askedBySibling(one, seen);
  const tried = findTo(seen.observations, one.to).filter(({ probe }) => probe === 'service-tcp');
  const around = { ...seen, reflects: reflects(one.parent, seen) };
  return (
    isWhollySilent(asked) &&
    asked.every((step) => predict(step, around).outcome === 'answer') &&
    tried.length > 0 &&
    !tried.some((step) => isAnswered(step))
  );
}

interface Owner {
  readonly end: MacvlanEnd;
  readonly to: string;
}

/** The first that has the address, by address. */
const ownersOf = oncePer(({ children, shims }: Parent): ReadonlyMap<string, Owner> => {
  const ends: Owner[] = [
    ...children.map((end) => ({ end, to: end.endpoint })),
    ...shims.map((end) => ({ end, to: `shim:${end.name}` })),
  ];
  const owned = ends.flatMap((owner) =>
    owner.end.addresses.map(({ local }) => [local, owner] as const),
  );
  return new Map(owned.toReversed());
});

function areJoined(child: Child, sibling: MacvlanEnd): boolean {
  return child.mode === 'bridge' && sibling.mode === 'bridge' && isAdminUp(sibling.link);
}

/** A parent's own question, and the one of the first round. */
export function askedOtherwise(
  { child, parent, entry }: InVain,
  { observations }: Pick<Seen, 'observations'>,
): Observation[] {
  const target = entry.dst;
  return [
    ...find(observations, { probe: 'neighbour-arp', parent: parent.name, target }),
    ...askedBySibling({ child, entry }, { observations }),
  ];
}

/** By the first round of this run. */
export function askedBySibling(
  { child, entry }: Pick<InVain, 'child' | 'entry'>,
  { observations }: Pick<Seen, 'observations'>,
): Observation[] {
  return find(observations, { probe: 'sibling-icmp', child: child.name, target: entry.dst });
}

/** Echo requests of the child's own; its kernel asks by ARP before each, as long as nobody answers. */
export function askedAnew(
  { child, entry }: InVain,
  { observations }: Pick<Seen, 'observations'>,
): Observation[] {
  return find(observations, { probe: 'neighbour-icmp', child: child.name, target: entry.dst });
}

/** Children of one mode on one parent are in one case: a few of them ask for all. */
export function inOneCase({ child, entry }: InVain): string {
  return `${child.mode} ${entry.dst}`;
}

/**
 * Any answer, or a MAC in the table after the probes, shows that somebody is there. The parent's own silence does not show
 * the opposite: a machine behind a macvtap of that parent, an address that a sibling holds on another link, and one that
 * a router stands in for (proxy ARP) all stay silent to it, and answer the child.
 */
export function reachAnew(one: InVain, seen: Seen): Reach {
  if (askedOtherwise(one, seen).some((asked) => isAnswered(asked))) return 'answered';
  const anew = askedAnew(one, seen);
  if (anew.some((asked) => isAnswered(asked))) return 'answered';
  const table = neighboursAfter(one.child, seen);
  const after = table?.find(({ dst }) => dst === one.entry.dst);
  if (after !== undefined && !isUnresolved(after)) return 'answered';
  return table !== undefined && isWhollySilent(anew) ? 'silent' : 'unknown';
}
