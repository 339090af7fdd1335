// MACs with two owners: a sibling, the parent, another link of this machine on the same LAN.
import { isAdminUp, type Link } from '../../../model/link.js';
import { oncePer } from '../../../model/once-per.js';
import type { Child, MacvlanEnd, Parent, Shim, Topology } from '../../../model/topology.js';
import { linksBelow, shareSubnet } from '../topology/parents.js';
import { linksHere, linksWith, type LinkHere, type Look } from './links-here.js';
import { wholeTopology } from '../topology/topology.js';
import { lansOf, type Lans } from './one-lan.js';

/** An end that the kernel does not let up, because its MAC is in use on the parent already. */
export interface Refused {
  readonly end: Child | Shim;
  /** Who has it: a link that is up, or the parent itself. */
  readonly by: string;
}

/** Links that are down on account of their MAC (macvlan_open refuses it); a macvtap may just be a machine that is off. */
export function refusedOn({ name, link, children, shims }: Parent): Refused[] {
  const ends = [...children.filter(({ isTap }) => !isTap), ...shims];
  return ends
    .filter((end) => !isAdminUp(end.link) && end.mac !== '' && end.mode !== 'passthru')
    .flatMap((end) => {
      if (end.mac === link.address) return [{ end, by: name }];
      const isTwin = (other: MacvlanEnd): boolean =>
        other.link !== end.link && isAdminUp(other.link) && other.mac === end.mac;
      const by = children.find(isTwin)?.label ?? shims.find(isTwin)?.name;
      return by === undefined ? [] : [{ end, by }];
    });
}

/** Up, with the very MAC of their parent, which was changed after them; in passthru mode that is how it should be. */
export function parentsTwins({ link, children }: Parent): Child[] {
  return children.filter(
    (child) => isAdminUp(child.link) && child.mode !== 'passthru' && child.mac === link.address,
  );
}

/** A child and another link of this machine, on different parents. */
export interface Twin {
  readonly child: Child;
  readonly other: LinkHere;
  /** Link of the host by which the other one is on its LAN. */
  readonly by: string;
  /** `open`: nothing crossed, and yet the same machine seems to be met on both. */
  readonly lans: Lans;
}

/**
 * Two LANs, or two VLANs, may have one MAC in common without harm; so a twin counts where both are on one. What belongs to
 * the parent itself is none: its bond and bridge ports, the card under a VLAN, whatever stands on it.
 */
export function twinsOn(parent: Parent, look: Look): Twin[] {
  const whole = wholeTopology(look.facts);
  return parent.children
    .filter((child) => isAdminUp(child.link) && child.mode !== 'passthru')
    .flatMap((child) =>
      linksWith(child.mac, look)
        .filter(({ link, netns }) => isAdminUp(link) && netns.inode !== child.netns.inode)
        .flatMap((other): Twin[] => {
          const by = lanOf(other, whole);
          if (by === undefined || by === parent.name) return [];
          if (isPartOf(by, parent, look)) return [];
          return [{ child, other, by, lans: lansOf(parent.name, by, look) }];
        }),
    );
}

/** A child's parent, or the host's link itself; the inner links of containers are on no LAN. */
function lanOf({ link, netns }: LinkHere, whole: Topology): string | undefined {
  const parent = parentOf(whole).get(link);
  if (parent !== undefined) return parent;
  return netns.isHost && link.master === undefined ? link.ifname : undefined;
}

/** Name of the parent that a macvlan link is on. */
const parentOf = oncePer(
  ({ parents }: Topology): ReadonlyMap<Link, string> =>
    new Map(
      parents.flatMap(({ name, children, shims }) =>
        [...children, ...shims].map(({ link }) => [link, name] as const),
      ),
    ),
);

function isPartOf(device: string, { name, link }: Parent, look: Look): boolean {
  const other = wholeTopology(look.facts).parents.find((one) => one.name === device)?.link;
  const below = linksBelow(look.topology, link);
  return (
    below.some(({ ifname }) => ifname === device) ||
    (other !== undefined &&
      linksBelow(look.topology, other).some(({ ifname }) => ifname === name)) ||
    linksHere(look).some(
      ({ netns, link: one }) => netns.isHost && one.ifname === device && one.link === name,
    )
  );
}

/** Whether the two might meet: their subnets say nothing against it. */
export function mightMeet({ child, by }: Twin, look: Look): boolean {
  const other = wholeTopology(look.facts).parents.find(({ name }) => name === by);
  const ends = other?.children.filter(({ mac }) => mac === child.mac) ?? [];
  return ends.some((end) => shareSubnet(child, end));
}
