import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { cutEnd, cutMiddle, widthOf, wrap, wrapAdvice } from '../../../src/core/reporters/width.js';

describe('cutMiddle', () => {
  it.each([
    ['web', 10, 'web'],
    ['container-with-a-long-name-7', 12, 'contai…ame-7'],
    ['日本語日本語', 7, '日…語'],
    ['ab', 1, '…'],
    ['e\u0301e\u0301e\u0301e\u0301', 3, 'e\u0301…e\u0301'],
  ])('%s in %i columns is %s', (text, columns, expected) => {
    expect(cutMiddle(text, columns)).toBe(expected);
  });

  it.each(['a[', 'e\u0301', '日'])('looks at the ends alone of very many %s', (unit) => {
    const segment = vi.spyOn(Intl.Segmenter.prototype, 'segment');
    const cut = cutMiddle(unit.repeat(20_000), 10);
    const longest = Math.max(0, ...segment.mock.calls.map(([text]) => text.length));
    segment.mockRestore();
    expect(cut).toBe(cutMiddle(unit.repeat(20), 10));
    expect(longest).toBeLessThan(1000);
  });

  it('never gets wider than it may', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 30 }),
        (text, columns) => {
          expect(widthOf(cutMiddle(text, columns))).toBeLessThanOrEqual(columns);
          expect(widthOf(cutEnd(text, columns))).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });
});

describe('wrap', () => {
  it('breaks between words', () => {
    expect(wrap('the parent never hands a frame to its own children', 20)).toEqual([
      'the parent never',
      'hands a frame to its',
      'own children',
    ]);
  });

  it('breaks a word only when it is wider than a line', () => {
    expect(wrap('in /run/docker/netns/0000f00000a1 now', 12)).toEqual([
      'in',
      '/run/docker/',
      'netns/0000f0',
      '0000a1 now',
    ]);
  });

  it.each(['日', 'e\u0301', 'a'])('breaks a word of very many %s piece by piece', (unit) => {
    const word = unit.repeat(20_000);
    const segment = vi.spyOn(Intl.Segmenter.prototype, 'segment');
    const lines = wrap(word, 10);
    const longest = Math.max(0, ...segment.mock.calls.map(([text]) => text.length));
    segment.mockRestore();
    expect(lines.join('')).toBe(word);
    expect(lines.slice(0, -1).every((line) => widthOf(line) === 10)).toBe(true);
    expect(longest).toBeLessThan(1000);
  });

  it('gives no line for no text', () => {
    expect(wrap('  ', 20)).toEqual([]);
  });
});

describe('wrapAdvice', () => {
  it('leaves commands whole, with what they quote', () => {
    expect(
      wrapAdvice("Stop it, then `docker network rm 'a `b` c'` and `docker start x`, by hand.", 21),
    ).toEqual([
      'Stop it, then',
      "`docker network rm 'a `b` c'`",
      'and `docker start x`,',
      'by hand.',
    ]);
  });

  it('wraps the rest as ever', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z ]*$/u),
        fc.integer({ min: 1, max: 30 }),
        (text, columns) => {
          expect(wrapAdvice(text, columns)).toEqual(wrap(text, columns));
        },
      ),
    );
  });
});
