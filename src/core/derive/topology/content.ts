// What a namespace holds, and nothing where that is not known.
import type { Address } from '../../../model/address.js';
import { valueOf } from '../../../model/fact.js';
import { indexBy } from '../../../model/index-by.js';
import { namesOf, type Link } from '../../../model/link.js';
import type { Neighbour } from '../../../model/neighbour.js';
import type { Netns, NetnsContent } from '../../../model/netns.js';
import { oncePer } from '../../../model/once-per.js';
import type { Route } from '../../../model/route.js';
import type { Topology } from '../../../model/topology.js';

const EMPTY: NetnsContent = {
  links: [],
  addresses: [],
  routes: [],
  rules: [],
  neighbours: [],
  hostNsid: null,
};

export function contentOf(netns: Netns): NetnsContent {
  return valueOf(netns.content) ?? EMPTY;
}

/** A link by its name or one of its altnames. */
export function findLink(links: readonly Link[], name: string): Link | undefined {
  return byName(links).get(name);
}

/** The first of that name; all its links are looked for by those above and below them. */
const byName = oncePer((links: readonly Link[]): ReadonlyMap<string, Link> => {
  const named = links.flatMap((link) => namesOf(link).map((name) => [name, link] as const));
  return new Map(named.toReversed());
});

/** A link by its ifindex, which is unique in its namespace alone. */
export function linkNumbered(
  links: readonly Link[],
  ifindex: number | undefined,
): Link | undefined {
  return ifindex === undefined ? undefined : byIndex(links).get(ifindex);
}

const byIndex = oncePer(
  (links: readonly Link[]): ReadonlyMap<number, Link> =>
    new Map(links.toReversed().map((link) => [link.ifindex, link])),
);

/** Addresses on a link of the namespace. */
export function addressesOn({ addresses }: NetnsContent, ifname: string): readonly Address[] {
  return addressesByLink(addresses).get(ifname) ?? [];
}

const addressesByLink = oncePer((addresses: readonly Address[]) =>
  indexBy(addresses, ({ ifname }) => ifname),
);

/** Neighbour entries on a link of the namespace. */
export function neighboursOn({ neighbours }: NetnsContent, ifname: string): readonly Neighbour[] {
  return neighboursByLink(neighbours).get(ifname) ?? [];
}

const neighboursByLink = oncePer((neighbours: readonly Neighbour[]) =>
  indexBy(neighbours, ({ dev }) => dev),
);

/** Routes of the namespace that leave by a link, in their order. */
export function routesOver({ routes }: NetnsContent, ifname: string): readonly Route[] {
  return routesOverLink(routes).get(ifname) ?? [];
}

const routesOverLink = oncePer((routes: readonly Route[]) => {
  const ways = routes.flatMap((route) =>
    [...new Set([route.dev, ...(route.nexthops ?? []).map(({ dev }) => dev)])].map((dev) => ({
      route,
      dev,
    })),
  );
  const lists = [...indexBy(ways, ({ dev }) => dev)];
  return new Map(lists.map(([dev, list]) => [dev, list.map(({ route }) => route)]));
});

/** Addresses of a namespace, both families, whichever link they are on. */
export const ipsOf = oncePer(
  ({ addresses }: NetnsContent): ReadonlySet<string> =>
    new Set(addresses.map(({ local }) => local)),
);

/** Addresses of the host. */
export function hostIps({ host }: Pick<Topology, 'host'>): ReadonlySet<string> {
  return ipsOf(contentOf(host));
}
