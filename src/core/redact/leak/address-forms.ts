// The ways in which addresses and MACs are written: whatever program wrote a text, one of these would stand in it.
import { bitsOf, bytesOf, hexOf } from '../addresses/bit-walk.js';
import { ipBits, ipText } from '../addresses/ip-bits.js';
import { macBytes } from '../addresses/mac-map.js';

/**
 * What may not stand beside a form, so that it is not a part of something longer; `open`: only before it; `pair`: digits alone, for
 * more bytes may follow a MAC, as they do in the log of a firewall; `group`: as `word`, and not within an IPv6 address.
 */
export type Edge = 'digit' | 'hex' | 'pair' | 'word' | 'group' | 'open';

export interface Form {
  readonly text: string;
  readonly edge: Edge;
}

/** Dotted, reversed, dashed, as a number, and in hexadecimal in both orders of bytes. */
export function ipForms(ip: string): Form[] {
  const bits = ipBits(ip);
  if (bits === undefined) return [];
  return bits.length === 32 ? ipv4Forms(bytesOf(bits)) : ipv6Forms(ipText(bits), hexOf(bits));
}

function ipv4Forms(bytes: readonly number[]): Form[] {
  const back = bytes.toReversed();
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return [
    ...[bytes.join('.'), back.join('.'), bytes.join('-')].map((text) => form(text, 'digit')),
    form(number.toString(), 'word'),
    form(hexOf(bitsOf(bytes)), 'hex'),
    form(hexOf(bitsOf(back)), 'hex'),
  ];
}

function ipv6Forms(text: string, digits: string): Form[] {
  const groups = digits.match(/.{4}/gu) ?? [];
  const nibbles = digits.match(/./gu) ?? [];
  return [
    form(text, 'hex'),
    form(groups.join(':'), 'hex'),
    form(text.replaceAll(':', '-'), 'hex'),
    form(digits, 'hex'),
    form(nibbles.toReversed().join('.'), 'hex'),
  ];
}

/** Four notations, and the interface id that is made of it (RFC 4291, appendix A). */
export function macForms(mac: string): Form[] {
  const bytes = macBytes(mac);
  if (bytes === undefined) return [];
  const digits = hexOf(bitsOf(bytes));
  const pairs = digits.match(/../gu) ?? [];
  const [first = 0, second = 0, third = 0, ...rest] = bytes;
  const id = hexOf(bitsOf([first ^ 2, second, third, 0xff, 0xfe, ...rest])).match(/.{4}/gu) ?? [];
  const others = [
    pairs.join('-'),
    (digits.match(/.{4}/gu) ?? []).join('.'),
    digits,
    id.join(':'),
    id.map((group) => group.replace(/^0{1,3}/u, '')).join(':'),
  ];
  return [form(pairs.join(':'), 'pair'), ...others.map((text) => form(text, 'hex'))];
}

function form(text: string, edge: Edge): Form {
  return { text, edge };
}
