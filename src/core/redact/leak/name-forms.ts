// The ways in which a name is written in what programs print: as it is, escaped, and packed.
import { printable } from '../../../model/text.js';
import type { Form } from './address-forms.js';

/** One for each way, whether or not they differ. */
export function nameForms(name: string): Form[] {
  const ways = [
    name,
    printable(name),
    JSON.stringify(name).slice(1, -1),
    name.replaceAll('-', String.raw`\x2d`),
    name.replaceAll('-', String.raw`\\x2d`),
    percentEncoded(name),
  ];
  const edge = GROUP.test(name) ? 'group' : 'word';
  return ways.map((text) => ({ text, edge }));
}

/** A name that could stand between the colons of an IPv6 address. */
const GROUP = /^[\da-f]{1,4}$/iu;

/** A lone surrogate cannot be encoded, and cannot stand in a file either. */
function percentEncoded(name: string): string {
  return encodeURIComponent(name.replaceAll(/\p{Cs}/gu, '\uFFFD'));
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Shorter ones are found by chance. */
const SHORTEST = 8;

/** Bits of the first byte that share a digit with a byte before it, by how many bytes stand before it within three. */
const SHARED_BITS = [0, 4, 2];

/** Base64 (RFC 4648) of the bytes wherever they begin within three: the digits that no neighbour changes. */
export function base64Forms(bytes: Uint8Array): string[] {
  return SHARED_BITS.map((shared) => digitsOf(bytes, shared)).filter(
    (form) => form.length >= SHORTEST,
  );
}

function digitsOf(bytes: Uint8Array, shared: number): string {
  let digits = '';
  // The last bits that were read, and how many of them have no digit yet.
  let [bits, open] = [0, -shared];
  for (const byte of bytes) {
    bits = ((bits & 0x3f) << 8) | byte;
    open += 8;
    while (open >= 6) {
      open -= 6;
      digits += ALPHABET[(bits >> open) & 0x3f] ?? '';
    }
  }
  return digits;
}
