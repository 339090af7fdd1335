// A network device as rtnetlink sees it, under the names that `ip -d -j link` prints.

/** IFLA_MACVLAN_MODE (linux/if_link.h); how siblings reach each other. */
export const MACVLAN_MODES = ['private', 'vepa', 'bridge', 'passthru', 'source'] as const;
/** One of {@link MACVLAN_MODES}. */
export type MacvlanMode = (typeof MACVLAN_MODES)[number];

/** `linkinfo.info_data` of the kinds that matter here; other kinds keep only what is listed. */
export interface LinkInfoData {
  /** macvlan, macvtap: one of {@link MACVLAN_MODES}; ipvlan: l2, l3, l3s. */
  readonly mode?: string;
  /** macvlan: `nopromisc`, `nodst`; ipvlan: `private`, `vepa` (absent: bridge). */
  readonly flags?: readonly string[];
  /** vlan: the 802.1Q id, 1-4094. */
  readonly id?: number;
  /** macvlan in source mode: on how many MACs' frames it listens. */
  readonly macaddr_count?: number;
}

/** IFLA_LINKINFO: the driver of a virtual link; hardware has none. */
export interface LinkInfo {
  /** `macvlan`, `bridge`, `vlan`, `veth`, … */
  readonly info_kind?: string;
  readonly info_data?: LinkInfoData;
  /** What the master makes of it: `bridge`, `bond`, `team`, `vrf`, `openvswitch`. */
  readonly info_slave_kind?: string;
}

/** One link. Field names and forms are iproute2's JSON (ip-link(8)), so that both can be compared. */
export interface Link {
  /** Unique within its namespace only. */
  readonly ifindex: number;
  /** At most 15 bytes, anything but `/` and white space (dev_valid_name). */
  readonly ifname: string;
  readonly altnames?: readonly string[];
  /** `UP`, `LOWER_UP`, `NO-CARRIER`, `PROMISC`, … (netdevice(7)). */
  readonly flags: readonly string[];
  /** Bytes. */
  readonly mtu: number;
  /** RFC 2863: `UP`, `DOWN`, `LOWERLAYERDOWN`, `DORMANT`, `UNKNOWN`, … */
  readonly operstate: string;
  /** `ether`, `loopback`, `none`, `ppp`, … (ARPHRD_*). */
  readonly link_type: string;
  /** The MAC, lower case with colons; absent where the type has none. */
  readonly address?: string;
  /** The lower device's name, when it lives in the same namespace; null for a detached one. */
  readonly link?: string | null;
  /** The lower device's ifindex in another namespace; that namespace is `link_netnsid`. */
  readonly link_index?: number;
  /** The id by which this link's own namespace knows the lower device's (network namespace ids are relative). */
  readonly link_netnsid?: number;
  /** Name of the bridge, bond, team or VRF that enslaves it. */
  readonly master?: string;
  /** How many users hold the device promiscuous: the kernel, sockets, or `ip link set promisc on`. */
  readonly promiscuity: number;
  /** How many users want every multicast frame. */
  readonly allmulti: number;
  readonly linkinfo?: LinkInfo;
}

/** True for macvlan and for macvtap, whose other end is a character device instead of a stack. */
export function isMacvlanKind(link: Link): boolean {
  return link.linkinfo?.info_kind === 'macvlan' || link.linkinfo?.info_kind === 'macvtap';
}

/** True for ipvlan and ipvtap, which share a parent too, and its MAC with it. */
export function isIpvlanKind(link: Link): boolean {
  return link.linkinfo?.info_kind === 'ipvlan' || link.linkinfo?.info_kind === 'ipvtap';
}

/** True for the kinds that share a lower device with others of their kind: those that somebody's parent may carry. */
export function isOnSharedParent(link: Link): boolean {
  return isMacvlanKind(link) || isIpvlanKind(link);
}

/** What it goes by: its ifname, and its altnames. */
export function namesOf({ ifname, altnames = [] }: Link): readonly string[] {
  return [ifname, ...altnames];
}

/** Goes by the name: as its ifname, or as one of its altnames. */
export function isCalled(link: Link, name: string): boolean {
  return namesOf(link).includes(name);
}

/** Admin state: `ip link set up`. Says nothing of the cable. */
export function isAdminUp(link: Link): boolean {
  return link.flags.includes('UP');
}

/** Carrier: the layer below is there (cable, peer). Only meaningful while admin up. */
export function hasCarrier(link: Link): boolean {
  return link.flags.includes('LOWER_UP');
}
