// What stands between what was seen and what leaves the house: stand-ins for names and addresses, and the search for what slipped through.
import type { RedactionMode } from '../../model/bundle.js';
import type { Snapshot } from '../../model/snapshot.js';

export type Counts = Readonly<Record<string, number>>;

export interface Masked<T> {
  readonly value: T;
  /** Stand-ins put in, by class. */
  readonly replaced: Counts;
}

export interface Mask {
  readonly mode: RedactionMode;
  /** Absent where nothing is replaced. */
  readonly keyId?: string;
  readonly snapshot: (snapshot: Snapshot) => Masked<Snapshot>;
  readonly text: (text: string) => Masked<string>;
  /** What kind of original or secret the text still holds; undefined when it holds none. Never the value. */
  readonly leakIn: (text: string) => string | undefined;
}

/** Everything as it is, for use inside one house. */
export const NO_MASK: Mask = {
  mode: 'none',
  snapshot: (value) => ({ value, replaced: {} }),
  text: (value) => ({ value, replaced: {} }),
  leakIn: () => undefined,
};
