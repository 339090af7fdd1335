// By which link the host's packets to an address leave: the kernel's own answer where it was asked, else the routes.
import { valueOf } from '../../../model/fact.js';
import { oncePer } from '../../../model/once-per.js';
import type { Route, RouteLookup, Rule } from '../../../model/route.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Topology } from '../../../model/topology.js';
import { contains, parseCidr } from './subnets.js';
import { contentOf } from '../topology/content.js';

/** The way out, as far as it is known; neither is when the host has no route there. */
export interface HostRoute {
  /** ifname. */
  readonly dev?: string;
  readonly table?: string;
  /** The router that it goes to; none where the address is asked for by ARP. */
  readonly gateway?: string;
}

/** ifname, or undefined when the host has no route there. */
export function hostRouteDevice(topology: Topology, facts: Facts, ip: string): string | undefined {
  return hostRoute(topology, facts, ip).dev;
}

export function hostRoute(topology: Topology, facts: Facts, ip: string): HostRoute {
  return lookupOf(ip, facts) ?? workedOut(topology, ip);
}

const byDestination = oncePer(
  // Of two answers the first one counts.
  (lookups: readonly RouteLookup[]) => new Map(lookups.toReversed().map((one) => [one.dst, one])),
);

/** What the kernel said when it was asked for the way to this address. */
export function lookupOf(
  ip: string,
  { routeLookups }: Pick<Facts, 'routeLookups'>,
): RouteLookup | undefined {
  const lookups = valueOf(routeLookups);
  return lookups && byDestination(lookups).get(ip);
}

/** Rule by rule, and in each table the longest prefix with the lowest metric: what the kernel does. */
function workedOut(topology: Topology, ip: string): HostRoute {
  const { routes, rules } = contentOf(topology.host);
  for (const table of tablesFor(rules, ip)) {
    const best = bestRoute(routes, table, ip);
    const hop = best?.dev === undefined ? best?.nexthops?.[0] : best;
    const { dev, gateway } = hop ?? {};
    if (dev !== undefined) return { dev, table, ...(gateway !== undefined && { gateway }) };
  }
  return {};
}

/** Tables in the order in which the host asks them for a packet of its own; only main where no rules are known. */
function tablesFor(rules: readonly Rule[], ip: string): readonly string[] {
  const own = rules.filter((rule) => rule.family === 'inet');
  if (own.length === 0) return ['main'];
  return own.filter((rule) => isForAnyPacketTo(rule, ip)).flatMap((rule) => rule.table ?? []);
}

/** Marked packets, those from a certain source and those that are passed on are not what is asked about. */
function isForAnyPacketTo({ src, dst, iif, oif, fwmark }: Rule, ip: string): boolean {
  if (src !== 'all' || oif !== undefined || fwmark !== undefined) return false;
  if (iif !== undefined && iif !== 'lo') return false;
  return dst === undefined || contains(dst, ip);
}

function bestRoute(routes: readonly Route[], table: string, ip: string): Route | undefined {
  return routes
    .filter(
      (route) =>
        route.family === 'inet' &&
        route.table === table &&
        route.type === 'unicast' &&
        (route.dst === 'default' || contains(route.dst, ip)),
    )
    .toSorted((a, b) => lengthOf(b.dst) - lengthOf(a.dst) || (a.metric ?? 0) - (b.metric ?? 0))[0];
}

/** 0 for `default`. */
function lengthOf(dst: string): number {
  return parseCidr(dst)?.prefixlen ?? 0;
}
