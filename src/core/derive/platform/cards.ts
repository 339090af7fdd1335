// Which cards a parent's frames leave by: the parent itself, or what a bridge, bond or VLAN has below it.
import { valueOf } from '../../../model/fact.js';
import type { Link } from '../../../model/link.js';
import { hostLinks } from '../../../model/netns.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Parent } from '../../../model/topology.js';
import { OF_FUNCTIONS } from './signs.js';

/** What a card is known by. */
export interface Card {
  readonly link: Link;
  /** Absent where it is not known. */
  readonly driver?: string;
  readonly isVirtualFunction: boolean;
}

/** Kinds that are a way to other links of this host, and no end of it themselves. */
const PASSES_ON = new Set(['bridge', 'bond', 'team', 'vlan', 'macvlan', 'dsa', 'openvswitch']);

/** The cards below the parent; empty where all that is below it lives in this machine (veth, tap, tunnel). */
export function cardsBelow(parent: Parent, facts: Facts): Card[] {
  const nics = valueOf(facts.nics) ?? {};
  return allBelow(parent.link, hostLinks(valueOf(facts.namespaces) ?? []) ?? [])
    .filter((link) => isHardware(link))
    .map((link) => {
      const nic = nics[link.ifname];
      return {
        link,
        ...(nic !== undefined && { driver: nic.driver }),
        isVirtualFunction:
          nic !== undefined && (nic.isVirtualFunction || OF_FUNCTIONS.has(nic.driver)),
      };
    });
}

/** Every link that the given one stands on, itself included. */
export function allBelow(top: Link, all: readonly Link[]): Link[] {
  const found = new Map<number, Link>([[top.ifindex, top]]);
  // A map may grow while it is walked: what is found below is walked as well.
  for (const link of found.values()) {
    for (const lower of lowersOf(link, all)) found.set(lower.ifindex, lower);
  }
  return [...found.values()];
}

function lowersOf(link: Link, all: readonly Link[]): readonly Link[] {
  if (!PASSES_ON.has(link.linkinfo?.info_kind ?? '')) return [];
  return all.filter(({ ifname, master }) => ifname === link.link || master === link.ifname);
}

/** Links made by software have a kind (`info_kind`); cards have none. */
function isHardware({ link_type, linkinfo }: Link): boolean {
  return link_type === 'ether' && linkinfo?.info_kind === undefined;
}
