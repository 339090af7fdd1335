// Text from outside (names of links, namespaces, containers) made fit to print and fit to paste.

// C0 and C1 controls, DEL, line and paragraph separators, bidirectional overrides and isolates, zero-width marks.
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udfff](?![\udc00-\udfff])/gu;

/** The text with everything that could move a cursor or hide a character spelt out as `\u{1b}`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}

const SAFE_WORD = /^[\w%+,./:=@-]+$/;
// eslint-disable-next-line no-control-regex
const NEEDS_OCTAL = /[\u0000-\u001f\u007f-\u{10ffff}]/u;

/** One shell word (POSIX sh) that means exactly `word`, itself free of control characters. */
export function shellWord(word: string): string {
  if (SAFE_WORD.test(word)) return word;
  if (!NEEDS_OCTAL.test(word)) return `'${word.replaceAll("'", String.raw`'\''`)}'`;
  const octal = encodeURIComponent(word).replaceAll(/%([\dA-F]{2})|([^%])/g, (_match, hex?: string, char?: string) => {
    const code = hex === undefined ? (char ?? '').charCodeAt(0) : Number.parseInt(hex, 16);
    return `\\${code.toString(8).padStart(3, '0')}`;
  });
  return `"$(printf '${octal}')"`;
}
