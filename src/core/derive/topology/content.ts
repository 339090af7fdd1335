// A namespace's content, and nothing where it is not known.
import { valueOf } from '../../../model/fact.js';
import type { Link } from '../../../model/link.js';
import type { Netns, NetnsContent } from '../../../model/netns.js';

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
  return links.find((link) => link.ifname === name || link.altnames?.includes(name));
}
