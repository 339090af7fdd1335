// Who is on a parent: its links, each with the network stack behind it, and which stack holds which address.
import { valueOf } from '../../../model/fact.js';
import { hasCarrier, isAdminUp, type Link, type MacvlanMode } from '../../../model/link.js';
import type { Netns, NetnsContent } from '../../../model/netns.js';
import type { Parent } from '../../../model/topology.js';
import { indexBy } from '../../../model/index-by.js';
import { oncePer, oncePerText } from '../../../model/once-per.js';
import { networkOf } from '../addressing/subnets.js';
import { contentOf, ipsOf } from '../topology/content.js';
import { silence, type Prediction } from './prediction.js';

/** One link on a parent, or the parent itself as the host uses it, with the namespace that it lives in. */
export interface Station {
  /** `parent` for the parent itself, which is in no macvlan mode. */
  readonly mode: MacvlanMode | 'parent';
  readonly link: Link;
  readonly mac: string;
  readonly parent: Parent;
  readonly netns: Netns;
  /** Undefined where the stack is out of sight: a virtual machine's behind a macvtap. */
  readonly content: NetnsContent | undefined;
}

/** The parent itself, and all that stands on it. */
export function stationsOf(parent: Parent, host: Netns): Station[] {
  const content = valueOf(host.content);
  const common = { parent, netns: host, content };
  return [
    { ...common, mode: 'parent', link: parent.link, mac: parent.link.address ?? '' },
    ...parent.shims.map(({ mode, link, mac }) => ({ ...common, mode, link, mac })),
    ...parent.children.map(({ mode, link, mac, netns, isTap }) => ({
      parent,
      mode,
      link,
      mac,
      netns,
      content: isTap ? undefined : valueOf(netns.content),
    })),
  ];
}

/** Linux answers for an address whichever of its links it stands on. */
export function holds({ content }: Pick<Station, 'content'>, ip: string): boolean {
  return content !== undefined && ipsOf(content).has(ip);
}

/** Why nothing passes a parent at all. */
export function parentState({ link }: Pick<Parent, 'link'>): Prediction | undefined {
  if (!isAdminUp(link)) return silence('parent-down');
  return hasCarrier(link) ? undefined : silence('parent-no-carrier');
}

/** Why nothing passes a station: its own state and its parent's. */
export function linkState({ link, parent, mode }: Station): Prediction | undefined {
  const state = parentState(parent);
  if (state !== undefined || mode === 'parent') return state;
  return isAdminUp(link) && hasCarrier(link) ? undefined : silence('end-down');
}

/**
 * Has one of the stacks another link in the address's subnet, off the parent of these? Where both hang on one LAN it
 * answers there, for Linux answers by every link.
 */
export function areElsewhereToo(stations: readonly Station[], ip: string): boolean {
  const seen = stations.filter(({ content }) => content !== undefined);
  const stacks = new Map(seen.map(({ netns, parent }) => [netns, parent]));
  return [...stacks].some(([netns, parent]) => elsewhere(parent)(netns)(ip));
}

/** Once for each address: all links of a namespace on the parent ask the same, and so does every probe. */
const elsewhere = oncePer((parent: Parent) =>
  oncePer((netns: Netns) => {
    const here = new Set(linksHere(parent, netns));
    const { lengths, links } = subnetsIn(contentOf(netns));
    return oncePerText((ip) =>
      lengths.some((length) =>
        (links.get(networkOf(ip, length)) ?? []).some(({ ifname }) => !here.has(ifname)),
      ),
    );
  }),
);

/** Addresses of a namespace by their IPv4 subnet, and how long the prefixes of those are. */
const subnetsIn = oncePer(({ addresses }: NetnsContent) => {
  const own = addresses.filter(({ family }) => family === 'inet');
  return {
    lengths: [...new Set(own.map(({ prefixlen }) => prefixlen))],
    links: indexBy(own, ({ local, prefixlen }) => networkOf(local, prefixlen)),
  };
});

/** Names of the namespace's links on the parent. */
function linksHere(parent: Parent, { inode, isHost }: Netns): string[] {
  const own = isHost ? [parent, ...parent.shims] : [];
  return [...own, ...(childrenIn(parent).get(inode) ?? [])].map(({ link }) => link.ifname);
}

/** By inode of their namespace. */
const childrenIn = oncePer(({ children }: Parent) => indexBy(children, ({ netns }) => netns.inode));
