// IPv4 settings of links out of RTM_NEWLINK messages: IFLA_AF_SPEC, AF_INET, IFLA_INET_CONF (if_link.h, ip.h).
import type { Ipv4Conf } from '../../../model/netns.js';
import { attributes, nested, payloadsOf, u32 } from './message.js';
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
