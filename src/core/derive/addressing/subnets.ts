// CIDR arithmetic for both families on top of ipaddr.js. Odd input is answered with undefined or false, never a throw.
import ipaddr from 'ipaddr.js';

type Ip = ipaddr.IPv4 | ipaddr.IPv6;

/** A prefix with its host bits cleared. */
export interface Cidr {
  readonly family: 'inet' | 'inet6';
  /** `192.0.2.0/24`. */
  readonly text: string;
  readonly network: string;
  readonly prefixlen: number;
  /** Of an IPv4 prefix. */
  readonly range?: Ipv4Range;
}

/** An IPv4 range as numbers, both ends included. */
export interface Ipv4Range {
  readonly first: number;
  readonly last: number;
}

/** A host with hundreds of children names few addresses, and each of them thousands of times. */
const MOST_REMEMBERED = 50_000;

/** The same function, asked only once for each text; it starts anew when it would have to remember too much. */
function remembered<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text) => {
    const hit = known.get(text);
    if (hit !== undefined) return hit.value;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const value = answer(text);
    known.set(text, { value });
    return value;
  };
}

// Only the forms that the kernel and the engines print: no `10.1`, no octal, no zone.
const parseIp = remembered((text: string): Ip | undefined => {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
  return ipaddr.IPv6.parse(text);
});

function bitsOf(ip: Ip): number {
  return ip.kind() === 'ipv4' ? 32 : 128;
}

function networkAddress(ip: Ip, prefixlen: number): Ip {
  const bytes = ip.toByteArray().map((byte, index) => {
    const kept = Math.max(0, Math.min(8, prefixlen - index * 8));
    return byte & (0xff << (8 - kept)) & 0xff;
  });
  return ipaddr.fromByteArray(bytes);
}

/** `192.0.2.7/24` → the prefix `192.0.2.0/24`; a bare address is its own /32 or /128. */
export const parseCidr = remembered((text: string): Cidr | undefined => {
  const [head = '', tail, ...rest] = text.split('/');
  const ip = parseIp(head);
  if (ip === undefined || rest.length > 0) return undefined;
  if (tail !== undefined && !/^\d{1,3}$/.test(tail)) return undefined;
  const prefixlen = tail === undefined ? bitsOf(ip) : Number(tail);
  if (prefixlen > bitsOf(ip)) return undefined;
  const start = networkAddress(ip, prefixlen);
  const network = start.toString();
  const common = { text: `${network}/${prefixlen.toString()}`, network, prefixlen };
  if (ip.kind() === 'ipv6') return { family: 'inet6', ...common };
  const first = start.toByteArray().reduce((sum, octet) => sum * 256 + octet, 0);
  return { family: 'inet', ...common, range: { first, last: first + 2 ** (32 - prefixlen) - 1 } };
});

/** `networkOf('192.0.2.7', 24)` is `192.0.2.0/24`; the text itself when it is no address. */
export function networkOf(ip: string, prefixlen: number): string {
  const text = `${ip}/${prefixlen.toString()}`;
  return parseCidr(text)?.text ?? text;
}

/** One address and no more: a /32, or a /128. */
export function isSingle(cidr: string): boolean {
  const parsed = parseCidr(cidr);
  return parsed !== undefined && parsed.prefixlen === (parsed.family === 'inet' ? 32 : 128);
}

/** `192.0.2.7/24`: an address of the prefix, not its beginning; spelling does not matter. */
export function hasHostBits(cidr: string): boolean {
  const [head = ''] = cidr.split('/');
  return parseCidr(cidr)?.network !== parseCidr(head)?.network;
}

/** The same prefix, however it is written; what is no prefix is the same as its own text alone. */
export function isSamePrefix(a: string, b: string): boolean {
  return a === b || (parseCidr(a)?.text ?? a) === (parseCidr(b)?.text ?? b);
}

export function isIpv4(ip: string): boolean {
  return parseIp(ip)?.kind() === 'ipv4';
}

/** Routed on the Internet: not private, shared, link-local, or set aside for documentation and tests. */
export function isPublicIpv4(ip: string): boolean {
  return isIpv4(ip) && !contains('198.18.0.0/15', ip) && parseIp(ip)?.range() === 'unicast';
}

/** Whether the address lies in the prefix. */
export function contains(cidr: string, ip: string): boolean {
  return parseIp(ip) !== undefined && covers(cidr, ip);
}

/** Whether every address of `inner` lies in `outer`. */
export function covers(outer: string, inner: string): boolean {
  const big = parseCidr(outer);
  const small = parseCidr(inner);
  if (big === undefined || small === undefined || big.family !== small.family) return false;
  if (big.prefixlen > small.prefixlen) return false;
  if (big.range !== undefined && small.range !== undefined) {
    return big.range.first <= small.range.first && small.range.last <= big.range.last;
  }
  if (big.prefixlen === small.prefixlen) return big.text === small.text;
  return networkOf(small.network, big.prefixlen) === big.text;
}

/** Whether two prefixes share an address: one holds the other, since prefixes nest. */
export function overlaps(a: string, b: string): boolean {
  return covers(a, b) || covers(b, a);
}

/** Order for sorting: IPv4 before IPv6, then by value; text that is no address comes last. */
export function compareIps(a: string, b: string): number {
  const [left, right] = [parseIp(a)?.toByteArray() ?? [], parseIp(b)?.toByteArray() ?? []];
  if (left.length === 0 || right.length === 0) {
    return right.length - left.length || (a < b ? -1 : Number(a > b));
  }
  if (left.length !== right.length) return left.length - right.length;
  const index = left.findIndex((byte, at) => byte !== right[at]);
  return index === -1 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}

/** Addresses of an IPv4 prefix that hosts may have: without network and broadcast, except in /31 and /32. */
export function usableRange(cidr: string): Ipv4Range | undefined {
  const range = ipv4Range(cidr);
  if (range === undefined || range.last - range.first < 3) return range;
  return { first: range.first + 1, last: range.last - 1 };
}

/** First and last address of an IPv4 prefix as numbers. */
export function ipv4Range(cidr: string): Ipv4Range | undefined {
  return parseCidr(cidr)?.range;
}

/** The inverse of {@link ipv4Range} for one address. */
export function ipv4FromNumber(value: number): string {
  return [24, 16, 8, 0].map((shift) => ((value >>> shift) & 0xff).toString()).join('.');
}
