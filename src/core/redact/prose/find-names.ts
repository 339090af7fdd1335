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
  readonly isTelling: boolean;
  readonly isNumber: boolean;
}

/** What names are called instead, found by their first word. */
export class NameFinder {
  readonly #byWord = new Map<string, Entry[]>();

  constructor(names: Iterable<readonly [name: string, instead: string]>) {
    for (const [name, instead] of [...names].flatMap((pair) => formsOf(pair))) {
      const first = name.matchAll(WORD).next().value;
      if (first === undefined || name === instead) continue;
      const is = { isTelling: isTelling(name), isNumber: !hasLetter(name) };
      const entry = { name, instead, offset: first.index, ...is };
      const word = first[0].toLowerCase();
      const others = this.#byWord.get(word);
      if (others === undefined) this.#byWord.set(word, [entry]);
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
      const entry = this.#at(text, word, index);
      if (entry === undefined) continue;
      const from = index - entry.offset;
      end = from + entry.name.length;
      spans.push({ from, to: end, instead: entry.instead });
    }
    return spans;
  }

  /** Of two names that differ in case alone, the one that is written there. */
  #at(text: string, word: string, index: number): Entry | undefined {
    const entries = this.#byWord.get(word.toLowerCase()) ?? [];
    const longest = entries.find((one) => stands(one, text, index));
    const isThere = ({ name, offset }: Entry): boolean => text.startsWith(name, index - offset);
    return (
      entries.find((one) => one.name.length === longest?.name.length && isThere(one)) ?? longest
    );
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

function stands(entry: Entry, text: string, index: number): boolean {
  const { name, offset, isTelling, isNumber } = entry;
  const from = index - offset;
  const there = text.slice(Math.max(0, from), from + name.length);
  if (from < 0 || (there !== name && there.toLowerCase() !== name.toLowerCase())) return false;
  const [before = '', after = ''] = [text[from - 1], text[from + name.length]];
  if (IN_WORD.test(before) && IN_WORD.test(name[0] ?? '')) return false;
  if (IN_WORD.test(after) && IN_WORD.test(name.at(-1) ?? '')) return false;
  if (isTelling) return true;
  const ahead = text.slice(Math.max(0, from - LONGEST_ANNOUNCEMENT), from);
  return WORD_BEFORE.test(ahead) || (!isNumber && MARK_BEFORE.test(ahead));
}
