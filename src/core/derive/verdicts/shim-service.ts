// Which macvlan links of the host are meant for its children, and what becomes of the traffic that they should carry.
import type { CheckContext } from '../../../model/check.js';
import { isAdminUp } from '../../../model/link.js';
import { oncePer } from '../../../model/once-per.js';
import { isAnswered, isSilent, type Observation } from '../../../model/observation.js';
import type { Route, RouteLookup } from '../../../model/route.js';
import type { Child, Parent, Shim } from '../../../model/topology.js';
import { hostRoute, lookupOf } from '../addressing/host-route.js';
import { directRoutes, hasIpv4, ipv4 } from '../addressing/on-link.js';
import { find, hostReach, reflects } from './reach.js';
import { contains, covers, isSingle, networkOf, parseCidr } from '../addressing/subnets.js';
import { contentOf, hostIps } from '../topology/content.js';

/**
 * True for a link by which the host is to reach the children: its routes lead to one, or its address lies in their
 * subnet. A link with a default route or a master is the host's own second identity, and one on an unnumbered parent is
 * the host's only one; neither is a shim in this sense.
 */
export function isMeantForChildren(shim: Shim, parent: Parent): boolean {
  return meantOn(parent).has(shim);
}

const meantOn = oncePer(
  (parent: Parent): ReadonlySet<Shim> =>
    new Set(parent.shims.filter((shim) => leadsToChildren(shim, parent))),
);

function leadsToChildren(shim: Shim, parent: Parent): boolean {
  if (ipv4(shim).length === 0 || shim.link.master !== undefined) return false;
  if (shim.routes.some(({ dst, type }) => dst === 'default' && type === 'unicast')) return false;
  const children = parent.children.filter((child) => hasIpv4(child));
  const leadsToOne = children.some((child) =>
    ipv4(child).some(({ local }) => routeCovers(shim, local)),
  );
  return (
    leadsToOne ||
    subnetsAround(parent).some((net) => ipv4(shim).some(({ local }) => contains(net, local)))
  );
}

/** Subnets of the children, of the networks that are to have some, and none of single addresses. */
function subnetsAround(parent: Parent): string[] {
  const addresses = parent.children.flatMap((child) => ipv4(child));
  const nets = addresses.map(({ local, prefixlen }) => networkOf(local, prefixlen));
  const host = parent.addresses.map(({ local, prefixlen }) => networkOf(local, prefixlen));
  const shared = host.filter((net) => addresses.some(({ local }) => contains(net, local)));
  return [
    ...nets,
    ...shared,
    ...parent.networks.flatMap(({ pools }) => pools.map(({ subnet }) => subnet)),
  ];
}

/** Whether a route of the host leads to the address by this shim, whatever other routes there are. */
export function routeCovers(shim: Shim, ip: string): boolean {
  const { single, wide } = destinationsOf(shim.routes);
  return (
    single.has(parseCidr(ip)?.text ?? '') || wide.some((destination) => contains(destination, ip))
  );
}

/** A shim has a route for each child, as a rule: those are looked up, not gone through. */
const destinationsOf = oncePer((routes: readonly Route[]) => {
  const all = directRoutes(routes);
  const single = all.filter((destination) => isSingle(destination));
  return { single: new Set(single), wide: all.filter((destination) => !isSingle(destination)) };
});

/** True when nothing but the shim's own subnet leads to the address by it. */
export function isOnlyConnected(shim: Shim, ip: string): boolean {
  const explicit = shim.routes.filter(({ protocol }) => protocol !== 'kernel');
  return routeCovers(shim, ip) && !routeCovers({ ...shim, routes: explicit }, ip);
}

export type Exchange = 'yes' | 'no' | 'unknown';

/** Whether frames pass between a shim and a child of one parent; an answer that was seen beats the reasoning. */
export function exchanges(shim: Shim, child: Child, context: CheckContext): Exchange {
  const seen = shimProbes(shim, child, context.observations);
  if (seen.some((one) => isAnswered(one))) return 'yes';
  if (shim.mode === 'bridge' && child.mode === 'bridge') return 'yes';
  if (shim.mode === 'private' || child.mode === 'private') return 'no';
  const odd = [shim.mode, child.mode].some((mode) => mode === 'source' || mode === 'passthru');
  if (odd) return 'unknown';
  const parent = context.topology.parents.find(({ name }) => name === shim.parent);
  const relay = parent === undefined ? 'unknown' : reflects(parent, context);
  if (relay !== 'unknown') return relay;
  return seen.some((one) => isSilent(one)) ? 'no' : 'unknown';
}

export function shimProbes(
  shim: Shim,
  child: Child,
  observations: readonly Observation[],
): readonly Observation[] {
  const about = { probe: 'shim-child-icmp', child: child.name } as const;
  return find(observations, about).filter(({ from }) => from === `shim:${shim.name}`);
}

/** A child that its shim could serve and does not, and by what else the host's traffic for it leaves. */
export interface Unserved {
  readonly child: Child;
  readonly ip: string;
  /** ifname; undefined when the host has no route at all. */
  readonly device: string | undefined;
  /** The routing table that says so. */
  readonly table: string | undefined;
  readonly lookup: RouteLookup | undefined;
  /** A route by the shim leads there and another one is preferred. */
  readonly isShadowed: boolean;
}

export interface Service {
  readonly served: readonly Child[];
  readonly unserved: readonly Unserved[];
}

/** Children that a shim exchanges frames with, by whether the host's traffic for them takes a shim. */
function serviceOf(shim: Shim, parent: Parent, context: CheckContext): Service {
  const shims = new Set(parent.shims.map(({ name }) => name));
  const served: Child[] = [];
  const unserved: Unserved[] = [];
  const own = hostIps(context.topology);
  for (const child of parent.children) {
    const ip = ipv4(child)[0]?.local;
    // An address that the host has as well never leaves it, whatever is routed.
    if (ip === undefined || own.has(ip) || !hasIpv4(child)) continue;
    if (exchanges(shim, child, context) !== 'yes') continue;
    const { dev: device, table } = hostRoute(context.topology, context.facts, ip);
    if (shims.has(device ?? '') || hostReaches(child, context)) served.push(child);
    else {
      const lookup = lookupOf(ip, context.facts);
      unserved.push({ child, ip, device, table, lookup, isShadowed: routeCovers(shim, ip) });
    }
  }
  return { served, unserved };
}

export interface ShimService extends Service {
  readonly shim: Shim;
  /** How many of the served children this shim's own routes lead to. */
  readonly carried: number;
}

/** Every active shim of a parent with what it does for the children. */
export function servicesOn(parent: Parent, context: CheckContext): ShimService[] {
  return activeShims(parent).map((shim) => {
    const service = serviceOf(shim, parent, context);
    const isCarried = (child: Child): boolean =>
      ipv4(child).some(({ local }) => routeCovers(shim, local));
    return { shim, ...service, carried: service.served.filter((child) => isCarried(child)).length };
  });
}

/** Children that nothing leads to: neither a route of their own that another one wins over, nor a router. */
export function lostOf(
  { shim, unserved }: ShimService,
  parent: Parent,
  context: CheckContext,
): Unserved[] {
  return unserved.filter(({ child, ip, device, lookup, isShadowed }) => {
    if (isShadowed && !isOnlyConnected(shim, ip)) return false;
    const reach = hostReach(child, context);
    if (reach !== 'unknown') return reach === 'silent';
    if (device !== parent.name || lookup?.gateway !== undefined) return false;
    const nets = parent.addresses.map(({ local, prefixlen }) => networkOf(local, prefixlen));
    return nets.some((net) => contains(net, ip));
  });
}

function hostReaches(child: Child, { observations }: CheckContext): boolean {
  const pings = find(observations, { probe: 'host-child-icmp', child: child.name });
  return pings.some((one) => isAnswered(one));
}

/** A shim that is up, and meant for children. */
export const activeShims = oncePer((parent: Parent): readonly Shim[] =>
  parent.shims.filter((shim) => isAdminUp(shim.link) && isMeantForChildren(shim, parent)),
);

/** The route in table main that wins over a shim's: as narrow or narrower, by another link. */
export function winnerOver(
  shim: Shim,
  { ip, device }: Unserved,
  context: CheckContext,
): Route | undefined {
  return contentOf(context.topology.host).routes.find(
    (route) =>
      route.dev === device &&
      route.table === 'main' &&
      route.type === 'unicast' &&
      route.dst !== 'default' &&
      contains(route.dst, ip) &&
      directRoutes(shim.routes).some((own) => contains(own, ip) && covers(own, route.dst)),
  );
}
