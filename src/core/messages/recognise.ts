// Which known messages a pasted text holds: whole ones anywhere in it, or else the text as a piece of one.
import type { KnownMessage } from '../../model/manual.js';
import { fitsInto } from './fragment.js';
import { onOneLine, withoutBreaks } from './plain-text.js';
import { patternOf } from './wording.js';

/** A known message, as it stands in a text. */
export interface Recognised {
  readonly message: KnownMessage;
  /** The one of its wordings that fits. */
  readonly wording: string;
  /** What stands where its wording has places. */
  readonly values: Readonly<Record<string, string>>;
  /** The text is only a piece of the wording, and may be one of another message. */
  readonly isPiece: boolean;
}

interface Place extends Recognised {
  readonly from: number;
  readonly to: number;
}

/** In the order in which they stand in the text; none, if nothing known fits. */
export function recognise(text: string, known: readonly KnownMessage[]): Recognised[] {
  const line = onOneLine(text);
  const whole = wholeIn(line, known, false);
  if (whole.length > 0) return whole;
  const torn = wholeIn(withoutBreaks(text), known, true);
  return torn.length > 0 ? torn : piecesOf(line, known);
}

function wholeIn(line: string, known: readonly KnownMessage[], isTorn: boolean): Recognised[] {
  const places = known.flatMap((message) => placesOf(message, line, isTorn));
  const widest = places.filter((place) => !places.some((other) => isWithin(place, other)));
  const first = widest.filter(
    ({ message }, at) => widest.findIndex((other) => other.message === message) === at,
  );
  return first
    .toSorted((a, b) => a.from - b.from)
    .map(({ message, wording, values, isPiece }) => ({ message, wording, values, isPiece }));
}

/** A log says the same thing over and over; what it says only after that many times is not looked for. */
const MOST_TIMES = 20;

/** Where any wording of the message stands in the line. */
function placesOf(message: KnownMessage, line: string, isTorn: boolean): Place[] {
  return message.wordings.flatMap((wording) =>
    firstOf(line.matchAll(patternOf(wording, isTorn)), MOST_TIMES).map((match) => ({
      message,
      wording,
      values: valuesOf(match.groups ?? {}),
      isPiece: false,
      from: match.index,
      to: match.index + match[0].length,
    })),
  );
}

function firstOf<T>(items: Iterable<T>, count: number): T[] {
  const first: T[] = [];
  for (const item of items) {
    if (first.length === count) break;
    first.push(item);
  }
  return first;
}

/** `address already in use` inside a longer message that holds it says nothing of its own. */
function isWithin(place: Place, other: Place): boolean {
  const isShorter = place.to - place.from < other.to - other.from;
  return isShorter && other.from <= place.from && place.to <= other.to;
}

/** What a sentence goes on with is none of a name. */
const PUNCTUATION = /^[([]+|[!),.:;?\]]+$/g;

function valuesOf(groups: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, value = '']) => {
      const bare = value.trim().replaceAll(PUNCTUATION, '');
      return [name, bare === '' ? value.trim() : bare];
    }),
  );
}

/** A piece is shorter than the message that it is one of, whatever the names in it. */
const LONGEST_PIECE = 400;

function piecesOf(line: string, known: readonly KnownMessage[]): Recognised[] {
  // Whoever passes a message on puts his own words before a colon.
  const starts = [...line.matchAll(/: /g)].map(({ index }) => index + 2);
  const short = [0, ...starts].filter((start) => line.length - start <= LONGEST_PIECE);
  for (const start of short) {
    const piece = line.slice(start);
    const found = known.flatMap((message) => {
      const wording = message.wordings.find((one) => fitsInto(piece, one));
      return wording === undefined ? [] : [{ message, wording, values: {}, isPiece: true }];
    });
    if (found.length > 0) return found;
  }
  return [];
}
