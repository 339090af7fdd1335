// Where the routes of a new shim lead: one per child, or one for the range that holds them all and nobody else.
import { covers, isIpv4, overlaps } from '../derive/addressing/subnets.js';
import { contentOf } from '../derive/topology/content.js';
import type { FixContext } from '../../model/fix.js';
import type { Child, Parent } from '../../model/topology.js';

/** From here on one route for the whole ip-range is easier to read and to keep than one route per child. */
const MANY_CHILDREN = 9;

/** IPv4 addresses by which a child can be reached. */
export function ipv4Of(child: Child): string[] {
  const usable = child.addresses.filter(
    ({ family, scope }) => family === 'inet' && scope !== 'host',
  );
  return usable.map((address) => address.local);
}

/** `address` is the shim's own. */
export function destinationsFor(
  served: readonly Child[],
  parent: Parent,
  { context, address }: { readonly context: FixContext; readonly address: string },
): readonly string[] {
  const ips = [...new Set(served.flatMap((child) => ipv4Of(child)))];
  const ranges = parent.networks.flatMap((network) => network.pools.map(({ ipRange }) => ipRange));
  const range = ranges.find(
    (candidate) =>
      candidate !== undefined &&
      ips.every((ip) => covers(candidate, ip)) &&
      !othersOn(context, parent).some((ip) => overlaps(candidate, ip)) &&
      !covers(candidate, address) &&
      !hasNarrowerRoute(candidate, context),
  );
  if (range !== undefined && ips.length >= MANY_CHILDREN) return [range];
  return ips.map((ip) => `${ip}/32`);
}

/** A route for a part of the range would win over one for the whole of it. */
function hasNarrowerRoute(range: string, { topology }: FixContext): boolean {
  return contentOf(topology.host).routes.some(
    ({ family, table, dst }) =>
      family === 'inet' &&
      table === 'main' &&
      dst !== 'default' &&
      covers(range, dst) &&
      !covers(dst, range),
  );
}

/** Who must not be led into the shim by a route for a whole range: the host, its gateways, its neighbours on the LAN. */
function othersOn(context: FixContext, parent: Parent): string[] {
  const { addresses, neighbours, routes } = contentOf(context.topology.host);
  const children = new Set(parent.children.flatMap((child) => ipv4Of(child)));
  const met = [neighbours, ...parent.children.map((child) => child.neighbours)].flat();
  const pools = parent.networks.flatMap((network) => network.pools);
  return [
    ...addresses.map(({ local }) => local),
    ...met.filter(({ lladdr }) => lladdr !== undefined).map(({ dst }) => dst),
    ...routes.map(({ gateway }) => gateway),
    ...pools.flatMap((pool) => [pool.gateway, ...Object.values(pool.auxAddresses)]),
  ].filter((ip): ip is string => ip !== undefined && isIpv4(ip) && !children.has(ip));
}
