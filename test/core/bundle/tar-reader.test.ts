import { describe, expect, it } from 'vitest';
import { TarReader } from '../../../src/core/bundle/tar-reader.js';
import { forgedEntry, forgedTar, type Forged } from '../../support/tar-forge.js';

const LIMITS = { entries: 3, fileBytes: 1000 };

function read(bytes: Uint8Array, pieceBytes = bytes.length): Map<string, string> {
  const reader = new TarReader((path) => path.startsWith('keep/'), LIMITS);
  for (let at = 0; at < bytes.length; at += pieceBytes)
    reader.push(bytes.subarray(at, at + pieceBytes));
  return new Map(
    [...reader.end().kept].map(([path, kept]) => [path, Buffer.from(kept).toString()]),
  );
}

const GOOD = forgedTar(
  { name: 'keep/a', content: 'a'.repeat(700) },
  { name: 'drop/b', content: 'b'.repeat(5000) },
  { name: 'keep/c', content: '' },
);

describe('a tar archive', () => {
  it.each([1, 7, 511, 512, 513, 100_000])('is read in pieces of %i bytes', (pieceBytes) => {
    const kept = read(GOOD, pieceBytes);
    expect([...kept]).toEqual([
      ['keep/a', 'a'.repeat(700)],
      ['keep/c', ''],
    ]);
  });

  it('may hold folders', () => {
    expect([
      ...read(forgedTar({ name: 'keep/', type: '5' }, { name: 'keep/a', content: 'x' })),
    ]).toEqual([['keep/a', 'x']]);
  });

  it.each<[string, Forged[]]>([
    ['a link', [{ name: 'keep/a', type: '1' }]],
    ['a symbolic link', [{ name: 'keep/a', type: '2' }]],
    ['a device', [{ name: 'keep/a', type: '3' }]],
    ['a device', [{ name: 'keep/a', type: '4' }]],
    ['a named pipe', [{ name: 'keep/a', type: '6' }]],
    ['extension headers', [{ name: 'keep/a', type: 'x', content: '15 path=/etc/x\n' }]],
    ['extension headers', [{ name: 'keep/a', type: 'g', size: 4_000_000 }]],
    ['a name that is too long', [{ name: 'keep/a', type: 'L', size: 4_000_000 }]],
    ['something of an unknown kind', [{ name: 'keep/a', type: 'Z' }]],
    ['an absolute path', [{ name: '/etc/passwd' }]],
    ['a path that leads out of it', [{ name: 'keep/../../etc/passwd' }]],
    ['a path that leads out of it', [{ name: '..' }]],
    ['a path that no bundle has', [{ name: 'keep/./a' }]],
    ['a path that no bundle has', [{ name: 'keep//a' }]],
    ['a path that no bundle has', [{ name: 'keep\\a' }]],
    ['a path that no bundle has', [{ name: 'C:/a' }]],
    ['a path that no bundle has', [{ name: 'keep/\u001B[2J' }]],
    ['a path that no bundle has', [{ name: '' }]],
    ['keep/a twice', [{ name: 'keep/a' }, { name: 'keep/a' }]],
    ['too many files', ['a', 'b', 'c', 'd'].map((name) => ({ name }))],
    ['keep/a in it is too large', [{ name: 'keep/a', size: 1001 }]],
    ['keep/a in it is too large', [{ name: 'keep/a', size: 8 ** 11 - 1 }]],
  ])('is refused for %s', (why, entries) => {
    expect(() => read(forgedTar(...entries))).toThrow(why);
  });

  it.each([1, 511, 512, 1023, 1024, 3000, GOOD.length - 1024])(
    'is refused when cut after %i bytes',
    (length) => {
      expect(() => read(GOOD.subarray(0, length))).toThrow('it is cut off');
    },
  );

  it('is refused when a header is damaged', () => {
    const bytes = Buffer.from(forgedEntry({ name: 'keep/a' }));
    bytes[0] = 0x6c;
    expect(() => read(bytes)).toThrow('it is no tar archive');
  });

  it('claims no memory for what is not kept', () => {
    const claims = forgedEntry({ name: 'drop/a', size: 8 ** 11 - 1 });
    expect(() => read(claims)).toThrow('it is cut off');
  });
});
