// How wide text is on a terminal, and how to make it fit: cut in the middle, or wrapped between words.
import stringWidth from 'string-width';

const PLAIN = /^[ -~]*$/u;

export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

let segmenter: Intl.Segmenter | undefined;

/** What a person takes for one character: an accent or a flag is never torn apart. */
function* charactersOf(text: string): Generator<string, void> {
  // Each step of the segmenter costs more the longer the text is; here it would find nothing to hold together.
  if (PLAIN.test(text)) return yield* text;
  // Not made before something has to be cut: that takes longer than most tables.
  segmenter ??= new Intl.Segmenter('en');
  for (const { segment } of segmenter.segment(text)) yield segment;
}

/** As many characters as fit into `columns`, from the front. */
function fitting(characters: readonly string[], columns: number): number {
  let used = 0;
  for (const [index, character] of characters.entries()) {
    used += widthOf(character);
    if (used > columns) return index;
  }
  return characters.length;
}

/** More than enough of a text for one character: the longest emoji have some twenty units. */
const UNITS_PER_COLUMN = 64;

function startOf(text: string, columns: number): string[] {
  return [...charactersOf(text.slice(0, columns * UNITS_PER_COLUMN))];
}

function endOf(text: string, columns: number): string[] {
  return [...charactersOf(text.slice(-columns * UNITS_PER_COLUMN))];
}

/** Names differ at both ends (`web-1` and `web-2`, `a.lan` and `b.lan`), so the middle goes. */
export function cutMiddle(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  if (columns < 2) return '…'.slice(0, columns);
  const characters = startOf(text, columns);
  const tailColumns = Math.floor((columns - 1) / 2);
  const head = characters.slice(0, fitting(characters, columns - 1 - tailColumns));
  const reversed = endOf(text, columns).toReversed();
  const tail = reversed.slice(0, fitting(reversed, tailColumns)).toReversed();
  return `${head.join('')}…${tail.join('')}`;
}

/** A sentence is recognised by its beginning, so its end goes. */
export function cutEnd(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  const characters = startOf(text, columns);
  return `${characters.slice(0, fitting(characters, columns - 1)).join('')}…`;
}

function splitLongWord(word: string, columns: number): string[] {
  if (widthOf(word) <= columns) return [word];
  const pieces: string[] = [];
  let from = 0;
  while (from < word.length) {
    const units = unitsThatFit(word.slice(from, from + columns * UNITS_PER_COLUMN), columns);
    pieces.push(word.slice(from, from + units));
    from += units;
  }
  return pieces;
}

/** Length of the characters that fit into `columns`; one does not have to. */
function unitsThatFit(text: string, columns: number): number {
  let [used, units] = [0, 0];
  for (const character of charactersOf(text)) {
    used += widthOf(character);
    if (used > columns && units > 0) break;
    units += character.length;
  }
  return units;
}

/** Lines of at most `columns`, broken between words; only a word that is wider than a line is broken itself. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  const words = text.split(/\s+/u).filter((word) => word !== '');
  for (const word of words.flatMap((long) => splitLongWord(long, columns))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= columns) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
  }
  return line === '' ? lines : [...lines, line];
}

/** Words, with a command between backticks as one of them; what its quotes hold is its own. */
const WORDS = /(?:`(?:'[^']*'|\\.|[^'\\`])+`|\S)+/gu;

/** As {@link wrap}, but commands between backticks stay whole, however long: they are there to be pasted. */
export function wrapAdvice(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.match(WORDS) ?? []) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && widthOf(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(...(word.includes(' ') ? [word] : splitLongWord(word, columns)));
  }
  return lines;
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}
