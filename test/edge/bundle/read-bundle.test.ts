import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packArchive } from '../../../src/edge/bundle/archive.js';
import { readBundle } from '../../../src/edge/bundle/read-bundle.js';
import { DoctorError } from '../../../src/model/errors.js';
import { forgedBundle, forgedTar } from '../../support/tar-forge.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mvd-read-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(bytes: Uint8Array | string, name = 'it'): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

/** The sentence with which it is refused; fails when it is not. */
async function refusalOf(file: string): Promise<string> {
  try {
    await readBundle(file);
  } catch (error) {
    if (error instanceof DoctorError) return error.message;
    throw error;
  }
  return expect.fail('it was read');
}

const FACTS = { name: 'b/facts/snapshot.json', content: '{"schemaVersion":1}' };

describe('what is read', () => {
  it('is a bundle, whatever else lies in it', async () => {
    const files = [
      { path: 'facts/snapshot.json', bytes: Buffer.from('{"a":"ä"}') },
      { path: 'manifest.json', bytes: Buffer.from('{}') },
      { path: 'raw/big', bytes: Buffer.alloc(2_000_000) },
    ];
    const file = fileOf(await packArchive('any-name', files));
    expect(await readBundle(file)).toEqual({ facts: '{"a":"ä"}', manifest: '{}' });
  });

  it('is a bare snapshot', async () => {
    expect(await readBundle(fileOf(' \n{"a":1}'))).toEqual({ facts: ' \n{"a":1}' });
  });

  it('is a bundle that was unpacked and packed again by tar', async () => {
    const plain = fileOf(forgedTar(FACTS), 'plain.tar');
    execFileSync('tar', ['-xf', plain, '-C', folder]);
    execFileSync('tar', ['-czf', path.join(folder, 'again'), '-C', folder, 'b']);
    expect(await readBundle(path.join(folder, 'again'))).toEqual({ facts: FACTS.content });
  });
});

describe('what is refused', () => {
  it.each<[string, Uint8Array | string, string]>([
    ['nothing', '', 'it is empty'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'it is neither a bundle nor a snapshot'],
    ['a list', '[1]', 'it is neither a bundle nor a snapshot'],
    ['a tar archive that is not packed', forgedTar(FACTS), 'it is neither a bundle nor a snapshot'],
    ['something else that is packed', gzipSync('hello'), 'it is cut off'],
    ['packed noise', gzipSync(Buffer.alloc(1024, 7)), 'it is no tar archive'],
    [
      'a bundle without facts',
      forgedBundle({ name: 'b/report.json' }),
      'there is no facts/snapshot.json in it',
    ],
    [
      'two bundles in one',
      forgedBundle(FACTS, { name: 'c/manifest.json' }),
      'it holds more than one folder',
    ],
    ['a link in it', forgedBundle(FACTS, { name: 'b/a', type: '2' }), 'it holds a symbolic link'],
    [
      'a folder too high',
      forgedBundle({ name: '../facts/snapshot.json' }),
      'it holds a path that leads out of it',
    ],
    [
      'deep JSON',
      forgedBundle({ ...FACTS, content: '['.repeat(2_000_000) }),
      'its JSON is nested too deeply',
    ],
    [
      'deep JSON without a bundle',
      `{"a":${'['.repeat(2_000_000)}`,
      'its JSON is nested too deeply',
    ],
    [
      'bytes that are no text',
      forgedBundle({ ...FACTS, content: Buffer.from([0x7b, 0xff, 0x7d]) }),
      'it is no text',
    ],
    ['a bomb', gzipSync(Buffer.alloc(200_000_000)), 'it unpacks to more than any bundle holds'],
    [
      'a small bomb',
      gzipSync(Buffer.alloc(20_000_000)),
      'it unpacks to more than any bundle holds',
    ],
    [
      'a bomb of many files',
      forgedBundle(...Array.from({ length: 2001 }, (_, at) => ({ name: `b/${at}` }))),
      'it holds too many files',
    ],
    [
      'huge facts',
      forgedBundle({
        ...FACTS,
        content: Buffer.concat([randomBytes(200_000), Buffer.alloc(17 * 1024 * 1024, 0x20)]),
      }),
      'is too large',
    ],
    ['a huge snapshot', Buffer.alloc(40_000_000, 0x7b), 'it is larger than any bundle'],
  ])('%s', async (_name, bytes, why) => {
    expect(await refusalOf(fileOf(bytes))).toContain(why);
  });

  it('a file that is not there, a folder, a device, a pipe, a circle', async () => {
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    symlinkSync('circle', path.join(folder, 'circle'));
    const odd = [
      path.join(folder, 'nowhere'),
      folder,
      '/dev/zero',
      pipe,
      path.join(folder, 'circle'),
    ];
    expect(await Promise.all(odd.map(refusalOf))).toEqual([
      expect.stringContaining('there is no such file'),
      expect.stringContaining('it is a folder'),
      expect.stringContaining('it is not a regular file'),
      expect.stringContaining('it is not a regular file'),
      expect.stringContaining('it is a circle of links'),
    ]);
  });

  it('a name that would move the cursor is spelt out', async () => {
    expect(await refusalOf('\u001B[2J')).toBe(
      String.raw`cannot read \u{1b}[2J: there is no such file`,
    );
  });
});

/** What cannot amount to much is unpacked at once, and all else in pieces. */
describe.each([
  { way: 'at once', noise: randomBytes(400), runs: 300 },
  { way: 'in pieces', noise: randomBytes(100_000), runs: 60 },
])('a damaged bundle that is unpacked $way', ({ noise, runs }) => {
  const good = forgedBundle(FACTS, { name: 'b/noise', content: noise });

  it('is read where it is not damaged', async () => {
    expect(await readBundle(fileOf(good))).toEqual({ facts: FACTS.content });
  });

  it('is cut anywhere and refused each time', async () => {
    for (let length = 1; length < good.length; length += Math.ceil(good.length / 60)) {
      expect(await refusalOf(fileOf(good.subarray(0, length)))).toMatch(/^cannot read /);
    }
  });

  it('is read or refused with a sentence, whichever bytes were changed', async () => {
    const change = fc.record({ at: fc.nat(good.length - 1), to: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = Buffer.from(good);
        for (const { at, to } of changes) bytes[at] = to;
        await readBundle(fileOf(bytes)).catch((error: unknown) => {
          expect(error).toBeInstanceOf(DoctorError);
          expect((error as Error).message).not.toMatch(/\n/);
        });
      }),
      { numRuns: runs },
    );
  });

  it('is read or refused with a sentence, whatever the tar archive in it has become', async () => {
    const tar = forgedTar(FACTS, { name: 'b/noise', content: noise });
    const change = fc.record({ at: fc.nat(tar.length - 1), to: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = Buffer.from(tar);
        for (const { at, to } of changes) bytes[at] = to;
        await readBundle(fileOf(gzipSync(bytes, { level: 1 }))).catch((error: unknown) => {
          expect(error).toBeInstanceOf(DoctorError);
        });
      }),
      { numRuns: runs },
    );
  });
});
