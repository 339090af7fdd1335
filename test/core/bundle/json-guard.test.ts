import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNestedTooDeeply, whyNotParsed } from '../../../src/core/bundle/json-guard.js';

/** White space that makes a text large enough to be looked at. */
const PADDING = Buffer.alloc(1024 * 1024, ' ');
const why = (text: string): string | undefined =>
  whyNotParsed(Buffer.concat([Buffer.from(text), PADDING]));

function keyed(count: number, start = ''): string[] {
  return Array.from({ length: count }, (_, at) => `"${start}${at}" : 1`);
}

describe('JSON from a stranger', () => {
  it.each([
    ['nested lists', '['.repeat(100_000), 'nested too deeply'],
    ['nested objects', '{"a":'.repeat(49), 'nested too deeply'],
    ['very many lists', `[${'[],'.repeat(350_000)}0]`, 'too many values'],
    ['very many numbers', `[${'0,'.repeat(700_000)}0]`, 'too many values'],
    ['an object of many keys', `{${keyed(10_001).join(',')}}`, 'too many different keys'],
    [
      'many objects of one key each',
      `[${keyed(10_001)
        .map((one) => `{${one}}`)
        .join(',')}]`,
      'too many different keys',
    ],
    [
      'keys that differ far behind their beginning',
      `{${keyed(10_001, 'k'.repeat(200)).join(',')}}`,
      'too many different keys',
    ],
  ])('is not parsed for %s', (_name, text, reason) => {
    expect(why(text)).toContain(reason);
  });

  it.each([
    ['brackets in a string', JSON.stringify('['.repeat(1000))],
    ['quotation marks in a string', JSON.stringify('"[['.repeat(1000))],
    ['backslashes before the end of a string', JSON.stringify(['\\'.repeat(1001), {}])],
    ['a string without an end', '"[[['],
    ['the same keys again and again', `[${'{"a":1,"b":[]},'.repeat(100_000)}0]`],
    ['as many keys as there may be', `{${keyed(10_000).join(',')}}`],
    ['colons in strings', JSON.stringify(Array.from({ length: 30_000 }, (_, at) => `"${at}":`))],
  ])('is parsed with %s', (_name, text) => {
    expect(why(text)).toBeUndefined();
  });

  it('never stops honest values', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 40 }), (text) => {
        expect(why(text)).toBeUndefined();
      }),
    );
  });

  it('is parsed whatever is in it, where it is too small to do harm', () => {
    expect(whyNotParsed(Buffer.from('['.repeat(1024 * 1024)))).toBeUndefined();
    expect(whyNotParsed(Buffer.from('['.repeat(1024 * 1024 + 1)))).toContain('too deeply');
  });

  it('counts the levels of a value whatever stands in its strings', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 100 }), (text, levels) => {
        const nested = `${`[${JSON.stringify(text)},`.repeat(levels)}0${']'.repeat(levels)}`;
        expect(why(nested) === undefined).toBe(levels <= 48);
        expect(isNestedTooDeeply(JSON.parse(nested))).toBe(levels > 48);
      }),
    );
  });

  it('is walked through no further than is safe once it is parsed', () => {
    const levels = 200_000;
    const value: unknown = JSON.parse(`${'{"a":['.repeat(levels)}0${']}'.repeat(levels)}`);
    expect(isNestedTooDeeply(value)).toBe(true);
    expect(isNestedTooDeeply([{ a: 1 }, null, 'text'])).toBe(false);
  });
});
