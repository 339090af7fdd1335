// Which links of this host might take, in a parent's place, what the LAN sends to the parent's address?
import type { Address } from '../../../model/address.js';
import { hasCarrier, isAdminUp, isOnSharedParent, type Link } from '../../../model/link.js';
import { settingInForce } from '../../../model/netns.js';
import type { Parent, Topology } from '../../../model/topology.js';
import { contains, networkOf } from '../addressing/subnets.js';
import { contentOf } from '../topology/content.js';

/**
 * To Linux an address belongs to the machine: every link answers ARP for it (arp_ignore in ip-sysctl.rst), so that
 * somebody on the LAN may send to another one. Only links that may well be on that LAN: those with an address in the
 * same subnet, those that share a card, and cards, which have a cable of their own. Their ifnames.
 */
export function otherTakers(
  { parent, sourceIp }: { readonly parent: Parent; readonly sourceIp: string },
  { host }: Pick<Topology, 'host'>,
): string[] {
  const { links, addresses, ipv4 } = contentOf(host);
  return links
    .filter((link) => link.ifname !== parent.name && isAdminUp(link) && hasCarrier(link))
    .filter((link) => link.link_type === 'ether' && link.master === undefined)
    .filter(({ ifname }) => settingInForce(ipv4, ifname, 'arp_ignore') === 0)
    .filter(
      (link) =>
        isCard(link) ||
        isOnSharedParent(link) ||
        addresses.some((one) => isBeside(one, link, sourceIp)),
    )
    .map(({ ifname }) => ifname);
}

function isCard({ linkinfo }: Link): boolean {
  return linkinfo?.info_kind === undefined;
}

function isBeside(
  { ifname, family, local, prefixlen }: Address,
  link: Link,
  sourceIp: string,
): boolean {
  return (
    ifname === link.ifname && family === 'inet' && contains(networkOf(local, prefixlen), sourceIp)
  );
}
