// What on this host claims addresses of a macvlan subnet although it is somewhere else.
import type { CheckContext } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';
import type { Link } from '../../../model/link.js';
import type { Route } from '../../../model/route.js';
import type { RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Parent } from '../../../model/topology.js';
import { subnetsOf } from './on-link.js';
import { contains, covers, overlaps, parseCidr } from './subnets.js';
import { contentOf, findLink } from '../topology/content.js';
import { peerOf } from '../topology/parents.js';

export interface Claim {
  readonly subnet: string;
  /** Where it was seen. */
  readonly from: 'routes' | 'runtime';
  /** `network backend (bridge)`, `the route by tun0`. */
  readonly by: string;
  /** The macvlan subnet that it runs into. */
  readonly against: string;
}

/** Never anybody's LAN: link-local (RFC 3927, RFC 4291) and multicast. */
const NOBODYS = [
  '169.254.0.0/16',
  '224.0.0.0/4',
  'fe80::/10',
  'ff00::/8',
  '127.0.0.0/8',
  '::1/128',
];

/** Subnets that children of the parent have or that its macvlan networks are to give them, both families. */
export function macvlanSubnets(parent: Parent): string[] {
  const pools = parent.networks
    .filter(({ driver, isConfigOnly }) => driver === 'macvlan' && !isConfigOnly)
    .flatMap((network) => network.pools.flatMap(({ subnet }) => parseCidr(subnet)?.text ?? []));
  const children = parent.children.flatMap((child) => subnetsOf(child.addresses));
  const all = [...new Set([...children, ...pools])];
  return all.filter((net) => !NOBODYS.some((nobodys) => overlaps(net, nobodys)));
}

/** Networks of other drivers, and routes of the host, that run into the parent's macvlan subnets. */
export function claimsOn(parent: Parent, context: CheckContext): Claim[] {
  const ours = macvlanSubnets(parent);
  const networks = valueOf(context.facts.runtime)?.networks ?? [];
  const byEngine = networks
    .filter((network) => isElsewhere(network))
    .flatMap((network) => claimsOf(network, ours));
  const known = new Set(byEngine.map(({ subnet }) => subnet));
  const byRoute = contentOf(context.topology.host).routes.flatMap((route) =>
    claimOf(route, { parent, ours, context }),
  );
  return [...byEngine, ...byRoute.filter(({ subnet }) => !known.has(subnet))];
}

/** macvlan and ipvlan networks are on some LAN themselves; two of them may well share its subnet. */
function isElsewhere({ driver, isConfigOnly }: RuntimeNetwork): boolean {
  return !isConfigOnly && driver !== 'macvlan' && driver !== 'ipvlan';
}

function claimsOf(network: RuntimeNetwork, ours: readonly string[]): Claim[] {
  return network.pools.flatMap(({ subnet }): Claim[] => {
    const against = ours.find((net) => overlaps(net, subnet));
    const text = parseCidr(subnet)?.text;
    if (against === undefined || text === undefined) return [];
    const by = `network ${network.name} (${network.driver})`;
    return [{ subnet: text, from: 'runtime', by, against }];
  });
}

interface Around {
  readonly parent: Parent;
  readonly ours: readonly string[];
  readonly context: CheckContext;
}

function claimOf(route: Route, { parent, ours, context }: Around): Claim[] {
  const subnet = parseCidr(route.dst)?.text;
  const device = route.dev ?? route.nexthops?.find((hop) => hop.dev !== parent.name)?.dev;
  if (subnet === undefined || device === undefined || route.type !== 'unicast') return [];
  if (isOwn(device, parent, context) || !isPlural(subnet) || route.table === 'local') return [];
  if (route.flags.includes('dead')) return [];
  const against = ours.find((net) => overlaps(net, subnet));
  if (against === undefined || NOBODYS.some((net) => covers(net, subnet))) return [];
  if (!isInTheWay({ ...route, dev: device }, against, { parent, ours, context })) return [];
  const table = route.table === 'main' ? '' : ` in table ${route.table}`;
  return [{ subnet, from: 'routes', by: `the route by ${device}${table}`, against }];
}

/** The parent itself, its shims, and where a veth parent is plugged in: its other end, or the bridge that has this as a port. */
function isOwn(device: string, { link, name, shims }: Parent, { topology }: CheckContext): boolean {
  const peer = peerOf(topology, link);
  const own = [name, ...shims.map((shim) => shim.name), peer?.ifname, peer?.master];
  return own.includes(device);
}

/** A route to a single host, or a pair, was made by somebody who meant that very host. */
function isPlural(subnet: string): boolean {
  const { family, prefixlen } = parseCidr(subnet) ?? { family: 'inet', prefixlen: 32 };
  return prefixlen < (family === 'inet' ? 31 : 127);
}

/**
 * A bridge for containers or virtual machines runs into our subnet however wide it is: its members look for the LAN on
 * it. Any other route does so only when the host would really follow it.
 */
function isInTheWay(
  route: Route & { readonly dev: string },
  against: string,
  around: Around,
): boolean {
  const links = contentOf(around.context.topology.host).links;
  const link = findLink(links, route.dev);
  const isConnected = route.gateway === undefined && route.table === 'main';
  if (isConnected && link !== undefined && isInnerBridge(link, links)) return true;
  if (isConnected && isSecondPort(link, links) && route.dst === against) return false;
  if (route.table !== 'main') return isLookedUp(route, against, around.context);
  return isPreferred(route, against, around);
}

/** A bridge without a port to the outside: Docker's, libvirt's. */
export function isInnerBridge(link: Link, links: readonly Link[]): boolean {
  return link.linkinfo?.info_kind === 'bridge' && !isSecondPort(link, links);
}

/** Inner ends: what containers and virtual machines hang on bridges with. */
const INNER = new Set(['veth', 'tun', 'dummy', 'macvtap']);

/** Another way onto a real LAN: a network card, a VLAN, a bond, a bridge with one of these as a port, a veth. */
function isSecondPort(link: Link | undefined, links: readonly Link[]): boolean {
  if (link?.link_type !== 'ether') return false;
  const kind = link.linkinfo?.info_kind;
  if (kind === 'bridge') {
    return links.some(
      (port) => port.master === link.ifname && !INNER.has(port.linkinfo?.info_kind ?? ''),
    );
  }
  return kind !== 'tun' && kind !== 'dummy' && kind !== 'vxlan';
}

/** Whether a lookup of the kernel was seen to end in the route's table and link. */
function isLookedUp(
  route: Route & { readonly dev: string },
  against: string,
  { facts }: CheckContext,
): boolean {
  return (valueOf(facts.routeLookups) ?? []).some(
    ({ dst, dev, table }) =>
      dev === route.dev &&
      table === route.table &&
      contains(route.dst, dst) &&
      contains(against, dst),
  );
}

/** Narrower than the host's own route on the parent, or as wide with a metric that is no worse. */
function isPreferred(route: Route, against: string, { parent, context }: Around): boolean {
  const length = parseCidr(route.dst)?.prefixlen ?? 0;
  const own = contentOf(context.topology.host).routes.filter(
    (candidate) =>
      candidate.dev !== undefined &&
      isOwn(candidate.dev, parent, context) &&
      candidate.table === 'main' &&
      overlaps(candidate.dst, against) &&
      overlaps(candidate.dst, route.dst),
  );
  const rivals = own.filter(({ dst }) => (parseCidr(dst)?.prefixlen ?? 0) >= length);
  const narrower = rivals.filter(({ dst }) => (parseCidr(dst)?.prefixlen ?? 0) > length);
  if (narrower.some(({ dst }) => covers(dst, against))) return false;
  if (rivals.some(({ metric }) => (metric ?? 0) < (route.metric ?? 0))) return false;
  return own.length > 0 || length >= (parseCidr(against)?.prefixlen ?? 0);
}
