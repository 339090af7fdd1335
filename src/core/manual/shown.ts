// Known messages as they are shown: places as capitals, or with what was found there.
import type { KnownMessage } from '../../model/manual.js';
import { printable, shellWord } from '../../model/text.js';

const PLACE = /\{([a-z]+)\*?\}/g;

type Values = Readonly<Record<string, string>>;

/** `network {other} is …` as `network OTHER is …`. */
export function shownWording(wording: string): string {
  return wording.replaceAll(PLACE, (_place, name: string) => name.toUpperCase());
}

/** The sentence with what was found in the places; what was not found stays a word in capitals. */
export function filled(text: string, values: Values): string {
  return text.replaceAll(PLACE, (_place, name: string) =>
    printable(values[name] ?? name.toUpperCase()),
  );
}

/**
 * Commands as shell lines. One with a place is left out where nothing was found there, or what cannot be a name: a word that begins
 * with a dash would be an option.
 */
export function commandLines(next: KnownMessage['next'], values: Values): string[] {
  const isWhole = (word: string): boolean =>
    [...word.matchAll(PLACE)].every(([, name = '']) => /^[^-]/.test(values[name] ?? ''));
  const fill = (word: string): string =>
    word.replaceAll(PLACE, (_place, name: string) => values[name] ?? '');
  return next
    .filter((argv) => argv.every((word) => isWhole(word)))
    .map((argv) => argv.map((word) => shellWord(fill(word))).join(' '));
}
