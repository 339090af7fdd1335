import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whyNotParsed } from '../../../src/core/bundle/json-guard.js';

const why = (text: string): string | undefined => whyNotParsed(Buffer.from(text));

describe('JSON from a stranger', () => {
  it.each([
    ['nested lists', '['.repeat(100_000), 'nested too deeply'],
    ['nested objects', '{"a":'.repeat(49), 'nested too deeply'],
    ['a million lists', `[${'[],'.repeat(1_000_000)}0]`, 'too many values'],
    ['a million numbers', `[${'0,'.repeat(1_000_001)}0]`, 'too many values'],
  ])('is not parsed for %s', (_name, text, reason) => {
    expect(why(text)).toContain(reason);
  });

  it.each([
    ['brackets in a string', JSON.stringify('['.repeat(1000))],
    ['quotation marks in a string', JSON.stringify('"[['.repeat(1000))],
    ['backslashes before the end of a string', JSON.stringify(['\\'.repeat(1001), {}])],
    ['a string without an end', '"[[['],
  ])('is parsed with %s', (_name, text) => {
    expect(why(text)).toBeUndefined();
  });

  it('never stops honest values', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 40 }), (text) => why(text) === undefined));
  });

  it('counts the levels of a value whatever stands in its strings', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 100 }), (text, levels) => {
        const nested = `${`[${JSON.stringify(text)},`.repeat(levels)}0${']'.repeat(levels)}`;
        expect(why(nested) === undefined).toBe(levels <= 48);
      }),
    );
  });
});
