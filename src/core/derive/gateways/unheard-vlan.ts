// A VLAN on which nothing ever came in, while the link below it does hear a LAN.
import type { CheckContext } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';
import { hasCarrier, isAdminUp, type Link } from '../../../model/link.js';
import { isSilent, type Observation, type ProbeId } from '../../../model/observation.js';
import type { Parent } from '../../../model/topology.js';
import { allBelow } from '../platform/cards.js';
import { contentOf } from '../topology/content.js';
import { find, isLanHeard } from '../verdicts/reach.js';

export interface Vlan {
  readonly parent: Parent;
  readonly link: Link;
  /** 802.1Q. */
  readonly id: number;
  /** The links below it, next one first. */
  readonly lower: readonly Link[];
}

/** The one VLAN by which everything of the parent's has to go: the parent itself, or the port of a bridge. */
export function vlanOf(
  parent: Parent,
  { topology }: Pick<CheckContext, 'topology'>,
): Vlan | undefined {
  const { links } = contentOf(topology.host);
  const below = allBelow(parent.link, links);
  const [link, ...others] = below.filter(({ linkinfo }) => linkinfo?.info_kind === 'vlan');
  const id = link?.linkinfo?.info_data?.id;
  if (link === undefined || id === undefined || others.length > 0) return undefined;
  return { parent, link, id, lower: allBelow(link, links).slice(1) };
}

export interface Heard {
  /** Packets that came in on the VLAN since it was made; undefined where they were not counted. */
  readonly onVlan: number | undefined;
  /** The link below it on which most came in. */
  readonly below: { readonly name: string; readonly packets: number } | undefined;
}

export function heardOn({ link, lower }: Vlan, { facts }: Pick<CheckContext, 'facts'>): Heard {
  const traffic = valueOf(facts.traffic) ?? {};
  const counted = lower.flatMap(({ ifname }) => {
    const packets = traffic[ifname]?.rxPackets;
    return packets === undefined ? [] : [{ name: ifname, packets }];
  });
  const [below] = counted.toSorted((a, b) => b.packets - a.packets);
  return { onVlan: traffic[link.ifname]?.rxPackets, below };
}

/** Questions to somebody who should be there, asked with the parent's own MAC. */
const BY_PARENT: readonly ProbeId[] = ['gateway-arp-parent', 'host-gateway-arp', 'neighbour-arp'];

export function askedByParent(parent: Parent, { observations }: CheckContext): Observation[] {
  return BY_PARENT.flatMap((probe) => find(observations, { probe, parent: parent.name }));
}

/** Up, and every question that somebody should have answered met silence. */
export function isSilentVlan({ parent, link }: Vlan, context: CheckContext): boolean {
  const asked = askedByParent(parent, context);
  return (
    [parent.link, link].every((one) => isAdminUp(one) && hasCarrier(one)) &&
    asked.length > 0 &&
    asked.every((one) => isSilent(one)) &&
    !isLanHeard(parent, context)
  );
}
