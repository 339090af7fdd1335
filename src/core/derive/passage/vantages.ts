// From where a child can be called without a wire in between: siblings and shims, and whether those can be believed.
import { isUnresolved } from '../../../model/neighbour.js';
import { isAnswered, isSilent, type Observation } from '../../../model/observation.js';
import { valueOf } from '../../../model/fact.js';
import { oncePer } from '../../../model/once-per.js';
import type { Child, MacvlanEnd, Parent, Topology } from '../../../model/topology.js';
import { ipv4Of, isOnLink, isProbeable } from '../probing/probe-targets.js';
import { findTo, reflects, type Seen } from '../verdicts/reach.js';

/** Somebody who called a child, or could. */
export interface Vantage {
  readonly end: MacvlanEnd;
  /** As in probes: `container:web`, `shim:mvd-shim`. */
  readonly endpoint: string;
  readonly label: string;
  /** Inode of the namespace that it sends from. */
  readonly netns: number;
  /** Set where it must be bound to its link. */
  readonly device?: string;
}

type ObservationsSeen = Pick<Seen, 'observations'>;

/** Siblings with stacks of their own, then shims: all that share a subnet with the child and the right modes. */
export function vantagesOn(
  child: Child,
  parent: Parent,
  topology: Topology,
  seen: Seen,
): Vantage[] {
  return vantagesIn(topology)(parent).filter((one) => canCall(one, child, { parent, seen }));
}

/** From here the child can be called. */
export function canCall(
  { end, netns, device }: Vantage,
  child: Child,
  { parent, seen }: { readonly parent: Parent; readonly seen: Seen },
): boolean {
  return (
    (device !== undefined || netns !== child.netns.inode) &&
    areNeighbours(end, child) &&
    canMeet(end, child, { parent, seen })
  );
}

/** Whoever on a parent could call somebody. */
export const vantagesIn = oncePer(({ host }: Topology) =>
  oncePer((parent: Parent): readonly Vantage[] => [
    ...parent.children
      .filter((other) => isProbeable(other))
      .map((end) => ({ end, endpoint: end.endpoint, label: end.label, netns: end.netns.inode })),
    ...parent.shims.map((end) => ({
      end,
      endpoint: `shim:${end.name}`,
      label: end.name,
      netns: host.inode,
      device: end.name,
    })),
  ]),
);

/** Each takes an address of the other for a neighbour's: the answer then comes back the same way. */
function areNeighbours(asker: MacvlanEnd, child: Child): boolean {
  const [target] = ipv4Of(child);
  return (
    target !== undefined &&
    isOnLink(asker, target) &&
    ipv4Of(asker).some((ip) => isOnLink(child, ip))
  );
}

function canMeet(
  asker: MacvlanEnd,
  child: Child,
  { parent, seen }: { readonly parent: Parent; readonly seen: Seen },
): boolean {
  if (asker.mode === 'bridge' && child.mode === 'bridge') return true;
  const modes = [asker.mode, child.mode];
  return (
    modes.every((mode) => mode === 'bridge' || mode === 'vepa') && reflects(parent, seen) === 'yes'
  );
}

/** Echo requests to the child by somebody on its own parent. */
export function callsTo(child: Child, { observations }: ObservationsSeen): Observation[] {
  const own = ipv4Of(child);
  return findTo(observations, child.endpoint).filter(
    ({ probe, target }) =>
      (probe === 'sibling-icmp' || probe === 'shim-child-icmp') && own.includes(target),
  );
}

/** Connections to an address that were tried. */
export function connectionsTo(to: string, { observations }: ObservationsSeen): Observation[] {
  return findTo(observations, to).filter(({ probe }) => probe === 'service-tcp');
}

/** Somebody answered it in this run: it can send, and what comes back gets in. */
export function isBelievable(
  { endpoint }: Pick<Vantage, 'endpoint'>,
  { observations }: ObservationsSeen,
): boolean {
  return observations.some(
    (one) =>
      isAnswered(one) &&
      ((one.from === endpoint && (one.send.kind === 'icmp' || one.send.kind === 'tcp')) ||
        // An answer that a shim gave is one that its host let in and out.
        (endpoint.startsWith('shim:') && one.to === endpoint && one.probe === 'child-shim-icmp')),
  );
}

/** ARP worked: the asker's table has the MAC that the other end has. Undefined where the table was not read again. */
export function hasMetByArp(
  asker: Vantage,
  other: MacvlanEnd,
  { facts }: Seen,
): boolean | undefined {
  const table = valueOf(facts.neighboursAfter)?.[asker.netns.toString()];
  if (table === undefined) return undefined;
  const ips = new Set(ipv4Of(other));
  return table.some(
    (entry) =>
      ips.has(entry.dst) &&
      entry.dev === asker.end.link.ifname &&
      entry.lladdr === other.mac &&
      !isUnresolved(entry),
  );
}

/** It holds another MAC for the caller, of an owner before: its answers go there. */
export function isMistaken(child: Child, { end }: Vantage, { facts }: Seen): boolean {
  const table = valueOf(facts.neighboursAfter)?.[child.netns.inode.toString()] ?? [];
  const ips = new Set(ipv4Of(end));
  const entries = table.filter(
    (entry) => ips.has(entry.dst) && entry.dev === child.link.ifname && !isUnresolved(entry),
  );
  return entries.some(({ lladdr }) => lladdr !== end.mac);
}

/** Called from its own parent, and never heard. */
export function isUnheard(child: Child, seen: ObservationsSeen): boolean {
  const calls = callsTo(child, seen);
  return calls.some((one) => isSilent(one)) && !calls.some((one) => isAnswered(one));
}
