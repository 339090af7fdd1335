// Which of the host's links carry traffic to and from the outside: hardware, and whatever has children on it.
import { isOnSharedParent, type Link } from '../../model/link.js';
import { hostLinks, isOnHostLink } from '../../model/netns.js';
import type { Facts } from '../../model/snapshot.js';

/**
 * By ifindex; none when the namespaces are not known. A VLAN says little without the link that it stands on. Of hundreds
 * of veth links to containers there are none in it.
 */
export function carriersOf({ namespaces }: Partial<Facts>): readonly Link[] {
  if (namespaces?.state !== 'known') return [];
  const links = hostLinks(namespaces.value) ?? [];
  const indexes = new Set<number>();
  const names = new Set<string>();
  for (const { isHost, content } of namespaces.value) {
    if (content.state !== 'known') continue;
    for (const link of content.value.links.filter((one) => isOnSharedParent(one))) {
      if (isHost && link.link) names.add(link.link);
      if (isOnHostLink(link, content.value)) indexes.add(link.link_index ?? 0);
    }
  }
  for (const vlan of links.filter((link) => link.linkinfo?.info_kind === 'vlan')) {
    indexes.add(vlan.ifindex);
    if (vlan.link) names.add(vlan.link);
  }
  return links.filter(
    (link) => isHardware(link) || indexes.has(link.ifindex) || names.has(link.ifname),
  );
}

/** What software makes has a kind (ip-link(8), TYPES). */
function isHardware({ link_type: type, linkinfo }: Link): boolean {
  return type === 'ether' && linkinfo?.info_kind === undefined;
}
