// Which parents macvlan's checks are about, and what on them is in use.
import { isAdminUp, type Link } from '../../../model/link.js';
import { oncePer } from '../../../model/once-per.js';
import type { RuntimeNetwork } from '../../../model/runtime-network.js';
import type { MacvlanEnd, Parent, Topology } from '../../../model/topology.js';
import { networkOf, overlaps } from '../addressing/subnets.js';
import { contentOf, findLink } from './content.js';

/** Said by every check that finds no parent to look at. */
export const NO_PARENTS = 'no macvlan link and no macvlan network is on any link of this host';

/** Parents of macvlan links or of macvlan networks; what carries ipvlan alone is no patient. */
export function macvlanParents({ parents }: Topology): readonly Parent[] {
  return parents.filter((parent) => isInUse(parent) || macvlanNetworksOn(parent).length > 0);
}

/** Something is on the parent now, not only on paper; links that could not be looked into count where nothing else is. */
export function isInUse({ children, shims, networks, unseenMacs }: Parent): boolean {
  return children.length + shims.length > 0 || (networks.length === 0 && unseenMacs.length > 0);
}

export function macvlanNetworksOn({ networks }: Parent): readonly RuntimeNetwork[] {
  return networks.filter(({ driver }) => driver === 'macvlan');
}

/** Kinds whose `link` is the other end of a pair, and nothing below them. */
const PAIRS = new Set(['veth', 'netkit', 'vxcan']);

/** The devices below a link of the host's namespace, next one first (a VLAN's card). */
export function linksBelow(topology: Topology, link: Link): Link[] {
  const { links } = contentOf(topology.host);
  const below = new Set<Link>();
  let lower = lowerOf(link, links);
  while (lower !== undefined && !below.has(lower)) {
    below.add(lower);
    lower = lowerOf(lower, links);
  }
  return [...below];
}

function lowerOf(link: Link, links: readonly Link[]): Link | undefined {
  return isOfPair(link) ? undefined : named(link.link, links);
}

/** Null for the lower device of a detached link. */
function named(name: string | null | undefined, links: readonly Link[]): Link | undefined {
  return typeof name === 'string' ? findLink(links, name) : undefined;
}

function isOfPair({ linkinfo }: Link): boolean {
  return PAIRS.has(linkinfo?.info_kind ?? '');
}

/** The other end of a pair, when it is in the host's namespace too. */
export function peerOf(topology: Topology, link: Link): Link | undefined {
  return isOfPair(link) ? named(link.link, contentOf(topology.host).links) : undefined;
}

/** Up, so that somebody may expect it to talk. */
export function upOnes<E extends MacvlanEnd>(ends: readonly E[]): E[] {
  return ends.filter(({ link }) => isAdminUp(link));
}

/**
 * Would the two talk without a router? By their subnets; an end whose addresses are out of sight (a virtual machine's)
 * may be anybody's neighbour.
 */
export function shareSubnet(a: MacvlanEnd, b: MacvlanEnd): boolean {
  const [left, right] = [subnetsOf(a), subnetsOf(b)];
  if (left.length === 0 || right.length === 0) return true;
  return left.some((one) => right.some((other) => overlaps(one, other)));
}

const subnetsOf = oncePer(({ addresses }: MacvlanEnd): readonly string[] => {
  const useful = addresses.filter(({ scope }) => scope === 'global' || scope === 'site');
  return [...new Set(useful.map(({ local, prefixlen }) => networkOf(local, prefixlen)))];
});
