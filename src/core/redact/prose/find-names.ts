// Names in prose: the longest first, only as whole words, and common words only where the text says that a name stands there.
import { isTelling } from './common-words.js';

/** A stretch of a text, and what is to stand there instead. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly instead: string;
}

const WORD = /[\p{L}\p{N}]+/gu;
/** Numbers alone are anything. */
const HAS_LETTER = /\p{L}/u;
const IN_WORD = /[\p{L}\p{N}]/u;
/** What stands before a name: a mark, or the word for what it names. */
const ANNOUNCED =
  /(?:[@`"'/=[]|\b(?:container|child|network|link|interface|dev|shim|parent|netns|namespace|context|process):? ?)$/u;
const LONGEST_ANNOUNCEMENT = 12;

interface Entry {
  readonly name: string;
  readonly instead: string;
  /** Where its first word begins within it. */
  readonly offset: number;
  readonly isTelling: boolean;
}

/** What names are called instead, found by their first word. */
export class NameFinder {
  readonly #byWord = new Map<string, Entry[]>();

  constructor(names: Iterable<readonly [name: string, instead: string]>) {
    for (const [name, instead] of [...names].flatMap((pair) => formsOf(pair))) {
      const first = name.matchAll(WORD).next().value;
      if (first === undefined || name === instead || !HAS_LETTER.test(name)) continue;
      const entry = { name, instead, offset: first.index, isTelling: isTelling(name) };
      const others = this.#byWord.get(first[0]);
      if (others === undefined) this.#byWord.set(first[0], [entry]);
      else others.push(entry);
    }
    for (const entries of this.#byWord.values())
      entries.sort((a, b) => b.name.length - a.name.length);
  }

  spans(text: string): Span[] {
    const spans: Span[] = [];
    let end = 0;
    for (const { 0: word, index } of text.matchAll(WORD)) {
      if (index < end) continue;
      const entry = (this.#byWord.get(word) ?? []).find((one) => stands(one, text, index));
      if (entry === undefined) continue;
      const from = index - entry.offset;
      end = from + entry.name.length;
      spans.push({ from, to: end, instead: entry.instead });
    }
    return spans;
  }
}

/** As it is, and as the name of a unit has it (systemd.unit(5), "string escaping"). */
function formsOf([name, instead]: readonly [string, string]): (readonly [string, string])[] {
  const plain = [name, instead] as const;
  return name.includes('-') ? [plain, [inUnit(name), inUnit(instead)]] : [plain];
}

function inUnit(name: string): string {
  return name.replaceAll('-', String.raw`\x2d`);
}

function stands({ name, offset, isTelling }: Entry, text: string, index: number): boolean {
  const from = index - offset;
  if (from < 0 || !text.startsWith(name, from)) return false;
  const [before = '', after = ''] = [text[from - 1], text[from + name.length]];
  if (IN_WORD.test(before) && IN_WORD.test(name[0] ?? '')) return false;
  if (IN_WORD.test(after) && IN_WORD.test(name.at(-1) ?? '')) return false;
  return isTelling || ANNOUNCED.test(text.slice(Math.max(0, from - LONGEST_ANNOUNCEMENT), from));
}
