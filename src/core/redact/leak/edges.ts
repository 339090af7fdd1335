// What may stand beside something that was found, so that it is not a part of something longer.
import type { Edge } from './address-forms.js';

/** Whether what was found is no part of something longer. */
export function isWhole(bytes: Uint8Array, from: number, to: number, edge: Edge): boolean {
  const [before, after] = [bytes[from - 1], bytes[to]];
  switch (edge) {
    case 'digit': {
      return !isDigit(before) && !isDigit(after);
    }
    case 'hex': {
      const goesOn = after === COLON && (isHex(bytes[to + 1]) || bytes[to + 1] === COLON);
      return !isHex(before) && !isHex(after) && !goesOn;
    }
    case 'pair': {
      return !isHex(before) && !isHex(after);
    }
    case 'open': {
      return !isHex(before);
    }
    case 'word': {
      return !isWord(before) && !isWord(after);
    }
    case 'group': {
      return !isWord(before) && !isWord(after) && !isInAddress(bytes, from, to);
    }
  }
}

/** Groups of hexadecimal digits with colons between them: an IPv6 address, the half of one, or a MAC. */
function isInAddress(bytes: Uint8Array, from: number, to: number): boolean {
  const isPart = (byte = 0): boolean => isHex(byte) || byte === COLON;
  let [first, last] = [from, to];
  while (isPart(bytes[first - 1]) && from - first < LOOK_AROUND) first -= 1;
  while (isPart(bytes[last]) && last - to < LOOK_AROUND) last += 1;
  const colons = String.fromCodePoint(...bytes.subarray(first, last)).replaceAll(/[^:]+/gu, ' ');
  return colons.includes('::') || colons.replaceAll(' ', '').length >= 3;
}

/** As long as an IPv6 address is at the most. */
export const LOOK_AROUND = 39;

const COLON = 0x3a;

function isDigit(byte = 0): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isHex(byte = 0): boolean {
  return isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}

/** Bytes of anything but ASCII are parts of letters. */
function isWord(byte = 0): boolean {
  return isDigit(byte) || byte >= 0x80 || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a);
}
