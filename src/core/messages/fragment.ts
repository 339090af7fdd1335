// Whether a text is a piece of a wording: what is left of a message that was cut off, or typed from memory.
import { unquoted } from './plain-text.js';
import { patternOf, placesIn } from './wording.js';

/** Fewer words, or shorter ones, are a piece of anything. */
const FEWEST_WORDS = 2;
const FEWEST_LETTERS = 12;

/** Whether the words of `piece` stand one after another in the wording; only its own words count as proof. */
export function fitsInto(piece: string, wording: string): boolean {
  const words = piece.toLowerCase().split(' ');
  const places = unquoted(wording).toLowerCase().split(' ');
  for (let at = 0; at + words.length <= places.length; at += 1) {
    const run = places.slice(at, at + words.length);
    if (isProof(run) && run.every((place, index) => isAt(place, words[index] ?? ''))) return true;
  }
  return false;
}

function isProof(run: readonly string[]): boolean {
  const own = run.filter((word) => placesIn(word).length === 0);
  return own.length >= FEWEST_WORDS && own.join('').length >= FEWEST_LETTERS;
}

function isAt(place: string, word: string): boolean {
  if (placesIn(place).length === 0) return bare(place) === bare(word);
  const [match] = word.matchAll(patternOf(place));
  return match?.[0] === word;
}

/** A piece seldom ends with the comma or the colon that the message goes on with. */
function bare(word: string): string {
  return word.replaceAll(/^[([]+|[!),.:;?\]]+$/g, '');
}
