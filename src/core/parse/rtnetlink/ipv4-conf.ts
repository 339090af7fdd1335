// IPv4 settings over rtnetlink: of links out of RTM_NEWLINK (IFLA_INET_CONF; if_link.h, ip.h), of `all` as far as
// RTM_GETNETCONF tells them (netconf.h).
import type { Ipv4Conf } from '../../../model/netns.js';
import { attributes, bytesOfU32, nested, payloadsOf, request, u32 } from './message.js';
import { cString } from './text.js';

const RTM_NEWLINK = 16;
const IFINFOMSG_BYTES = 16;
const IFLA_IFNAME = 3;
const IFLA_AF_SPEC = 26;
const AF_INET = 2;
const IFLA_INET_CONF = 1;

// IPV4_DEVCONF_* of linux/ip.h: the value of number n stands at place n - 1.
const FORWARDING = 1;
const PROXY_ARP = 3;
const RP_FILTER = 8;
const ARPFILTER = 13;
const ARP_ANNOUNCE = 18;
const ARP_IGNORE = 19;

const RTM_NEWNETCONF = 80;
const RTM_GETNETCONF = 82;
/** `struct netconfmsg`: the family, padded. */
const NETCONFMSG_BYTES = 4;
const NETCONFA_IFINDEX = 1;
const NETCONFA_IFINDEX_ALL = -1;
const NETCONFA_FORWARDING = 2;
const NETCONFA_RP_FILTER = 3;
const NETCONFA_PROXY_NEIGH = 5;

/** The settings of `all` that rtnetlink tells; the others stand in /proc/sys only. */
export type NetconfSettings = Pick<Ipv4Conf, 'rp_filter' | 'proxy_arp' | 'forwarding'>;

/** Asks for the IPv4 settings of `all`. */
export function netconfRequest(): Uint8Array {
  return request(RTM_GETNETCONF, Uint8Array.of(AF_INET, 0, 0, 0), [
    [NETCONFA_IFINDEX, bytesOfU32(NETCONFA_IFINDEX_ALL)],
  ]);
}

/** Undefined when the kernel does not tell. */
export function parseNetconf(messages: readonly Uint8Array[]): NetconfSettings | undefined {
  const [payload] = payloadsOf(messages, RTM_NEWNETCONF);
  if (payload?.[0] !== AF_INET) return undefined;
  const told = attributes(payload, NETCONFMSG_BYTES);
  const forwarding = u32(told.get(NETCONFA_FORWARDING));
  const rpFilter = u32(told.get(NETCONFA_RP_FILTER));
  const proxyArp = u32(told.get(NETCONFA_PROXY_NEIGH));
  if (forwarding === undefined || rpFilter === undefined || proxyArp === undefined) {
    return undefined;
  }
  return { forwarding, rp_filter: rpFilter, proxy_arp: proxyArp };
}

/** Each link's own settings by ifname, as in `net.ipv4.conf.IFNAME`; a link without IPv4 (MTU below 68) has none. */
export function parseIpv4Confs(messages: readonly Uint8Array[]): Record<string, Ipv4Conf> {
  const found = payloadsOf(messages, RTM_NEWLINK).flatMap((payload) => {
    const link = attributes(payload, IFINFOMSG_BYTES);
    const ifname = cString(link.get(IFLA_IFNAME));
    const family = attributes(nested(link, IFLA_AF_SPEC).get(AF_INET) ?? new Uint8Array());
    const conf = readConf(family.get(IFLA_INET_CONF));
    return ifname === undefined || conf === undefined ? [] : [[ifname, conf] as const];
  });
  return Object.fromEntries(found);
}

/** None when the kernel tells fewer settings than these. */
function readConf(values: Uint8Array | undefined): Ipv4Conf | undefined {
  const at = (number: number): number | undefined => u32(values, 4 * (number - 1));
  const forwarding = at(FORWARDING);
  const proxyArp = at(PROXY_ARP);
  const rpFilter = at(RP_FILTER);
  const arpFilter = at(ARPFILTER);
  const arpAnnounce = at(ARP_ANNOUNCE);
  const arpIgnore = at(ARP_IGNORE);
  // A short list lacks its end first.
  if (
    forwarding === undefined ||
    proxyArp === undefined ||
    rpFilter === undefined ||
    arpFilter === undefined ||
    arpAnnounce === undefined ||
    arpIgnore === undefined
  ) {
    return undefined;
  }
  return {
    rp_filter: rpFilter,
    arp_ignore: arpIgnore,
    arp_announce: arpAnnounce,
    arp_filter: arpFilter,
    proxy_arp: proxyArp,
    forwarding,
  };
}
