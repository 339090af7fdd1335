// Which addresses a link takes for neighbours, to be asked for by ARP: its subnets and its routes without a gateway.
import { isAdminUp } from '../../../model/link.js';
import { oncePer } from '../../../model/once-per.js';
import type { Address } from '../../../model/address.js';
import type { Route } from '../../../model/route.js';
import type { Child, MacvlanEnd, Parent } from '../../../model/topology.js';
import { contains, networkOf, overlaps, parseCidr } from './subnets.js';

/** A child whose own IPv4 set-up is there to be judged: up, no tap, with an address that is not link-local. */
export function hasIpv4(child: Child): boolean {
  return !child.isTap && isAdminUp(child.link) && ipv4(child).length > 0;
}

/** IPv4 addresses of an end that somebody gave it. */
export const ipv4 = oncePer((end: MacvlanEnd): readonly Address[] =>
  end.addresses.filter(
    ({ family, scope, local }) => family === 'inet' && scope === 'global' && !isSelfMade(local),
  ),
);

/** The end's own address in a subnet that all of these are in too. */
export function addressNear(
  { addresses }: Pick<MacvlanEnd, 'addresses'>,
  ...targets: readonly string[]
): string | undefined {
  return addresses.find(
    ({ family, local, prefixlen }) =>
      family === 'inet' && targets.every((ip) => contains(networkOf(local, prefixlen), ip)),
  )?.local;
}

/** What a client makes up when no DHCP server answers (RFC 3927); some of them call its scope global. */
export function isSelfMade(ip: string): boolean {
  return contains('169.254.0.0/16', ip);
}

/** Subnets that a set of addresses puts on the wire; single addresses (/31, /32) are none. */
export function subnetsOf(addresses: readonly Address[]): string[] {
  const nets = addresses
    .filter(
      ({ family, scope, prefixlen }) =>
        scope === 'global' && prefixlen < (family === 'inet' ? 31 : 127),
    )
    .map(({ local, prefixlen }) => networkOf(local, prefixlen));
  return [...new Set(nets)];
}

/** Destinations that leave by a link without a gateway, defaults left out. */
export const directRoutes = oncePer((routes: readonly Route[]): readonly string[] => {
  const direct = routes.filter(
    ({ type, table, gateway, dst }) =>
      type === 'unicast' && table === 'main' && gateway === undefined && dst !== 'default',
  );
  return direct.flatMap((route) => parseCidr(route.dst)?.text ?? []);
});

/** The widest stretch around an address that its link takes for neighbours, in IPv4. */
export function viewFrom(
  ip: string,
  addresses: readonly Address[],
  routes: readonly Route[],
): string | undefined {
  const plain = addresses.filter((address) => address.noprefixroute !== true);
  const nets = [...subnetsOf(plain), ...directRoutes(routes)].filter((net) => contains(net, ip));
  const wide = nets.filter((net) => (parseCidr(net)?.prefixlen ?? 32) < 31);
  return wide.toSorted(
    (a, b) => (parseCidr(a)?.prefixlen ?? 0) - (parseCidr(b)?.prefixlen ?? 0),
  )[0];
}

/** IPv4 subnets that the host itself has on the wire of a parent: on the parent, or on a macvlan link in its place. */
export function hostSubnetsOn(parent: Parent): string[] {
  const ends = [...parent.addresses, ...parent.shims.flatMap((shim) => shim.addresses)];
  return subnetsOf(ends.filter(({ family }) => family === 'inet'));
}

export function overlapsAny(net: string, others: readonly string[]): boolean {
  return others.some((other) => overlaps(net, other));
}

/** Not only planned: from one that is, nobody can ask anything. */
export function isThere({ netns }: Child): boolean {
  return netns.isPlanned !== true;
}
