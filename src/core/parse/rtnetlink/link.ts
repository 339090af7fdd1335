// RTM_NEWLINK messages as links (rtnetlink(7), if_link.h), under the names and in the forms of iproute2's JSON.
import type { Link, LinkInfo, LinkInfoData } from '../../../model/link.js';
import { linkFlags, linkType, operstate } from './link-names.js';
import {
  type Attributes,
  attributeList,
  attributes,
  bytesOfU32,
  dumpRequest,
  i32,
  nested,
  payloadsOf,
  u16,
  u32,
  u8,
} from './message.js';
import { cString, colonHex, ipText } from './text.js';

const RTM_NEWLINK = 16;
const RTM_GETLINK = 18;
const IFINFOMSG_BYTES = 16;

const IFLA_ADDRESS = 1;
const IFLA_IFNAME = 3;
const IFLA_MTU = 4;
const IFLA_LINK = 5;
const IFLA_MASTER = 10;
const IFLA_OPERSTATE = 16;
const IFLA_LINKINFO = 18;
const IFLA_EXT_MASK = 29;
const IFLA_PROMISCUITY = 30;
const IFLA_LINK_NETNSID = 37;
const IFLA_PROP_LIST = 52;
const IFLA_ALT_IFNAME = 53;
const IFLA_ALLMULTI = 61;

const IFLA_MACVLAN_MACADDR_COUNT = 6;

const IFLA_INFO_KIND = 1;
const IFLA_INFO_DATA = 2;
const IFLA_INFO_SLAVE_KIND = 4;

// Statistics are half of every message and change all the time.
const RTEXT_FILTER_SKIP_STATS = 8;

/** Names of a namespace's links by ifindex. */
export type LinkNames = ReadonlyMap<number, string>;

/** Asks for every link of the namespace. */
export function linksRequest(): Uint8Array {
  return dumpRequest(RTM_GETLINK, new Uint8Array(IFINFOMSG_BYTES), [
    [IFLA_EXT_MASK, bytesOfU32(RTEXT_FILTER_SKIP_STATS)],
  ]);
}

export function linkNames(links: readonly Link[]): LinkNames {
  return new Map(links.map((link) => [link.ifindex, link.ifname]));
}

/** What iproute2 calls a link whose name it cannot tell. */
export function nameOf(names: LinkNames, ifindex: number): string {
  return names.get(ifindex) ?? `if${ifindex.toString()}`;
}

interface RawLink {
  readonly ifindex: number;
  readonly type: number;
  readonly flags: number;
  readonly found: Attributes;
}

/** The links of one dump, by ifindex. Names of parents and masters are looked up within the same dump. */
export function parseLinks(messages: readonly Uint8Array[]): Link[] {
  const raw = payloadsOf(messages, RTM_NEWLINK).flatMap(readLink);
  const names = new Map(
    raw.map(({ ifindex, found }) => [ifindex, cString(found.get(IFLA_IFNAME)) ?? '']),
  );
  const flags = new Map(raw.map((link) => [link.ifindex, link.flags]));
  return raw.map((link) => toLink(link, names, flags)).toSorted((a, b) => a.ifindex - b.ifindex);
}

function readLink(payload: Uint8Array): RawLink[] {
  const ifindex = i32(payload, 4);
  const flags = u32(payload, 8);
  const found = attributes(payload, IFINFOMSG_BYTES);
  if (ifindex === undefined || flags === undefined || !cString(found.get(IFLA_IFNAME))) return [];
  return [{ ifindex, flags, type: u16(payload, 2) ?? 0, found }];
}

function toLink(raw: RawLink, names: LinkNames, flags: ReadonlyMap<number, number>): Link {
  const { found, ifindex } = raw;
  const address = hardwareAddress(found.get(IFLA_ADDRESS), raw.type);
  const master = u32(found.get(IFLA_MASTER));
  const altnames = altNames(found);
  const linkinfo = linkInfo(nested(found, IFLA_LINKINFO));
  return {
    ifindex,
    ifname: nameOf(names, ifindex),
    ...(altnames.length > 0 && { altnames }),
    flags: linkFlags(raw.flags, flags.get(lowerIndex(found) ?? 0)),
    mtu: u32(found.get(IFLA_MTU)) ?? 0,
    operstate: operstate(u8(found.get(IFLA_OPERSTATE))),
    link_type: linkType(raw.type),
    ...(address !== undefined && { address }),
    ...lowerDevice(found, names),
    ...(master !== undefined && master !== 0 && { master: nameOf(names, master) }),
    promiscuity: u32(found.get(IFLA_PROMISCUITY)) ?? 0,
    allmulti: u32(found.get(IFLA_ALLMULTI)) ?? 0,
    ...(linkinfo && { linkinfo }),
  };
}

/** ifindex of the lower device when it is in the same namespace. */
function lowerIndex(found: Attributes): number | undefined {
  return found.has(IFLA_LINK_NETNSID) ? undefined : u32(found.get(IFLA_LINK));
}

function lowerDevice(
  found: Attributes,
  names: LinkNames,
): Pick<Link, 'link' | 'link_index' | 'link_netnsid'> {
  const lower = u32(found.get(IFLA_LINK));
  const netnsid = i32(found.get(IFLA_LINK_NETNSID));
  const elsewhere = netnsid === undefined ? {} : { link_netnsid: netnsid };
  if (lower === undefined) return elsewhere;
  if (lower === 0) return { link: null, ...elsewhere };
  if (netnsid === undefined) return { link: nameOf(names, lower) };
  return { link_index: lower, ...elsewhere };
}

// Tunnels over IPv4 and IPv6 (ARPHRD_TUNNEL, SIT, IPGRE; TUNNEL6, IP6GRE) have an IP address for a hardware address.
const IP_TUNNELS: ReadonlySet<number> = new Set([768, 769, 776, 778, 823]);

function hardwareAddress(bytes: Uint8Array | undefined, type: number): string | undefined {
  if (!bytes || bytes.length === 0) return undefined;
  return (IP_TUNNELS.has(type) ? ipText(bytes) : undefined) ?? colonHex(bytes);
}

function altNames(found: Attributes): string[] {
  return attributeList(found.get(IFLA_PROP_LIST) ?? new Uint8Array()).flatMap(([type, value]) => {
    const name = type === IFLA_ALT_IFNAME ? cString(value) : undefined;
    return name === undefined ? [] : [name];
  });
}

function linkInfo(found: Attributes): LinkInfo | undefined {
  const kind = cString(found.get(IFLA_INFO_KIND));
  const slaveKind = cString(found.get(IFLA_INFO_SLAVE_KIND));
  if (kind === undefined && slaveKind === undefined) return undefined;
  const data = kind === undefined ? undefined : infoData(kind, nested(found, IFLA_INFO_DATA));
  return {
    ...(kind !== undefined && { info_kind: kind }),
    ...(data && { info_data: data }),
    ...(slaveKind !== undefined && { info_slave_kind: slaveKind }),
  };
}

const MACVLAN_MODE_NAMES: Readonly<Record<number, string>> = {
  1: 'private',
  2: 'vepa',
  4: 'bridge',
  8: 'passthru',
  16: 'source',
};
const IPVLAN_MODE_NAMES: Readonly<Record<number, string>> = { 0: 'l2', 1: 'l3', 2: 'l3s' };
const IPVLAN_FLAG_NAMES: Readonly<Record<number, string>> = { 1: 'private', 2: 'vepa' };
const MACVLAN_FLAG_NAMES = [
  [1, 'nopromisc'],
  [2, 'nodst'],
] as const;

/** First attribute of each kind's data is its mode or id, the second its flags (if_link.h). */
function infoData(kind: string, data: Attributes): LinkInfoData | undefined {
  if (kind === 'macvlan' || kind === 'macvtap') {
    const flags = u16(data.get(2)) ?? 0;
    const mode = MACVLAN_MODE_NAMES[u32(data.get(1)) ?? 0] ?? 'unknown';
    const count = mode === 'source' ? u32(data.get(IFLA_MACVLAN_MACADDR_COUNT)) : undefined;
    return {
      mode,
      flags: MACVLAN_FLAG_NAMES.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name),
      ...(count !== undefined && { macaddr_count: count }),
    };
  }
  const value = u16(data.get(1));
  if (value === undefined) return undefined;
  if (kind === 'ipvlan' || kind === 'ipvtap') {
    const flag = IPVLAN_FLAG_NAMES[u16(data.get(2)) ?? 0];
    const mode = IPVLAN_MODE_NAMES[value] ?? 'unknown';
    return { mode, ...(flag !== undefined && { flags: [flag] }) };
  }
  return kind === 'vlan' ? { id: value } : undefined;
}
