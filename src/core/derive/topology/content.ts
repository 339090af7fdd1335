// What a namespace holds, and nothing where that is not known.
import { valueOf } from '../../../model/fact.js';
import { isCalled, type Link } from '../../../model/link.js';
import type { Netns, NetnsContent } from '../../../model/netns.js';
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

/** Addresses of the host, both families, whichever link they are on. */
export function hostIps({ host }: Pick<Topology, 'host'>): ReadonlySet<string> {
  return new Set(contentOf(host).addresses.map(({ local }) => local));
}
