// Text behind a word that says what it is: `  Seen   …`. The words are always in the same place.
import type { Style } from './style.js';
import { padEnd, wrapAdvice } from './width.js';

/** Where text begins behind a label. */
export const MARGIN = 9;

export function labelled(label: string, texts: readonly string[], style: Style): string[] {
  const lines = texts.flatMap((text) => wrapAdvice(text, style.width - MARGIN));
  return lines.map((line, index) => {
    const lead = index === 0 ? `  ${padEnd(label, MARGIN - 2)}` : ' '.repeat(MARGIN);
    return (index === 0 ? style.dim(lead) : lead) + line;
  });
}
