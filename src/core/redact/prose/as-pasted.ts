// A text as it comes out of tickets, mails and chats, read without what these put into names: escapes of Markdown, hyphens that do not
// break, places where a line may break, and breaks themselves.

import type { Span } from './find-names.js';

export type Finding = (text: string) => readonly Span[];

/** What is found in a text, whatever it was dressed in; `names` are found across ends of lines too. */
export function pastedSpans(text: string, names: Finding, others: Finding): Span[] {
  const plain = without(text, DRESS);
  const flowing = without(plain.text, CUT);
  // Words grow together that have nothing to do with each other: what lies across the end of a line counts, and nothing else.
  const across = names(flowing.text)
    .map((span) => placed(span, flowing))
    .filter(({ from, to }) => /\n/u.test(plain.text.slice(from, to)));
  return [...names(plain.text), ...others(plain.text), ...across].map((span) =>
    placed(span, plain),
  );
}

/** Where it stood before. */
function placed({ from, to, instead }: Span, { at }: Read): Span {
  return { from: at[from] ?? 0, to: (at[to - 1] ?? 0) + 1, instead };
}

/** The same text with nothing of that in it, and where each of its units stood. */
interface Read {
  readonly text: string;
  readonly at: readonly number[];
}

/** As a terminal is told of it (ECMA-48, SGR); it ends in a letter, which is no part of the word behind it. */
export const COLOUR = /\p{Cc}\[[\d;:]*m/gu;

/** What is written for a hyphen, and what is nothing within a word. */
const DRESS =
  /(?<hyphen>[\u2010\u2011]|&(?:#45|#x2d|hyphen|dash);)|\\(?=[-._~:@])|[\u00AD\u200B\u2060]|\p{Cc}\[[\d;:]*m|<wbr ?\/?>|(?<=-)\r?\n[> \t]*(?=\p{L})/giu;
/** A line that was cut wherever it was full; behind it there may be marks of a quotation. */
const CUT = /(?<=[\p{L}\p{N}-])\r?\n[> \t]*(?=[\p{L}\p{N}-])/gu;

function without(text: string, marks: RegExp): Read {
  const at: number[] = [];
  let kept = '';
  const take = (from: number, to: number): void => {
    kept += text.slice(from, to);
    for (let place = from; place < to; place += 1) at.push(place);
  };
  let end = 0;
  for (const { index, 0: mark, groups } of text.matchAll(marks)) {
    take(end, index);
    if (groups?.['hyphen'] !== undefined) {
      kept += '-';
      at.push(index);
    }
    end = index + mark.length;
  }
  take(end, text.length);
  return { text: kept, at };
}
