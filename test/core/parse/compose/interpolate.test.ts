import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDotEnv } from '../../../../src/core/parse/compose/dot-env.js';
import { replaced } from '../../../../src/core/parse/compose/interpolate.js';

const PLACE = { file: 'compose.yaml', line: 1, column: 1 };

function filledIn(text: string, variables: Record<string, string> = {}): string {
  return replaced(text, PLACE, { variables, missing: () => undefined });
}

const SET = { A: 'a', EMPTY: '', LONG_1: 'l' };

describe('variables in a Compose file', () => {
  it.each([
    ['$A', 'a'],
    ['${A}', 'a'],
    ['x-$A-$LONG_1.', 'x-a-l.'],
    ['$$A', '$A'],
    ['$${A}', '${A}'],
    ['$NONE', ''],
    ['${NONE:-d}', 'd'],
    ['${NONE-d}', 'd'],
    ['${EMPTY:-d}', 'd'],
    ['${EMPTY-d}', ''],
    ['${A:-d}', 'a'],
    ['${A:+r}', 'r'],
    ['${EMPTY:+r}', ''],
    ['${EMPTY+r}', 'r'],
    ['${NONE+r}', ''],
    ['${NONE:-${EMPTY:-$A}}', 'a'],
    ['${NONE:-a}b}', 'ab}'],
    ['${A:?why}', 'a'],
    ['${EMPTY?why}', ''],
  ])('%s is "%s"', (text, value) => {
    expect(filledIn(text, SET)).toBe(value);
  });

  it.each(['$', '${}', '${A', '$1', '${A!}', '${ A }'])('%s is none', (text) => {
    expect(() => filledIn(text, SET)).toThrow(/^compose\.yaml:1:1: invalid interpolation format/u);
  });

  it('leave a text without a dollar as it is, and give back any text that is escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(filledIn(text.replaceAll('$', '$$$$'))).toBe(text);
      }),
    );
  });

  it('a value is put in as it is, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(filledIn('${A-none}', { A: value })).toBe(value);
      }),
    );
  });

  it('any text ends in a text or in one sentence, and soon', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('$', '{', '}', ':', '-', '?', '+', 'A', ' ') }),
        (text) => {
          try {
            expect(typeof filledIn(text, SET)).toBe('string');
          } catch (error) {
            expect(String(error)).toContain('compose.yaml:1:1: ');
          }
        },
      ),
    );
  });
});

describe('.env', () => {
  it.each([
    ['A=1', { A: '1' }],
    ['export A=1\r\nB = 2 # two\r\n', { A: '1', B: '2' }],
    ['# A=1\n\nnonsense\n', {}],
    [`A="x # y" # z\nB='$C'\n`, { A: 'x # y', B: '$C' }],
    ['A="say \\"hi\\""', { A: 'say "hi"' }],
    ['A=a#b', { A: 'a#b' }],
    ['A=\nA=2', { A: '2' }],
  ])('%j', (text, variables) => {
    expect(readDotEnv(text)).toEqual(variables);
  });
});
