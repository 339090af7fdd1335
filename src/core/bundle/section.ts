// One part of a bundle before it goes through the stage that every byte goes through.
import type { BundleFile } from '../../model/bundle.js';
import type { Mask } from './mask.js';

export interface Section extends Pick<
  BundleFile,
  'path' | 'source' | 'exit' | 'ms' | 'isFreeText'
> {
  /** A document of values gets its stand-ins value by value, before it is written down: what is escaped is not known any more. */
  readonly text: string | ((mask: Mask) => Said);
  /** Made from facts that have their stand-ins already: it is searched for leaks, and nothing in it is replaced again. */
  readonly isMasked: boolean;
  /** Those with the lowest go first when everything together is too large; absent: it stays. */
  readonly worth?: number;
  /** It means something still when its middle is left out. */
  readonly isCuttable?: boolean;
}

/** A text that has its stand-ins. */
export interface Said {
  readonly text: string;
  /** In lower case, what the program that told it says on every host. */
  readonly words?: ReadonlySet<string>;
}

/** What a section says, with stand-ins. */
export function saidIn({ text, isMasked }: Pick<Section, 'text' | 'isMasked'>, mask: Mask): Said {
  if (typeof text !== 'string') return text(mask);
  return { text: isMasked ? text : mask.text(text) };
}
