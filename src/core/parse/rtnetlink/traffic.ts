// Counters of links out of RTM_NEWLINK messages: IFLA_STATS64 (rtnl_link_stats64, if_link.h).
import type { Traffic } from '../../../model/machine.js';
import { attributes, dumpRequest, payloadsOf, u64 } from './message.js';
import { cString } from './text.js';

const RTM_NEWLINK = 16;
const RTM_GETLINK = 18;
const IFINFOMSG_BYTES = 16;
const IFLA_IFNAME = 3;
const IFLA_STATS64 = 23;

/** Asks for every link of the namespace, counters included. */
export function trafficRequest(): Uint8Array {
  return dumpRequest(RTM_GETLINK, new Uint8Array(IFINFOMSG_BYTES));
}

/** By ifname; a link without counters is left out. */
export function parseTraffic(messages: readonly Uint8Array[]): Map<string, Traffic> {
  const found = payloadsOf(messages, RTM_NEWLINK).flatMap((payload) => {
    const link = attributes(payload, IFINFOMSG_BYTES);
    const ifname = cString(link.get(IFLA_IFNAME));
    // rx_packets is the first of them.
    const rxPackets = u64(link.get(IFLA_STATS64));
    const isThere = ifname !== undefined && rxPackets !== undefined;
    return isThere ? [[ifname, { rxPackets }] as const] : [];
  });
  return new Map(found);
}
