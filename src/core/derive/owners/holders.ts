// Who on this machine holds which address, as the kernel tells it: links that are up, addresses that are in use.
import { settingInForce } from '../../../model/netns.js';
import { valueOf } from '../../../model/fact.js';
import type { Address } from '../../../model/address.js';
import { isAdminUp } from '../../../model/link.js';
import { oncePer } from '../../../model/once-per.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Child } from '../../../model/topology.js';
import { addressesOn, contentOf } from '../topology/content.js';
import { linksHere, type LinkHere, type Look } from './links-here.js';
import { wholeTopology } from '../topology/topology.js';

/** An address in use on a link. */
export interface Holder extends LinkHere {
  readonly address: Address;
}

/** An address in use on a child. */
export interface Holding {
  readonly child: Child;
  readonly address: Address;
}

/** A service may be told never to answer for its addresses by ARP (ip-sysctl.rst, arp_ignore). */
const NEVER_ANSWERS = 8;

/** Everything that could answer for an address, in any namespace that was looked into. */
export function holdersHere({ facts }: Pick<Look, 'facts'>): readonly Holder[] {
  return holdersOf(facts);
}

const holdersOf = oncePer((facts: Facts): readonly Holder[] =>
  linksHere({ facts }).flatMap((here) =>
    isAdminUp(here.link) && !here.link.flags.includes('NOARP') && !isMute(here)
      ? addressesOn(contentOf(here.netns), here.link.ifname)
          .filter((one) => isInUse(one))
          .map((address) => ({ ...here, address }))
      : [],
  ),
);

/** Not link-local ones, which are for one link, nor those that a duplicate keeps out of use. */
function isInUse({ scope, dadfailed, tentative }: Address): boolean {
  return (scope === 'global' || scope === 'site') && dadfailed !== true && tentative !== true;
}

function isMute({ link, netns }: LinkHere): boolean {
  const { ipv4 } = contentOf(netns);
  return settingInForce(ipv4, link.ifname, 'arp_ignore') === NEVER_ANSWERS;
}

/** Of all children of this machine, whatever the run was narrowed to. */
export function holdingsOfChildren(look: Look): Holding[] {
  return wholeTopology(look.facts)
    .parents.flatMap((parent) => parent.children)
    .flatMap((child) => holdingsOf(child));
}

export const holdingsOf = oncePer((child: Child): readonly Holding[] => {
  const here = { link: child.link, netns: child.netns, name: child.label };
  if (child.isTap || !isAdminUp(child.link) || isMute(here)) return [];
  return child.addresses.filter((one) => isInUse(one)).map((address) => ({ child, address }));
});

/** Every address of a namespace, loopback and tunnels included: its stack answers for each of them on any link (ip-sysctl.rst). */
export function isHeldIn(inode: number, ip: string, { facts }: Pick<Look, 'facts'>): boolean {
  const netns = valueOf(facts.namespaces)?.find((one) => one.inode === inode);
  return netns !== undefined && contentOf(netns).addresses.some(({ local }) => local === ip);
}
