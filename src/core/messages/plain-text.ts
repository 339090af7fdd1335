// Text that somebody pasted, without what copying and logging did to it.

// ECMA-48: colours and cursor movements of a terminal.
// eslint-disable-next-line no-control-regex
const ESCAPES = /\u001B\[[\d;?]*[A-Za-z]/g;
/** `\n` and `\t` as a logger writes them inside a quoted field. */
const LOGGED_SPACE = /\\[nrt]/g;
/** Quotes of all kinds, also those that a logger escaped: programs differ in them from version to version. */
const QUOTES = /\\{0,8}["'`´‘’“”„«»]/g;
/** What mail, forums and log viewers put before a line. */
const LINE_MARKS = /^[ \t]*(?:[>|│][ \t]*)+/gm;

/** One line, in which what a line break separated is separated by a space. */
export function onOneLine(text: string): string {
  return unquoted(withoutMarks(text)).replaceAll(/\s+/g, ' ').trim();
}

/** One line in which line breaks are gone: a terminal breaks lines in the middle of a word. */
export function withoutBreaks(text: string): string {
  return unquoted(withoutMarks(text))
    .replaceAll(/[ \t]*\r?\n/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

export function unquoted(text: string): string {
  return text.replaceAll(QUOTES, '');
}

function withoutMarks(text: string): string {
  return text.replaceAll(ESCAPES, '').replaceAll(LINE_MARKS, '').replaceAll(LOGGED_SPACE, ' ');
}
