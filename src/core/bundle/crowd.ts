// How much of a host a snapshot may tell of. Bytes do not bound the work: checks hold some things against each other.
import { valueOf } from '../../model/fact.js';
import { indexBy } from '../../model/index-by.js';
import { isOnSharedParent } from '../../model/link.js';
import type { Netns } from '../../model/netns.js';
import type { Facts } from '../../model/snapshot.js';

/** Far more than any host was seen with, and few enough to be judged within seconds. */
const MOST = {
  children: 8000,
  parents: 4000,
  networks: 4000,
  pools: 250,
  defaultRoutes: 250,
} as const;

/** A clause that names what there is too much of; undefined for every real host. */
export function crowdIn({ namespaces, runtime }: Facts): string | undefined {
  const places = valueOf(namespaces) ?? [];
  const networks = valueOf(runtime)?.networks ?? [];
  const counts: readonly (readonly [count: number, most: number, what: string])[] = [
    [sum(places, childrenIn), MOST.children, 'macvlan and ipvlan links in namespaces'],
    [parentsIn(places), MOST.parents, 'parents of macvlan links on the host'],
    [networks.length, MOST.networks, 'networks of a container engine'],
    [most(networks, ({ pools }) => pools.length), MOST.pools, 'subnets of one network'],
    [most(places, defaultsIn), MOST.defaultRoutes, 'default routes in one table'],
  ];
  const excess = counts.find(([count, limit]) => count > limit);
  if (excess === undefined) return undefined;
  const [count, limit, what] = excess;
  return `it tells of ${count.toString()} ${what}, and no more than ${limit.toString()} are read`;
}

function childrenIn({ isHost, content }: Netns): number {
  const links = isHost ? [] : (valueOf(content)?.links ?? []);
  return links.filter((link) => isOnSharedParent(link)).length;
}

function parentsIn(places: readonly Netns[]): number {
  const host = places.find(({ isHost }) => isHost);
  const links = (host && valueOf(host.content)?.links) ?? [];
  return new Set(links.filter((link) => isOnSharedParent(link)).map(({ link }) => link)).size;
}

/** Of a table: a host that routes by source may well have one in each of hundreds. */
function defaultsIn({ content }: Netns): number {
  const routes = (valueOf(content)?.routes ?? []).filter(({ dst }) => dst === 'default');
  return most([...indexBy(routes, ({ table }) => table).values()], ({ length }) => length);
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += count(item);
  return total;
}

function most<T>(items: readonly T[], count: (item: T) => number): number {
  let highest = 0;
  for (const item of items) highest = Math.max(highest, count(item));
  return highest;
}
