// Bytes of netlink attributes as the text that iproute2 prints: names, MACs, IP addresses.
import type { Family } from '../../../model/address.js';

const AF_INET = 2;
const AF_INET6 = 10;
const IPV4_BYTES = 4;
const IPV6_BYTES = 16;

/** `inet` or `inet6`; undefined for families that the doctor does not speak of. */
export function familyOf(number: number | undefined): Family | undefined {
  if (number === AF_INET) return 'inet';
  return number === AF_INET6 ? 'inet6' : undefined;
}

/** Bits of an address of the family. */
export function bitsOf(family: Family): number {
  return 8 * (family === 'inet' ? IPV4_BYTES : IPV6_BYTES);
}

/** A C string as UTF-8; undefined when it is missing or empty. Link names may hold any byte but NUL, `/` and blanks. */
export function cString(bytes: Uint8Array | undefined): string | undefined {
  if (!bytes) return undefined;
  const end = bytes.indexOf(0);
  const text = utf8(end === -1 ? bytes : bytes.subarray(0, end));
  return text === '' ? undefined : text;
}

/** UTF-8 to text without a TextDecoder, which pure code has not; a byte that fits nowhere becomes U+FFFD. */
function utf8(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const size = sequenceLength(bytes[at] ?? 0);
    const char = size === 0 ? undefined : decodeAt(bytes, at, size);
    text += char ?? '\uFFFD';
    at += char === undefined ? 1 : size;
  }
  return text;
}

function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

// The smallest code point that needs 1, 2, 3, 4 bytes; a longer form of a smaller one is not UTF-8.
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000] as const;

function decodeAt(bytes: Uint8Array, at: number, size: number): string | undefined {
  const lead = bytes[at] ?? 0;
  let code = size === 1 ? lead : lead & (0xff >> (size + 1));
  for (let index = 1; index < size; index++) {
    const next = bytes[at + index] ?? 0;
    if ((next & 0xc0) !== 0x80) return undefined;
    code = code * 64 + (next & 0x3f);
  }
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  if (isSurrogate || code < (SMALLEST[size] ?? 0) || code > 0x10ffff) return undefined;
  return String.fromCodePoint(code);
}

/** `02:00:00:00:00:01`: any number of bytes, lower case. */
export function colonHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** An IPv4 or IPv6 address as inet_ntop(3) writes it; undefined for any other length. */
export function ipText(bytes: Uint8Array | undefined): string | undefined {
  if (bytes?.length === IPV4_BYTES) return bytes.join('.');
  return bytes?.length === IPV6_BYTES ? ipv6Text(bytes) : undefined;
}

/** glibc's form: the first longest run of two or more zero groups is `::`, and the IPv4 in a mapped address shows. */
function ipv6Text(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) => {
    return (bytes[2 * index] ?? 0) * 256 + (bytes[2 * index + 1] ?? 0);
  });
  const run = longestZeroRun(groups);
  const isMapped =
    run.start === 0 && (run.length === 6 || (run.length === 5 && groups[5] === 0xffff));
  const words = groups.map((group) => group.toString(16));
  if (isMapped) words.splice(6, 2, bytes.subarray(12).join('.'));
  if (run.length < 2) return words.join(':');
  const before = words.slice(0, run.start).join(':');
  const after = words.slice(run.start + run.length).join(':');
  return `${before}::${after}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

/** Bytes of a dotted IPv4 address; undefined when it is none. */
export function ipv4Bytes(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  const isValid = parts.length === IPV4_BYTES && parts.every((part) => /^\d{1,3}$/.test(part));
  if (!isValid || parts.some((part) => Number(part) > 255)) return undefined;
  return Uint8Array.from(parts, Number);
}

/** Text order by code unit: the same on every machine and in every locale. */
export function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
