// Prefixes as paths through a tree of bits: which of them a walk is still on its way to, and which it has entered.
import type { Bit } from './bit-walk.js';

export interface Branch<M> {
  readonly 0?: Branch<M>;
  readonly 1?: Branch<M>;
  /** A prefix ends here. */
  readonly mark?: M;
}

interface Growing<M> {
  0?: Growing<M>;
  1?: Growing<M>;
  mark?: M;
}

/** The tree of all given prefixes; of two with the same bits the later one counts. */
export function treeOf<M>(prefixes: readonly (readonly [readonly Bit[], M])[]): Branch<M> {
  const root: Growing<M> = {};
  for (const [bits, mark] of prefixes) {
    let branch = root;
    for (const bit of bits) {
      branch[bit] ??= {};
      branch = branch[bit];
    }
    branch.mark = mark;
  }
  return root;
}

/** Something lies further down. */
export function isOnTheWay<M>(branch: Branch<M> | undefined): boolean {
  return branch?.[0] !== undefined || branch?.[1] !== undefined;
}
