// Text from outside as Markdown that says just that: on GitHub, on GitLab, and in a plain viewer.

/** Punctuation that begins something in CommonMark, in its tables, or in GitHub's additions. */
const SPECIAL = /[\\`*_[\]<>|~&$]/g;

/**
 * A name that is a mention or the number of an issue would call people, and one like an e-mail address becomes a link; a
 * backslash does not stop that, an empty comment does.
 */
const CALLING = /@(?=[\w-])|(?<!\w)#(?=[\w-])/g;

/** What begins a heading, a list or an underline where a line begins, or stands up to three spaces into it. */
const AT_START = /^( ?)([#+=-]|\d+(?=[.)](?:\s|$)))/;

/** Text of one line, wherever it stands in it. */
export function escapeText(text: string): string {
  return (
    text
      .replaceAll('\n', ' ')
      // One space stands for many in HTML; four would begin a block of code.
      .replace(/^\s+/, ' ')
      .replaceAll(SPECIAL, (char) => `\\${char}`)
      .replaceAll('://', String.raw`:\//`)
      .replaceAll(/\bwww\./gi, (match) => `${match.slice(0, -1)}\\.`)
      .replaceAll(CALLING, (char) => `${char}<!-- -->`)
      .replace(AT_START, (_all, space: string, mark: string) =>
        /^\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
      )
  );
}

/** A code span: its fence is longer than any run of backticks inside. A table cell ends at a bar even in there. */
export function codeSpan(text: string, isInTable = false): string {
  const fence = fenceFor(text, 1);
  const pad = /^[` ]|[` ]$/.test(text) || text === '' ? ' ' : '';
  const inside = isInTable ? text.replaceAll('|', String.raw`\|`) : text;
  return fence + pad + inside + pad + fence;
}

/** A fenced block. */
export function codeBlock(lines: readonly string[], language = ''): string[] {
  const text = lines.join('\n');
  const fence = fenceFor(text, 3);
  return [fence + language, text, fence];
}

function fenceFor(text: string, shortest: number): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  return '`'.repeat(Math.max(shortest, longest + 1));
}

/** A command between backticks, as advice has them; what its quotes hold is its own. */
const COMMAND = /`((?:'[^']*'|\\.|[^'\\`])+)`/gu;

/** Prose of the report: commands between backticks stay code, the rest is text. */
export function escapeProse(text: string): string {
  let from = 0;
  let out = '';
  for (const match of text.matchAll(COMMAND)) {
    out += escapeText(text.slice(from, match.index)) + codeSpan(match[1] ?? '');
    from = match.index + match[0].length;
  }
  return out + escapeText(text.slice(from));
}
