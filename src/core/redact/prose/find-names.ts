// Names in prose: the longest first, only as whole words in whatever case, and common words only where the text says that a name stands
// there.
import { hasLetter, isTelling } from './common-words.js';

/** A stretch of a text, and what is to stand there instead. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly instead: string;
}

const WORD = /[\p{L}\p{N}]+/gu;
const IN_WORD = /[\p{L}\p{N}]/u;
/** What stands before a name: a mark, or the word for what it names. Marks stand before numbers that are none as well. */
const WORD_BEFORE =
  /(?:@|\b(?:container|child|network|link|interface|dev|device|shim|parent|netns|namespace|context|process):? ?)$/u;
const MARK_BEFORE = /[`"'/=[]$/u;
const LONGEST_ANNOUNCEMENT = 12;

interface Entry {
  readonly name: string;
  readonly instead: string;
  /** Where its first word begins within it. */
  readonly offset: number;
  readonly lower: string;
  readonly isTelling: boolean;
  readonly isNumber: boolean;
}

/** What names are called instead, found by their first word, or their first two with what stands between. */
export class NameFinder {
  readonly #byStart = new Map<string, Entry[]>();
  /** What stands between the first two words of a name, at the most. */
  #widest = 0;

  constructor(names: Iterable<readonly [name: string, instead: string]>) {
    for (const [name, instead] of [...names].flatMap((pair) => formsOf(pair))) {
      const [first, second] = name.matchAll(WORD);
      if (first === undefined || name === instead) continue;
      const is = { isTelling: isTelling(name), isNumber: !hasLetter(name) };
      const entry = { name, instead, offset: first.index, lower: name.toLowerCase(), ...is };
      const start = startOf(name, first, second);
      this.#widest = Math.max(this.#widest, gapBetween(first, second));
      const others = this.#byStart.get(start);
      if (others === undefined) this.#byStart.set(start, [entry]);
      else others.push(entry);
    }
    for (const entries of this.#byStart.values())
      entries.sort((a, b) => b.name.length - a.name.length);
  }

  spans(text: string): Span[] {
    const spans: Span[] = [];
    let end = 0;
    let before: RegExpExecArray | undefined;
    const look = (word: RegExpExecArray, next?: RegExpExecArray): void => {
      if (word.index < end) return;
      const entry = this.#at(text, word, next);
      if (entry === undefined) return;
      const from = word.index - entry.offset;
      end = from + entry.name.length;
      spans.push({ from, to: end, instead: entry.instead });
    };
    for (const word of text.matchAll(WORD)) {
      if (before !== undefined) look(before, word);
      before = word;
    }
    if (before !== undefined) look(before);
    return spans;
  }

  /** The longest; of two names that differ in case alone, the one that is written there. */
  #at(text: string, word: RegExpExecArray, next: RegExpExecArray | undefined): Entry | undefined {
    const isNear = next !== undefined && gapBetween(word, next) <= this.#widest;
    const starts = isNear
      ? [startOf(text, word, next), startOf(text, word)]
      : [startOf(text, word)];
    for (const start of starts) {
      const entries = this.#byStart.get(start) ?? [];
      const longest = entries.find((one) => stands(one, text, word.index));
      if (longest === undefined) continue;
      const isThere = ({ name, offset }: Entry): boolean =>
        name.length === longest.name.length && text.startsWith(name, word.index - offset);
      return entries.find((one) => isThere(one)) ?? longest;
    }
    return undefined;
  }
}

function startOf(text: string, word: RegExpExecArray, next = word): string {
  return text.slice(word.index, next.index + next[0].length).toLowerCase();
}

function gapBetween(word: RegExpExecArray, next: RegExpExecArray | undefined): number {
  return next === undefined ? 0 : next.index - word.index - word[0].length;
}

/** As it is, and as the name of a unit has it (systemd.unit(5), "string escaping"), plain or in JSON. */
function formsOf([name, instead]: readonly [string, string]): (readonly [string, string])[] {
  const plain = [name, instead] as const;
  if (!name.includes('-')) return [plain];
  const ways = [String.raw`\x2d`, String.raw`\\x2d`];
  return [plain, ...ways.map((dash) => [inUnit(name, dash), inUnit(instead, dash)] as const)];
}

function inUnit(name: string, dash: string): string {
  return name.replaceAll('-', dash);
}

function stands(entry: Entry, text: string, index: number): boolean {
  const { name, offset, lower, isTelling, isNumber } = entry;
  const from = index - offset;
  const there = text.slice(Math.max(0, from), from + name.length);
  if (from < 0 || (there !== name && there.toLowerCase() !== lower)) return false;
  const [before = '', after = ''] = [text[from - 1], text[from + name.length]];
  if (IN_WORD.test(before) && IN_WORD.test(name[0] ?? '')) return false;
  if (IN_WORD.test(after) && IN_WORD.test(name.at(-1) ?? '')) return false;
  if (isTelling) return true;
  const ahead = text.slice(Math.max(0, from - LONGEST_ANNOUNCEMENT), from);
  return WORD_BEFORE.test(ahead) || (!isNumber && MARK_BEFORE.test(ahead));
}
