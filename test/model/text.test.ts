import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, shellWord } from '../../src/model/text.js';

const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe('printable', () => {
  it('spells out what could move a cursor or hide', () => {
    expect(printable('web')).toBe('web');
    expect(printable('größe 日本')).toBe('größe 日本');
    expect(printable('a\u001B[31mb\nc')).toBe(String.raw`a\u{1b}[31mb\u{a}c`);
    expect(printable('x\u202Ey')).toBe(String.raw`x\u{202e}y`);
  });

  it('leaves nothing unprintable in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(CONTROL);
      }),
    );
  });
});

describe('shellWord', () => {
  it('leaves plain words alone', () => {
    expect(shellWord('192.0.2.5/32')).toBe('192.0.2.5/32');
    expect(shellWord('')).toBe("''");
    expect(shellWord("it's")).toBe(String.raw`'it'\''s'`);
  });

  it('means exactly its word to a POSIX shell, and holds no control character', () => {
    // A command substitution drops newlines at the end of a word, and no shell word holds NUL.
    const word = fc
      .string({ unit: 'binary', maxLength: 12 })
      .filter((text) => !/\0|\n$/.test(text));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
        const quoted = words.map((text) => shellWord(text));
        for (const text of quoted) expect(text).not.toMatch(CONTROL);
        const script = quoted.map((text) => String.raw`printf '%s\0' ${text}`).join(';');
        const said = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
        expect(said.split('\0').slice(0, -1)).toEqual(words);
      }),
      { numRuns: 30 },
    );
  });
});
