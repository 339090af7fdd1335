// Who can be asked, and for which addresses.
import { isAdminUp } from '../../../model/link.js';
import { isUnresolved } from '../../../model/neighbour.js';
import type { Child, MacvlanEnd, Parent } from '../../../model/topology.js';
import { contains, networkOf } from '../addressing/subnets.js';

/** At most this many dead-looking neighbours are asked for per parent: a handful shows the pattern. */
const MOST_NEIGHBOURS = 8;

/** A child whose own stack can send and whose answers mean something. */
export function isProbeable(child: Child): boolean {
  return (
    !child.isTap &&
    child.netns.content.state === 'known' &&
    isAdminUp(child.link) &&
    ipv4Of(child).length > 0
  );
}

/** IPv4 addresses on the end, in the kernel's order. */
export function ipv4Of(end: MacvlanEnd): string[] {
  return end.addresses
    .filter((address) => address.family === 'inet' && address.scope !== 'host')
    .map((address) => address.local);
}

/** True when the end would ask for `ip` by ARP rather than send to a gateway. */
export function isOnLink(end: MacvlanEnd, ip: string): boolean {
  const bySubnet = end.addresses.some(
    (address) =>
      address.family === 'inet' &&
      address.noprefixroute !== true &&
      contains(networkOf(address.local, address.prefixlen), ip),
  );
  return (
    bySubnet ||
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
export function ownersOn(parent: Parent): ReadonlySet<string> {
  const ends = [...parent.children, ...parent.shims].flatMap((end) => ipv4Of(end));
  return new Set([...ends, ...parent.addresses.map((address) => address.local)]);
}

/** IPv4 addresses that a child asked for in vain, and that are nobody's on this machine nor a gateway. */
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
  return [...new Set(asked)].sort().slice(0, MOST_NEIGHBOURS);
}
