// Who can be asked, and for which addresses.
import { isAdminUp } from '../../../model/link.js';
import { isUnresolved } from '../../../model/neighbour.js';
import { oncePer } from '../../../model/once-per.js';
import type { Child, MacvlanEnd, Parent, Topology } from '../../../model/topology.js';
import { contains, networkOf } from '../addressing/subnets.js';
import { hostIps } from '../topology/content.js';

/** At most this many dead-looking neighbours are asked for per parent: a handful shows the pattern. */
const MOST_NEIGHBOURS = 8;

/** A child whose own stack can send and whose answers mean something. */
export const isProbeable = oncePer(
  (child: Child): boolean =>
    !child.isTap &&
    child.netns.content.state === 'known' &&
    isAdminUp(child.link) &&
    ipv4Of(child).length > 0,
);

/** IPv4 addresses on the end, in the kernel's order. */
export const ipv4Of = oncePer((end: MacvlanEnd): readonly string[] =>
  end.addresses
    .filter((address) => address.family === 'inet' && address.scope !== 'host')
    .map((address) => address.local),
);

/** Subnets that the kernel puts on the link by itself. */
const ownSubnets = oncePer((end: MacvlanEnd): readonly string[] =>
  end.addresses
    .filter(({ family, noprefixroute }) => family === 'inet' && noprefixroute !== true)
    .map(({ local, prefixlen }) => networkOf(local, prefixlen)),
);

/** True when the end would ask for `ip` by ARP rather than send to a gateway. */
export function isOnLink(end: MacvlanEnd, ip: string): boolean {
  return (
    ownSubnets(end).some((subnet) => contains(subnet, ip)) ||
    end.routes.some(
      (route) =>
        route.family === 'inet' &&
        route.table === 'main' &&
        route.type === 'unicast' &&
        ((route.gateway === undefined && (route.dst === 'default' || contains(route.dst, ip))) ||
          (route.gateway === ip && route.flags.includes('onlink'))),
    )
  );
}

/** IPv4 addresses that live on this machine behind or on the parent. */
export const ownersOn = oncePer((parent: Parent): ReadonlySet<string> => {
  const ends = [...parent.children, ...parent.shims].flatMap((end) => ipv4Of(end));
  return new Set([...ends, ...parent.addresses.map((address) => address.local)]);
});

/**
 * Addresses whose owners are behind the parent and out of sight, with their MACs: a virtual machine behind a macvtap, or a
 * child in a namespace that was not looked into. Their siblings' tables tell.
 */
export const unseenOwnersOn = oncePer((parent: Parent): ReadonlyMap<string, string> => {
  const taps = parent.children.filter(({ isTap }) => isTap).map(({ mac }) => mac);
  const unseen = new Set([...taps, ...parent.unseenMacs]);
  unseen.delete(parent.link.address ?? '');
  const entries = [...parent.children, ...parent.shims].flatMap(({ neighbours }) => neighbours);
  return new Map(
    entries.flatMap((entry) =>
      entry.lladdr !== undefined && unseen.has(entry.lladdr) && !isUnresolved(entry)
        ? [[entry.dst, entry.lladdr] as const]
        : [],
    ),
  );
});

/** Its owner is on this machine, so that no wire is asked for it. */
export function isHere(ip: string, parent: Parent, topology: Pick<Topology, 'host'>): boolean {
  return ownersOn(parent).has(ip) || unseenOwnersOn(parent).has(ip) || hostIps(topology).has(ip);
}

/**
 * IPv4 addresses that a child asked for in vain, and that are nobody's on this machine nor a gateway: the first ones in the order of
 * the facts, since stand-ins have another one.
 */
export function lanNeighboursToAsk(parent: Parent, children: readonly Child[]): string[] {
  const owners = ownersOn(parent);
  const asked = children.flatMap((child) =>
    child.neighbours
      .filter(
        (entry) =>
          isUnresolved(entry) &&
          !entry.dst.includes(':') &&
          !owners.has(entry.dst) &&
          !child.gateways.includes(entry.dst),
      )
      .map(({ dst }) => dst),
  );
  return [...new Set(asked)].slice(0, MOST_NEIGHBOURS);
}
