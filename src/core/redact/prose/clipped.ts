// Names that a table or a title had no room for: `ctr-g…otuka` is the one that begins and ends so, where only one does.
import type { Span } from './find-names.js';

const CLIPPED = /(?<![\p{L}\p{N}…])([\w.~-]+)…([\w.~-]*)(?=(…?))/gu;
/** Of a code of eight letters, as many as tell it apart: what is left of others is anybody's. */
const FEWEST = 6;

export function clippedSpans(
  text: string,
  names: readonly (readonly [name: string, instead: string])[],
): Span[] {
  return [...text.matchAll(CLIPPED)].flatMap(
    ({ index, 0: whole, 1: head = '', 2: tail = '', 3: more }) => {
      if (head.length + tail.length < FEWEST) return [];
      const meant = names.filter(([name]) => {
        const rest = name.startsWith(head) ? name.slice(head.length) : '';
        // A title may be cut once more behind it.
        return (
          rest.length > tail.length && (more === '…' ? rest.includes(tail) : rest.endsWith(tail))
        );
      });
      const [[, instead] = ['', ''], other] = meant;
      if (meant.length === 0 || other !== undefined) return [];
      return [{ from: index, to: index + whole.length, instead }];
    },
  );
}
