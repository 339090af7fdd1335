// What a namespace holds, and nothing where that is not known.
import { valueOf } from '../../../model/fact.js';
import { isCalled, type Link } from '../../../model/link.js';
import type { Netns, NetnsContent } from '../../../model/netns.js';
import { oncePer } from '../../../model/once-per.js';
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
  return links.find((link) => isCalled(link, name));
}

/** Addresses of a namespace, both families, whichever link they are on. */
export const ipsOf = oncePer(
  ({ addresses }: NetnsContent): ReadonlySet<string> =>
    new Set(addresses.map(({ local }) => local)),
);

/** Addresses of the host. */
export function hostIps({ host }: Pick<Topology, 'host'>): ReadonlySet<string> {
  return ipsOf(contentOf(host));
}
