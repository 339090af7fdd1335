// Words that a file says anyway: a name that is made of nothing else may stand there without being anybody's.
import { OWN_WORDS } from './own-words.js';

/** In lower case. */
export type Words = ReadonlySet<string>;

/** Runs of letters and digits, in lower case. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Of our own sentences and fields, in the singular or in the plural. Small numbers are everywhere. */
export function isOwnWord(word: string): boolean {
  return OWN_WORDS.has(word) || OWN_WORDS.has(word.replace(/s$/u, '')) || /^\d{1,2}$/u.test(word);
}
