// Prefix-preserving maps (the idea of Crypto-PAn): bit by bit, each is flipped or not as the key says of the bits before it.
// So equal prefixes stay equal, distinct values stay distinct, and whoever has the key can walk back.
import { ask, type Prf } from '../prf.js';

export type Bit = 0 | 1;
/** From what is real to its stand-in, or back. */
export type Way = 'out' | 'back';

/** Told of every real bit in turn, and asked before the next one whether that must stay as it is. */
export interface Guide {
  isPinned: () => boolean;
  /** Whether no other bit may be flipped after the next one, so that what was not flipped until now would be its own stand-in. */
  isLast: () => boolean;
  step: (real: Bit) => void;
}

/** One keyed function answers for the 255 inner nodes of eight levels of the tree. */
const LEVELS = 8;

export class BitWalk {
  readonly #prf: Prf;
  readonly #domain: string;
  /** Answers by the bits before them. */
  readonly #known = new Map<string, Uint8Array>();

  constructor(prf: Prf, domain: string) {
    this.#prf = prf;
    this.#domain = domain;
  }

  walk(bits: readonly Bit[], way: Way, guide: Guide): Bit[] {
    let before = '';
    let here = 0;
    let isFlipped = false;
    return bits.map((bit, depth) => {
      const level = depth % LEVELS;
      const mustFlip = !isFlipped && guide.isLast();
      const free = (): Bit => (mustFlip ? 1 : this.#flip(before, (1 << level) - 1 + here));
      const flip = guide.isPinned() ? 0 : free();
      isFlipped ||= flip === 1;
      const other = (bit ^ flip) as Bit;
      const real = way === 'out' ? bit : other;
      guide.step(real);
      here = (here << 1) | real;
      if (level === LEVELS - 1) {
        before += String.fromCodePoint(here);
        here = 0;
      }
      return other;
    });
  }

  #flip(before: string, node: number): Bit {
    let answer = this.#known.get(before);
    if (answer === undefined) {
      answer = ask(this.#prf, this.#domain, before);
      this.#known.set(before, answer);
    }
    return (((answer[node >> 3] ?? 0) >> (node & 7)) & 1) as Bit;
  }
}

/** Nothing stays by itself. */
export const FREE: Guide = {
  isPinned: () => false,
  isLast: () => false,
  step: () => undefined,
};

export function bitsOf(bytes: readonly number[]): Bit[] {
  const bits: Bit[] = [];
  for (const byte of bytes)
    for (let shift = 7; shift >= 0; shift -= 1) bits.push(((byte >> shift) & 1) as Bit);
  return bits;
}

export function bytesOf(bits: readonly Bit[]): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    bytes.push(bits.slice(at, at + 8).reduce<number>((sum, bit) => sum * 2 + bit, 0));
  }
  return bytes;
}

/** Four bits to each hexadecimal digit. */
export function bitsOfHex(digits: string): Bit[] {
  return (digits.match(/./gsu) ?? []).flatMap((digit) =>
    bitsOf([Number.parseInt(digit, 16)]).slice(4),
  );
}

export function hexOf(bits: readonly Bit[]): string {
  let digits = '';
  for (let at = 0; at < bits.length; at += 4)
    digits += (bytesOf(bits.slice(at, at + 4))[0] ?? 0).toString(16);
  return digits;
}
