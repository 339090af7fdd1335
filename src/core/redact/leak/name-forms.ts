// The ways in which a name is written in what programs print: as it is, escaped, and packed.
import { printable } from '../../../model/text.js';
import type { Form } from './address-forms.js';

export function nameForms(name: string): Form[] {
  const ways = [
    name,
    printable(name),
    JSON.stringify(name).slice(1, -1),
    name.replaceAll('-', String.raw`\x2d`),
    percentEncoded(name),
  ];
  return [...new Set(ways)].map((text) => ({ text, edge: 'word' }));
}

/** A lone surrogate cannot be encoded, and cannot stand in a file either. */
function percentEncoded(name: string): string {
  return encodeURIComponent(name.replaceAll(/\p{Cs}/gu, '\uFFFD'));
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Shorter ones are found by chance. */
const SHORTEST = 8;

/** Base64 (RFC 4648) of the bytes wherever they begin within three: the digits that no neighbour changes. */
export function base64Forms(bytes: Uint8Array): string[] {
  return [0, 1, 2]
    .map((before) => {
      const bits = [...new Uint8Array(before), ...bytes]
        .map((byte) => byte.toString(2).padStart(8, '0'))
        .join('');
      const digits = (bits.match(/.{6}/gu) ?? []).map((six) => ALPHABET[Number.parseInt(six, 2)]);
      return digits.slice(Math.ceil((before * 8) / 6)).join('');
    })
    .filter((text) => text.length >= SHORTEST);
}
