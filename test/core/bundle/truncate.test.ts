import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepHeadAndTail } from '../../../src/core/bundle/truncate.js';

const LEFT_OUT = /\[… (\d+) characters left out …\]\n/u;

describe('a text that is too long', () => {
  it.each([
    ['nothing is cut where it fits', 'a\nb\n', 4, 'a\nb\n'],
    [
      'whole lines of both ends stay',
      'one\ntwo\nthree\nfour\nfive\n',
      18,
      'one\ntwo\n[… 11 characters left out …]\nfive\n',
    ],
    [
      'one long line keeps both of its ends',
      'abcdefghij',
      4,
      'ab\n[… 6 characters left out …]\nij',
    ],
    ['a character is not cut in two', '😀😀😀', 2, '\n[… 6 characters left out …]\n'],
  ])('%s', (_name, text, most, kept) => {
    expect(keepHeadAndTail(text, most)).toEqual({ text: kept, isCut: kept !== text });
  });

  it('keeps its beginning and its end, says truly how much is gone, and holds no half character', () => {
    const line = fc.string({ unit: 'binary', maxLength: 12 });
    const lines = fc.array(line, { maxLength: 20 }).map((all) => all.join('\n'));
    fc.assert(
      fc.property(lines, fc.integer({ min: 2, max: 80 }), (text, most) => {
        const cut = keepHeadAndTail(text, most);
        expect(cut.isCut).toBe(text.length > most);
        if (!cut.isCut) return;
        const mark = [...cut.text.matchAll(new RegExp(LEFT_OUT, 'gu'))].at(-1);
        const shown = cut.text.slice(0, mark?.index);
        const tail = cut.text.slice((mark?.index ?? 0) + (mark?.[0].length ?? 0));
        // Half a line gets an end, so that the mark stands on its own.
        const heads = [shown, shown.slice(0, -1)].filter((head) => text.startsWith(head));
        const lengths = heads.map((head) => head.length + Number(mark?.[1]) + tail.length);
        expect(lengths).toContain(text.length);
        expect(text.endsWith(tail)).toBe(true);
        expect(text.length - Number(mark?.[1])).toBeLessThanOrEqual(most);
        expect(cut.text).not.toMatch(/[\uD800-\uDFFF]/u);
      }),
    );
  });
});
