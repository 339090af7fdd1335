// All needles in one pass over the bytes (Aho and Corasick, 1975). Children are lists of siblings in flat arrays: a case with five
// thousand originals has half a million states.

const NONE = -1;
const ROOT = 0;

export interface Found {
  /** Of the needle, in the order of the list. */
  readonly needle: number;
  readonly from: number;
  /** The first byte behind it. */
  readonly to: number;
}

export class Automaton {
  readonly #lengths: number[] = [];
  readonly #byte: number[] = [0];
  readonly #child: number[] = [NONE];
  readonly #sibling: number[] = [NONE];
  /** The needle that ends at a state. */
  readonly #ends: number[] = [NONE];
  /** The longest proper suffix that is a state as well. */
  #suffix = new Int32Array(0);
  /** The nearest of these at which a needle ends. */
  #shorter = new Int32Array(0);
  /** From the root every byte leads somewhere. */
  readonly #first = new Int32Array(256).fill(ROOT);

  constructor(needles: readonly Uint8Array[]) {
    for (const [index, needle] of needles.entries()) {
      this.#lengths.push(needle.length);
      if (needle.length > 0) this.#add(needle, index);
    }
    this.#link();
  }

  /** Every place at which a needle stands; of two equal needles the first. */
  search(bytes: Uint8Array, report: (found: Found) => void): void {
    const first = this.#first;
    let state = ROOT;
    let to = 0;
    for (const byte of bytes) {
      to += 1;
      state = state === ROOT ? (first[byte] ?? ROOT) : this.#step(state, byte);
      if (state !== ROOT) this.#reportAt(state, to, report);
    }
  }

  #reportAt(state: number, to: number, report: (found: Found) => void): void {
    let end = this.#ends[state] === NONE ? (this.#shorter[state] ?? NONE) : state;
    while (end !== NONE) {
      const needle = this.#ends[end] ?? NONE;
      report({ needle, from: to - (this.#lengths[needle] ?? 0), to });
      end = this.#shorter[end] ?? NONE;
    }
  }

  #add(needle: Uint8Array, index: number): void {
    let state = ROOT;
    for (const byte of needle) {
      const known = this.#childOf(state, byte);
      state = known === NONE ? this.#grow(state, byte) : known;
    }
    if (this.#ends[state] === NONE) this.#ends[state] = index;
  }

  #grow(parent: number, byte: number): number {
    const state = this.#byte.length;
    this.#byte.push(byte);
    this.#child.push(NONE);
    this.#sibling.push(this.#child[parent] ?? NONE);
    this.#ends.push(NONE);
    this.#child[parent] = state;
    if (parent === ROOT) this.#first[byte] = state;
    return state;
  }

  #childOf(state: number, byte: number): number {
    if (state === ROOT) return this.#first[byte] === ROOT ? NONE : (this.#first[byte] ?? NONE);
    let child = this.#child[state] ?? NONE;
    while (child !== NONE && this.#byte[child] !== byte) child = this.#sibling[child] ?? NONE;
    return child;
  }

  #step(from: number, byte: number): number {
    let state = from;
    while (state !== ROOT) {
      const child = this.#childOf(state, byte);
      if (child !== NONE) return child;
      state = this.#suffix[state] ?? ROOT;
    }
    return this.#first[byte] ?? ROOT;
  }

  /** Level by level, so that what is shorter is linked already. */
  #link(): void {
    const count = this.#byte.length;
    this.#suffix = new Int32Array(count).fill(ROOT);
    this.#shorter = new Int32Array(count).fill(NONE);
    const queue = new Int32Array(count);
    let filled = 1;
    for (let at = 0; at < filled; at += 1) {
      const parent = queue[at] ?? ROOT;
      let state = this.#child[parent] ?? NONE;
      for (; state !== NONE; state = this.#sibling[state] ?? NONE) {
        queue[filled] = state;
        filled += 1;
        if (parent !== ROOT) this.#linkOne(state, parent);
      }
    }
  }

  #linkOne(state: number, parent: number): void {
    const suffix = this.#step(this.#suffix[parent] ?? ROOT, this.#byte[state] ?? 0);
    this.#suffix[state] = suffix;
    this.#shorter[state] = this.#ends[suffix] === NONE ? (this.#shorter[suffix] ?? NONE) : suffix;
  }
}
