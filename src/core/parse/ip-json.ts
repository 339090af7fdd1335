// Saved output of iproute2 (`ip -d -j link`, `addr`, `route show table all`, `rule`, `neigh`, `bridge -j fdb`) as nouns.
// Keys that an older version leaves out (or the lack of -d) get iproute2's meaning of silence.
import type { Address, Family } from '../../model/address.js';
import { type Fact, known, unknown } from '../../model/fact.js';
import type { Link } from '../../model/link.js';
import {
  type FdbEntry,
  NUD_STATES,
  type Neighbour,
  type NeighbourTable,
} from '../../model/neighbour.js';
import type { NextHop, Route, Rule } from '../../model/route.js';
import { asList, asRecord, asText } from './docker/docker-fields.js';
import { linkInfoOf } from './ip-json-linkinfo.js';
import { sortAddresses } from './rtnetlink/address.js';
import { sortFdb } from './rtnetlink/fdb.js';
import { sortNeighbours } from './rtnetlink/neighbour.js';
import { sortRoutes } from './rtnetlink/route.js';
import { sortRules } from './rtnetlink/rule.js';

type Entry = Readonly<Record<string, unknown>>;

/** `ip -d -j link`; without -d the kinds and modes of links are missing. */
export function parseIpLinks(text: string): Fact<Link[]> {
  return entriesOf(text, 'ip -d -j link', (entries) =>
    entries.flatMap(toLink).toSorted((a, b) => a.ifindex - b.ifindex),
  );
}

/** `ip -d -j addr`. */
export function parseIpAddresses(text: string): Fact<Address[]> {
  return entriesOf(text, 'ip -d -j addr', (entries) =>
    sortAddresses(
      entries.flatMap((entry) => {
        const ifname = asText(entry['ifname']);
        if (ifname === undefined) return [];
        return asList(entry['addr_info']).flatMap((info) => toAddress(ifname, asRecord(info)));
      }),
    ),
  );
}

/**
 * `ip -d -j route show table all`, for IPv4 and IPv6 alike. The output does not tell the family: it is taken from the
 * addresses, or from `assumed` where an entry has none (`default dev ppp0`).
 */
export function parseIpRoutes(text: string, assumed: Family = 'inet'): Fact<Route[]> {
  return entriesOf(text, 'ip -d -j route show table all', (entries) =>
    sortRoutes(entries.flatMap((entry) => toRoute(entry, assumed))),
  );
}

/** `ip -j rule`, or `ip -6 -j rule` with `assumed`. */
export function parseIpRules(text: string, assumed: Family = 'inet'): Fact<Rule[]> {
  return entriesOf(text, 'ip -d -j rule', (entries) =>
    sortRules(entries.flatMap((entry) => toRule(entry, assumed))),
  );
}

/** `ip -j neigh`. */
export function parseIpNeighbours(text: string): Fact<Neighbour[]> {
  return entriesOf(text, 'ip -j neigh', (entries) => sortNeighbours(entries.flatMap(toNeighbour)));
}

/** `ip -s -j ntable show name arp_cache`. */
export function parseIpNtable(text: string): Fact<NeighbourTable> {
  const tables = entriesOf(text, 'ip -s -j ntable', (entries) => entries.flatMap(toTable));
  if (tables.state !== 'known') return tables;
  const [table] = tables.value;
  return table === undefined
    ? unknown('failed', 'the saved output of `ip -s -j ntable` does not tell of the ARP table')
    : known(table);
}

/** `bridge -j fdb`. */
export function parseBridgeFdb(text: string): Fact<FdbEntry[]> {
  return entriesOf(text, 'bridge -j fdb', (entries) => sortFdb(entries.flatMap(toFdbEntry)));
}

/** No output at all means that there was nothing to print. */
function entriesOf<T>(text: string, command: string, read: (entries: Entry[]) => T): Fact<T> {
  let parsed: unknown;
  try {
    parsed = text.trim() === '' ? [] : JSON.parse(text);
  } catch {
    return unknown('failed', `the saved output of \`${command}\` is not JSON`);
  }
  if (!Array.isArray(parsed)) {
    return unknown('failed', `the saved output of \`${command}\` is not a list`);
  }
  return known(read(parsed.map(asRecord)));
}

function numberAt(entry: Entry, key: string): number | undefined {
  const value = entry[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function texts(value: unknown): string[] {
  return asList(value).flatMap((one) => asText(one) ?? []);
}

/** The entry's own texts under these keys, for those that are there. */
function pickTexts<K extends string>(entry: Entry, ...keys: readonly K[]): { [Key in K]?: string } {
  const pairs = keys.flatMap((key) => {
    const text = asText(entry[key]);
    return text === undefined ? [] : [[key, text] as const];
  });
  return Object.fromEntries(pairs) as { [Key in K]?: string };
}

/** Flags that iproute2 prints as `true`, and in older versions as null. */
function pickFlags<K extends string>(entry: Entry, ...keys: readonly K[]): { [Key in K]?: true } {
  const set = keys.filter((key) => entry[key] === true || entry[key] === null);
  return Object.fromEntries(set.map((key) => [key, true])) as { [Key in K]?: true };
}

function toLink(entry: Entry): Link[] {
  const ifindex = numberAt(entry, 'ifindex');
  const ifname = asText(entry['ifname']);
  if (ifindex === undefined || ifname === undefined) return [];
  const linkinfo = linkInfoOf(asRecord(entry['linkinfo']));
  const lower = asText(entry['link']) ?? (entry['link'] === null ? null : undefined);
  const index = numberAt(entry, 'link_index');
  const netnsid = numberAt(entry, 'link_netnsid');
  const altnames = texts(entry['altnames']);
  return [
    {
      ifindex,
      ifname,
      ...(altnames.length > 0 && { altnames }),
      flags: texts(entry['flags']),
      mtu: numberAt(entry, 'mtu') ?? 0,
      operstate: asText(entry['operstate']) ?? 'UNKNOWN',
      link_type: asText(entry['link_type']) ?? 'none',
      ...pickTexts(entry, 'address', 'master'),
      ...(lower !== undefined && { link: lower }),
      ...(index !== undefined && { link_index: index }),
      ...(netnsid !== undefined && { link_netnsid: netnsid }),
      promiscuity: numberAt(entry, 'promiscuity') ?? 0,
      allmulti: numberAt(entry, 'allmulti') ?? 0,
      ...(linkinfo && { linkinfo }),
    },
  ];
}

function toAddress(ifname: string, info: Entry): Address[] {
  const local = asText(info['local']);
  const family = info['family'];
  if (local === undefined || (family !== 'inet' && family !== 'inet6')) return [];
  return [
    {
      ifname,
      family,
      local,
      prefixlen: numberAt(info, 'prefixlen') ?? (family === 'inet' ? 32 : 128),
      scope: asText(info['scope']) ?? 'global',
      ...pickTexts(info, 'address', 'broadcast', 'label'),
      ...pickFlags(info, 'secondary', 'tentative', 'dadfailed', 'noprefixroute', 'dynamic'),
    },
  ];
}

/** `via` is how a gateway of the other family is printed. */
function gatewayOf(entry: Entry): { gateway?: string } {
  const gateway = asText(entry['gateway']) ?? asText(asRecord(entry['via'])['host']);
  return gateway === undefined ? {} : { gateway };
}

function toNextHop(entry: Entry): NextHop {
  return { ...gatewayOf(entry), ...pickTexts(entry, 'dev'), flags: texts(entry['flags']) };
}

function toRoute(entry: Entry, assumed: Family): Route[] {
  const dst = asText(entry['dst']);
  if (dst === undefined) return [];
  const metric = numberAt(entry, 'metric');
  const nexthops = asList(entry['nexthops']).map((hop) => toNextHop(asRecord(hop)));
  return [
    {
      family: routeFamily(entry, dst, assumed),
      type: asText(entry['type']) ?? 'unicast',
      dst,
      ...gatewayOf(entry),
      ...pickTexts(entry, 'dev'),
      table: tableOf(entry['table']) ?? 'main',
      protocol: asText(entry['protocol']) ?? 'boot',
      scope: asText(entry['scope']) ?? 'global',
      ...pickTexts(entry, 'prefsrc'),
      ...(metric !== undefined && { metric }),
      flags: texts(entry['flags']),
      ...(nexthops.length > 0 && { nexthops }),
    },
  ];
}

/** `pref` (router preference, RFC 4191) is printed for IPv6 only; an IPv4 route may have an IPv6 gateway. */
function routeFamily(entry: Entry, dst: string, assumed: Family): Family {
  if (dst.includes(':') || 'pref' in entry) return 'inet6';
  if (dst.includes('.')) return 'inet';
  return asText(entry['gateway'])?.includes(':') === true ? 'inet6' : assumed;
}

function tableOf(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : asText(value);
}

function toRule(entry: Entry, assumed: Family): Rule[] {
  const priority = numberAt(entry, 'priority');
  if (priority === undefined) return [];
  const src = prefixAt(entry, 'src') ?? 'all';
  const dst = prefixAt(entry, 'dst');
  const table = tableOf(entry['table']);
  const mark = asText(entry['fwmark']);
  const mask = asText(entry['fwmask']);
  const action = asText(entry['action']) ?? ['goto', 'nop'].find((key) => key in entry);
  return [
    {
      family: [src, dst ?? ''].some((text) => text.includes(':')) ? 'inet6' : assumed,
      priority,
      src,
      ...(dst !== undefined && { dst }),
      ...pickTexts(entry, 'iif', 'oif'),
      ...(mark !== undefined && { fwmark: mask === undefined ? mark : `${mark}/${mask}` }),
      ...(table !== undefined && { table }),
      ...(action !== undefined && { action }),
    },
  ];
}

/** `"src":"192.0.2.0","srclen":24` */
function prefixAt(entry: Entry, key: 'src' | 'dst'): string | undefined {
  const text = asText(entry[key]);
  const length = numberAt(entry, `${key}len`);
  return text === undefined || length === undefined ? text : `${text}/${length.toString()}`;
}

function toNeighbour(entry: Entry): Neighbour[] {
  const dst = asText(entry['dst']);
  const dev = asText(entry['dev']);
  if (dst === undefined || dev === undefined) return [];
  const state = NUD_STATES.filter((name) => texts(entry['state']).includes(name));
  return [{ dst, dev, ...pickTexts(entry, 'lladdr'), state: state.length > 0 ? state : ['NONE'] }];
}

/** Only the entry of the table as a whole has limits; without -s it has no counters. */
function toTable(entry: Entry): NeighbourTable[] {
  const [entries, gcThresh3] = [numberAt(entry, 'entries'), numberAt(entry, 'thresh3')];
  const [gcThresh1, gcThresh2] = [numberAt(entry, 'thresh1'), numberAt(entry, 'thresh2')];
  const tableFulls = numberAt(entry, 'table_fulls');
  const isArp = entry['family'] === 'inet' && entry['name'] === 'arp_cache';
  if (!isArp || entries === undefined || gcThresh3 === undefined || tableFulls === undefined) {
    return [];
  }
  return [
    {
      entries,
      gcThresh3,
      ...(gcThresh1 !== undefined && { gcThresh1 }),
      ...(gcThresh2 !== undefined && { gcThresh2 }),
      tableFulls,
    },
  ];
}

function toFdbEntry(entry: Entry): FdbEntry[] {
  const mac = asText(entry['mac']);
  const ifname = asText(entry['ifname']);
  if (mac === undefined || ifname === undefined) return [];
  return [{ mac, ifname, flags: texts(entry['flags']), state: asText(entry['state']) ?? '' }];
}
