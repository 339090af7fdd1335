// The way out of a namespace: rule by rule and table by table, the kernel's own answer first where it was asked.
import type { Address } from '../../../model/address.js';
import type { NetnsContent } from '../../../model/netns.js';
import { indexBy } from '../../../model/index-by.js';
import { oncePer } from '../../../model/once-per.js';
import type { Route, RouteLookup, Rule } from '../../../model/route.js';
import type { Facts } from '../../../model/snapshot.js';
import { addressesOn } from '../topology/content.js';
import { lookupOf } from '../addressing/host-route.js';
import { contains, networkOf, parseCidr } from '../addressing/subnets.js';
import { holds, type Station } from './stations.js';

/** A namespace whose content is known. */
export type Stack = Pick<Station, 'netns'> & { readonly content: NetnsContent };

export interface Query {
  readonly dst: string;
  /** Where the packet is bound to an address already, as an answer is. */
  readonly source?: string;
  /** SO_BINDTODEVICE. */
  readonly device?: string;
}

export type Way =
  | { readonly kind: 'own' }
  | { readonly kind: 'none' }
  | {
      readonly kind: 'link';
      /** ifname. */
      readonly dev: string;
      /** Whom the stack asks for by ARP: the destination, or a router. */
      readonly nextHop: string;
      readonly source: string | undefined;
    };

export function wayOut(stack: Stack, query: Query, facts: Pick<Facts, 'routeLookups'>): Way {
  if (holds(stack, query.dst)) return { kind: 'own' };
  const lookup = kernelsAnswer(stack, query, facts);
  const hop = lookup === undefined ? routed(stack.content, query) : hopOf(lookup);
  if (hop === undefined) return { kind: 'none' };
  const nextHop = hop.gateway ?? query.dst;
  const source = query.source ?? hop.prefsrc ?? addressNear(stack.content, hop.dev, nextHop);
  return { kind: 'link', dev: hop.dev, nextHop, source };
}

interface Hop {
  readonly dev: string;
  readonly gateway?: string;
  readonly prefsrc?: string;
}

/** Looked up for the host's own packets: without a source, so where a rule asks for that, the rules are gone through. */
function kernelsAnswer(
  { netns, content }: Stack,
  { dst, source, device }: Query,
  facts: Pick<Facts, 'routeLookups'>,
): RouteLookup | undefined {
  if (!netns.isHost || device !== undefined) return undefined;
  const isBySource = content.rules.some(({ src }) => src !== 'all' && contains(src, source ?? ''));
  return isBySource ? undefined : lookupOf(dst, facts);
}

function hopOf({
  dev,
  gateway,
  prefsrc,
  type = 'unicast',
}: Omit<RouteLookup, 'dst'>): Hop | undefined {
  if (dev === undefined || type !== 'unicast') return undefined;
  return {
    dev,
    ...(gateway !== undefined && { gateway }),
    ...(prefsrc !== undefined && { prefsrc }),
  };
}

/** A stack is asked for the same way by many probes, and by both ends of each. */
const askedBefore = oncePer(
  (_: NetnsContent) => new Map<string, { readonly hop: Hop | undefined }>(),
);

function routed(content: NetnsContent, query: Query): Hop | undefined {
  const before = askedBefore(content);
  const key = `${query.device ?? ''} ${query.source ?? ''} ${query.dst}`;
  const hit = before.get(key);
  if (hit !== undefined) return hit.hop;
  const hop = workedOut(content, query);
  before.set(key, { hop });
  return hop;
}

function workedOut({ rules, routes }: NetnsContent, query: Query): Hop | undefined {
  for (const table of tablesFor(rules, query)) {
    if (table === undefined) return undefined;
    const best = bestRoute(routes, table, query);
    if (best !== undefined && best.type !== 'throw') return hopOf(firstHop(best, query));
  }
  // Bound to a link, what no route leads to is taken for a neighbour on it (ip_route_output_key_hash_rcu).
  return query.device === undefined ? undefined : { dev: query.device };
}

/** In the order in which they are asked; undefined where a rule refuses. Only main where no rules are known. */
function tablesFor(rules: readonly Rule[], query: Query): (string | undefined)[] {
  const all = ipv4RulesOf(rules);
  if (all.length === 0) return ['main'];
  return all
    .filter((rule) => isFor(rule, query) && rule.table !== 'local')
    .filter(({ action }) => action !== 'nop' && action !== 'goto')
    .map(({ action, table }) => (action === undefined ? table : undefined));
}

const ipv4RulesOf = oncePer((rules: readonly Rule[]) =>
  rules.filter(({ family }) => family === 'inet'),
);

/** Marked packets are not what is asked about. */
function isFor({ src, dst, iif, oif, fwmark }: Rule, query: Query): boolean {
  return (
    fwmark === undefined &&
    (iif === undefined || iif === 'lo') &&
    (oif === undefined || oif === query.device) &&
    (dst === undefined || contains(dst, query.dst)) &&
    (src === 'all' || contains(src, query.source ?? ''))
  );
}

function bestRoute(
  routes: readonly Route[],
  table: string,
  { dst, device }: Query,
): Route | undefined {
  return (tablesOf(routes).get(table) ?? []).find(
    (route) =>
      (device === undefined || hopsOf(route).some((hop) => hop.dev === device)) &&
      (route.dst === 'default' || contains(route.dst, dst)),
  );
}

/** What packets may take, by table, in the order in which it is chosen: the longest prefix, then the least metric. */
const tablesOf = oncePer((routes: readonly Route[]): ReadonlyMap<string, readonly Route[]> => {
  const usable = routes.filter(
    ({ family, type, flags }) =>
      family === 'inet' && type !== 'broadcast' && !flags.includes('dead'),
  );
  const sorted = usable.toSorted(
    (a, b) => lengthOf(b.dst) - lengthOf(a.dst) || (a.metric ?? 0) - (b.metric ?? 0),
  );
  return indexBy(sorted, ({ table }) => table);
});

function hopsOf(route: Route): readonly Pick<Route, 'dev' | 'gateway'>[] {
  return route.dev === undefined ? (route.nexthops ?? []) : [route];
}

function firstHop(route: Route, { device }: Query): Omit<RouteLookup, 'dst'> {
  const hop = hopsOf(route).find(({ dev }) => device === undefined || dev === device) ?? {};
  const { type, prefsrc } = route;
  return {
    type,
    ...(hop.dev !== undefined && { dev: hop.dev }),
    ...(hop.gateway !== undefined && { gateway: hop.gateway }),
    ...(prefsrc !== undefined && { prefsrc }),
  };
}

/** 0 for `default`. */
function lengthOf(dst: string): number {
  return parseCidr(dst)?.prefixlen ?? 0;
}

/** An address of the link in the neighbour's subnet, else of the link, else any (inet_select_addr). */
export function addressNear(content: NetnsContent, dev: string, ip: string): string | undefined {
  const onLink = addressesOn(content, dev).filter((one) => isForOthers(one));
  const near = onLink.find(({ local, prefixlen }) => contains(networkOf(local, prefixlen), ip));
  return (near ?? onLink[0] ?? content.addresses.find((one) => isForOthers(one)))?.local;
}

function isForOthers({ family, scope }: Address): boolean {
  return family === 'inet' && scope !== 'host';
}
