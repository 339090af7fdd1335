import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packArchive } from '../../../src/edge/bundle/archive.js';

const FILES = [
  { path: 'z.txt', bytes: Buffer.from('last') },
  { path: 'facts/snapshot.json', bytes: Buffer.from('{}\n') },
  { path: 'empty', bytes: Buffer.alloc(0) },
];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mvd-archive-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('gives the same bytes for the same files, in whatever order they come', async () => {
  const [first, again, turned] = await Promise.all([
    packArchive('b', FILES),
    packArchive('b', FILES),
    packArchive('b', FILES.toReversed()),
  ]);
  expect(first.equals(again)).toBe(true);
  expect(first.equals(turned)).toBe(true);
  expect((await packArchive('c', FILES)).equals(first)).toBe(false);
});

it('is what tar reads, with nobody and no time in it', async () => {
  const file = path.join(folder, 'b.tar.gz');
  writeFileSync(file, await packArchive('b', FILES));
  const listed = execFileSync('tar', ['--utc', '--full-time', '-tvzf', file], { encoding: 'utf8' });
  expect(listed.trim().split('\n')).toEqual([
    '-rw------- 0/0               0 2000-01-01 00:00:00 b/empty',
    '-rw------- 0/0               3 2000-01-01 00:00:00 b/facts/snapshot.json',
    '-rw------- 0/0               4 2000-01-01 00:00:00 b/z.txt',
  ]);
  const text = execFileSync('tar', ['-xzOf', file, 'b/z.txt'], { encoding: 'utf8' });
  expect(text).toBe('last');
});
