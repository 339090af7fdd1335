// One file of a bundle before it goes through the stage that every byte goes through.
import type { BundleFile } from '../../model/bundle.js';

export interface Section extends Pick<
  BundleFile,
  'path' | 'source' | 'exit' | 'ms' | 'isFreeText'
> {
  readonly text: string;
  /** Made from facts that have their stand-ins already: it is searched for leaks, and nothing in it is replaced again. */
  readonly isMasked: boolean;
  /** Those with the lowest go first when everything together is too large; absent: it stays. */
  readonly worth?: number;
  /** It means something still when its middle is left out. */
  readonly isCuttable?: boolean;
}
