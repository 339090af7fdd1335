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
  #count = 1;
  readonly #byte: Uint8Array;
  readonly #child: Int32Array;
  readonly #sibling: Int32Array;
  /** The needle that ends at a state. */
  readonly #ends: Int32Array;
  /** The longest proper suffix that is a state as well. */
  #suffix = new Int32Array(0);
  /** The nearest of these at which a needle ends. */
  #shorter = new Int32Array(0);
  /** From the root every byte leads somewhere. */
  readonly #first = new Int32Array(256).fill(ROOT);

  constructor(needles: readonly Uint8Array[]) {
    // A state for each byte, if no two needles begin alike.
    const most = needles.reduce((sum, { length }) => sum + length, 1);
    this.#byte = new Uint8Array(most);
    this.#child = new Int32Array(most).fill(NONE);
    this.#sibling = new Int32Array(most).fill(NONE);
    this.#ends = new Int32Array(most).fill(NONE);
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
    const state = this.#count;
    this.#count += 1;
    this.#byte[state] = byte;
    this.#sibling[state] = this.#child[parent] ?? NONE;
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
    const count = this.#count;
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
