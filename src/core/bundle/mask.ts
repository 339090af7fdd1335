// What stands between what was seen and what leaves the house: stand-ins for names and addresses, and the search for what slipped through.
import type { RedactionMode } from '../../model/bundle.js';
import type { Snapshot } from '../../model/snapshot.js';

export type Counts = Readonly<Record<string, number>>;

/** The stand-ins of one run. */
export interface Mask {
  readonly mode: RedactionMode;
  /** Absent where nothing is replaced. */
  readonly keyId?: string;
  /** What was seen, with stand-ins. */
  readonly snapshot: Snapshot;
  /** How many different originals have a stand-in, by class. */
  readonly masked: Counts;
  /** How many addresses are called otherwise than in earlier bundles of the case. */
  readonly renamed: number;
  readonly text: (text: string) => string;
  /** The same for a text of which it is known what it is; undefined where nothing is known that could stand for it. */
  readonly field: (field: MaskedField, text: string) => string | undefined;
  /**
   * What kind of original or secret a text (UTF-8) still holds; undefined when it holds none. Never the value. `isOurs`: it is made of
   * our own sentences and of what has stand-ins already, and a word of ours is no name in it; nor is one of `words`.
   */
  readonly leakIn: (
    bytes: Uint8Array,
    how: { readonly isOurs: boolean; readonly words?: ReadonlySet<string> },
  ) => string | undefined;
}

/** What a text of a tool's is: the name of a link, that and an alias, or an address, a prefix or a MAC. */
export type MaskedField = 'link' | 'label' | 'address';

/** Everything as it is, for use inside one house. */
export function noMask(snapshot: Snapshot): Mask {
  return {
    mode: 'none',
    snapshot,
    masked: {},
    renamed: 0,
    text: (text) => text,
    field: (_field, text) => text,
    leakIn: () => undefined,
  };
}
