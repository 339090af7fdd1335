// RTM_NEWNEIGHTBL messages: the limits and the filling of the one ARP table of all namespaces (neighbour.h, ip-ntable(8)).
import type { NeighbourTable } from '../../../model/neighbour.js';
import { attributes, dumpRequest, payloadsOf, u32, u64, u8 } from './message.js';
import { cString } from './text.js';

const RTM_NEWNEIGHTBL = 64;
const RTM_GETNEIGHTBL = 66;
/** `struct ndtmsg`: family, three reserved bytes. */
const NDTMSG_BYTES = 4;
const AF_INET = 2;

const NDTA_NAME = 1;
const NDTA_THRESH1 = 2;
const NDTA_THRESH2 = 3;
const NDTA_THRESH3 = 4;
const NDTA_CONFIG = 5;
const NDTA_STATS = 7;

/** `ndtc_entries` of struct ndt_config, behind the sizes of key and entry. */
const ENTRIES_OFFSET = 4;
/** `ndts_table_fulls` of struct ndt_stats, the eleventh number of 64 bits. */
const TABLE_FULLS_OFFSET = 80;

/** Asks for the ARP table and for its settings per link. */
export function neighbourTablesRequest(): Uint8Array {
  return dumpRequest(RTM_GETNEIGHTBL, Uint8Array.of(AF_INET, 0, 0, 0));
}

/** Undefined when no message tells of the table as a whole; those on single links have no limits in them. */
export function parseNeighbourTable(messages: readonly Uint8Array[]): NeighbourTable | undefined {
  for (const payload of payloadsOf(messages, RTM_NEWNEIGHTBL)) {
    const table = attributes(payload, NDTMSG_BYTES);
    const entries = u32(table.get(NDTA_CONFIG), ENTRIES_OFFSET);
    const gcThresh3 = u32(table.get(NDTA_THRESH3));
    const tableFulls = u64(table.get(NDTA_STATS), TABLE_FULLS_OFFSET);
    const isArp = u8(payload) === AF_INET && cString(table.get(NDTA_NAME)) === 'arp_cache';
    if (!isArp || entries === undefined || gcThresh3 === undefined || tableFulls === undefined) {
      continue;
    }
    const gcThresh1 = u32(table.get(NDTA_THRESH1));
    const gcThresh2 = u32(table.get(NDTA_THRESH2));
    return {
      entries,
      gcThresh3,
      ...(gcThresh1 !== undefined && { gcThresh1 }),
      ...(gcThresh2 !== undefined && { gcThresh2 }),
      tableFulls,
    };
  }
  return undefined;
}
