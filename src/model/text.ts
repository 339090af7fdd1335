// Text from outside (names of links, namespaces, containers) made fit to print and fit to paste.

// Controls, formats (bidirectional overrides, zero-width marks), lone surrogates, line and paragraph separators.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The text with everything that could move a cursor or hide a character spelt out as `\u{1b}`. */
export function printable(text: string): string {
  if (isPrintable(text)) return text;
  return text.replaceAll(UNPRINTABLE, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}

const PRINTABLE_ASCII = /^[ -~]*$/;

/** Whether {@link printable} leaves the text as it is. Nearly all texts are plain ASCII, which is asked first because it is quick. */
export function isPrintable(text: string): boolean {
  return PRINTABLE_ASCII.test(text) || text.search(UNPRINTABLE) === -1;
}

/** A leading `=` means something to zsh. */
const SAFE_WORD = /^(?!=)[\w%+,./:=@-]+$/;
const LONE_SURROGATE = /\p{Cs}/gu;

/** One shell word (POSIX sh) that means exactly `word`, itself free of control characters. */
export function shellWord(word: string): string {
  if (SAFE_WORD.test(word)) return word;
  if (PRINTABLE_ASCII.test(word)) return `'${word.replaceAll("'", String.raw`'\''`)}'`;
  const octal = encodeURIComponent(word.replaceAll(LONE_SURROGATE, '\uFFFD')).replaceAll(
    /%([\dA-F]{2})|([^%])/g,
    (_match, hex?: string, char?: string) => {
      const code = hex === undefined ? (char?.codePointAt(0) ?? 0) : Number.parseInt(hex, 16);
      return `\\${code.toString(8).padStart(3, '0')}`;
    },
  );
  return `"$(printf '${octal}')"`;
}
