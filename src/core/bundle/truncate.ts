// A text that is too long keeps its beginning and its end, and says how much is gone.

export interface Cut {
  readonly text: string;
  readonly isCut: boolean;
}

/** Whole lines where there are any. `most` counts UTF-16 units, of which none is more than three bytes. */
export function keepHeadAndTail(text: string, most: number): Cut {
  if (text.length <= most) return { text, isCut: false };
  const half = Math.floor(most / 2);
  const head = upToLineEnd(text.slice(0, half));
  const tail = fromLineStart(text.slice(text.length - half));
  const gone = text.length - head.length - tail.length;
  const lineEnd = head.endsWith('\n') ? '' : '\n';
  return { text: `${head}${lineEnd}[… ${gone} characters left out …]\n${tail}`, isCut: true };
}

function upToLineEnd(text: string): string {
  const at = text.lastIndexOf('\n');
  return at === -1 ? withoutHalf(text) : text.slice(0, at + 1);
}

function fromLineStart(text: string): string {
  const at = text.indexOf('\n');
  return at === -1 || at === text.length - 1
    ? text.replace(/^[\uDC00-\uDFFF]/, '')
    : text.slice(at + 1);
}

/** Without the first half of a character that was cut in two. */
function withoutHalf(text: string): string {
  return text.replace(/[\uD800-\uDBFF]$/, '');
}
