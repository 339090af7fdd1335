// RTM_NEWROUTE messages as routes and as answers to a look-up (rtnetlink(7)), under the names of iproute2's JSON.
import type { Family } from '../../../model/address.js';
import type { NextHop, Route, RouteLookup } from '../../../model/route.js';
import { type LinkNames, nameOf } from './link.js';
import {
  type Attributes,
  attributes,
  dumpRequest,
  errorOf,
  payloadsOf,
  request,
  u16,
  u32,
  u8,
} from './message.js';
import { protocolName, routeFlags, routeTypeName, scopeName, tableName } from './route-names.js';
import { bitsOf, byText, familyOf, ipText, ipv4Bytes } from './text.js';

const RTM_NEWROUTE = 24;
const RTM_GETROUTE = 26;
const RTMSG_BYTES = 12;
const AF_INET = 2;

const RTA_DST = 1;
const RTA_OIF = 4;
const RTA_GATEWAY = 5;
const RTA_PRIORITY = 6;
const RTA_PREFSRC = 7;
const RTA_MULTIPATH = 9;
const RTA_TABLE = 15;
const RTA_VIA = 18;

/** A cached exception (redirect, path MTU), not an entry of a table. */
const RTM_F_CLONED = 0x200;
/** Say which table the answer came from. */
const RTM_F_LOOKUP_TABLE = 0x1000;

/** Asks for every route of every table, IPv4 and IPv6. */
export function routesRequest(): Uint8Array {
  return dumpRequest(RTM_GETROUTE, new Uint8Array(RTMSG_BYTES));
}

/** Asks what the kernel would do with a packet to an IPv4 address; undefined when the text is none. */
export function routeLookupRequest(dst: string): Uint8Array | undefined {
  const address = ipv4Bytes(dst);
  if (!address) return undefined;
  const header = new Uint8Array(RTMSG_BYTES);
  header[0] = AF_INET;
  header[1] = bitsOf('inet');
  new DataView(header.buffer).setUint32(8, RTM_F_LOOKUP_TABLE, true);
  return request(RTM_GETROUTE, header, [[RTA_DST, address]]);
}

/** The routes of one dump, sorted by family, table, destination, metric and link. */
export function parseRoutes(messages: readonly Uint8Array[], names: LinkNames): Route[] {
  return sortRoutes(
    payloadsOf(messages, RTM_NEWROUTE)
      .filter((payload) => ((u32(payload, 8) ?? 0) & RTM_F_CLONED) === 0)
      .flatMap((payload) => readRoute(payload, names)),
  );
}

export function sortRoutes(routes: readonly Route[]): Route[] {
  const keyed = routes.map((route) => [sortKey(route), route] as const);
  return keyed.toSorted(([a], [b]) => byText(a, b)).map(([, route]) => route);
}

function sortKey(route: Route): string {
  const metric = String(route.metric ?? 0).padStart(10, '0');
  const ends = [route.dev ?? '', route.gateway ?? '', route.type, route.protocol].join(' ');
  return `${route.family} ${route.table} ${route.dst} ${metric} ${ends}`;
}

/** What came back for one look-up: the way that the packet would take, or the kernel's refusal. */
export function parseRouteLookup(
  messages: readonly Uint8Array[],
  dst: string,
  names: LinkNames,
): RouteLookup {
  const code = errorOf(messages);
  if (code !== undefined) return { dst, error: refusal(code) };
  const route = payloadsOf(messages, RTM_NEWROUTE).flatMap((one) => readRoute(one, names))[0];
  if (!route) return { dst, error: 'the kernel gave no answer' };
  const { dev, gateway, prefsrc, table, type } = route;
  return {
    dst,
    ...(dev !== undefined && { dev }),
    ...(gateway !== undefined && { gateway }),
    ...(prefsrc !== undefined && { prefsrc }),
    table,
    type,
  };
}

// strerror(3) of the errors that a look-up ends with: no route, unreachable, prohibit, blackhole.
const REFUSALS: Readonly<Record<number, string>> = {
  13: 'Permission denied',
  22: 'Invalid argument',
  101: 'Network is unreachable',
  113: 'No route to host',
};

function refusal(code: number): string {
  return REFUSALS[code] ?? `error ${code.toString()}`;
}

function readRoute(payload: Uint8Array, names: LinkNames): Route[] {
  const family = familyOf(u8(payload));
  if (family === undefined || payload.length < RTMSG_BYTES) return [];
  const found = attributes(payload, RTMSG_BYTES);
  const prefsrc = ipText(found.get(RTA_PREFSRC));
  const metric = u32(found.get(RTA_PRIORITY));
  const nexthops = nextHops(found.get(RTA_MULTIPATH), names);
  return [
    {
      family,
      type: routeTypeName(u8(payload, 7) ?? 0),
      dst: destination(found.get(RTA_DST), u8(payload, 1) ?? 0, family),
      ...wayOut(found, names),
      table: tableName(u32(found.get(RTA_TABLE)) ?? u8(payload, 4) ?? 0),
      protocol: protocolName(u8(payload, 5) ?? 0),
      scope: scopeName(u8(payload, 6) ?? 0),
      ...(prefsrc !== undefined && { prefsrc }),
      ...(metric !== undefined && { metric }),
      flags: routeFlags(u32(payload, 8) ?? 0),
      ...(nexthops.length > 0 && { nexthops }),
    },
  ];
}

/** `default`, an address for a host route, else a prefix. */
function destination(bytes: Uint8Array | undefined, length: number, family: Family): string {
  const text = ipText(bytes);
  if (text === undefined) return length === 0 ? 'default' : `0/${length.toString()}`;
  return length === bitsOf(family) ? text : `${text}/${length.toString()}`;
}

function wayOut(found: Attributes, names: LinkNames): { gateway?: string; dev?: string } {
  const gateway = ipText(found.get(RTA_GATEWAY)) ?? viaText(found.get(RTA_VIA));
  const oif = u32(found.get(RTA_OIF));
  return {
    ...(gateway !== undefined && { gateway }),
    ...(oif !== undefined && oif !== 0 && { dev: nameOf(names, oif) }),
  };
}

/** `struct rtvia`: the family in two bytes, then an address of that family (an IPv4 route by an IPv6 gateway). */
function viaText(bytes: Uint8Array | undefined): string | undefined {
  return bytes && bytes.length > 2 ? ipText(bytes.subarray(2)) : undefined;
}

const RTNEXTHOP_BYTES = 8;

/** `struct rtnexthop` one after another, each with its own attributes; the first impossible length ends the list. */
function nextHops(bytes: Uint8Array | undefined, names: LinkNames): NextHop[] {
  const hops: NextHop[] = [];
  for (let at = 0; bytes && at + RTNEXTHOP_BYTES <= bytes.length;) {
    const length = u16(bytes, at) ?? 0;
    if (length < RTNEXTHOP_BYTES || at + length > bytes.length) break;
    const { gateway } = wayOut(attributes(bytes.subarray(at, at + length), RTNEXTHOP_BYTES), names);
    const ifindex = u32(bytes, at + 4) ?? 0;
    hops.push({
      ...(gateway !== undefined && { gateway }),
      ...(ifindex !== 0 && { dev: nameOf(names, ifindex) }),
      flags: routeFlags(u8(bytes, at + 2) ?? 0),
    });
    at += Math.ceil(length / 4) * 4;
  }
  return hops;
}
