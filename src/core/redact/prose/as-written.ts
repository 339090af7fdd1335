// Real names written into an answer as the place where they stand needs them: in a document of values, in a command, in a sentence.
import { printable, shellWord } from '../../../model/text.js';
import { COLOUR } from './as-pasted.js';
import { replaceSpans } from './find-addresses.js';
import type { Span } from './find-names.js';

const STRING = /"(?:[^"\\]|\\.)*"/gu;

/** JSON, as a whole or line by line, is read string by string, so that it is JSON still whatever somebody is called. */
export function inStrings(text: string, read: (text: string) => string): string {
  if (
    !isJson(text) &&
    !text
      .trim()
      .split('\n')
      .every((line) => isJson(line))
  )
    return read(text);
  return text.replaceAll(STRING, (literal) => {
    const before = JSON.parse(literal) as string;
    const after = read(before);
    return after === before ? literal : JSON.stringify(after);
  });
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/u.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What moves a cursor or turns a line round, and is no end of a line. */
const MOVING = /[^\P{Cc}\t\n\r]|[\u202A-\u202E\u2066-\u2069]/gu;

/** Somebody else's text, fit to be read on a screen: without colours; marks that mails and chats put into words stay. */
export function unmoving(text: string): string {
  return text.replaceAll(COLOUR, '').replaceAll(MOVING, (char) => printable(char));
}

/** A word of a command that has to be quoted: names that are not plain have a `~` in their stand-ins. */
const QUOTED = /'[^\s']*~[^\s']*'/gu;

/** The text with the names in it: quoted anew where they are part of a quoted word, and fit to print everywhere else. */
export function inQuotes(text: string, spans: readonly Span[]): string {
  const words = [...text.matchAll(QUOTED)].map(({ index, 0: word }): Span => {
    const [from, to] = [index + 1, index + word.length - 1];
    const inside = spans
      .filter((span) => span.from >= from && span.to <= to)
      .map((span) => ({ ...span, from: span.from - from, to: span.to - from }));
    const instead =
      inside.length === 0 ? word : shellWord(replaceSpans(text.slice(from, to), inside));
    return { from: index, to: index + word.length, instead };
  });
  const others = spans.map((span) => ({ ...span, instead: printable(span.instead) }));
  return replaceSpans(text, [...words, ...others]);
}
