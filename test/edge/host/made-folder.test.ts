// Folders with those above them, also where a place takes none.
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeFolder } from '../../../src/edge/host/made-folder.js';

let home = '';
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'mvdt-folder-'));
});
afterAll(() => rmSync(home, { recursive: true }));

it('makes all that are missing, for one user, and leaves what is there', () => {
  const folder = path.join(home, 'a', 'b', 'c');
  makeFolder(folder);
  makeFolder(folder);
  for (const one of [folder, path.dirname(folder)]) expect(statSync(one).mode & 0o777).toBe(0o700);
});

it('goes through a link to a folder', () => {
  mkdirSync(path.join(home, 'real'));
  symlinkSync('real', path.join(home, 'link'));
  makeFolder(path.join(home, 'link'));
  makeFolder(path.join(home, 'link', 'new'));
  expect(statSync(path.join(home, 'real', 'new')).isDirectory()).toBe(true);
});

it.each([
  ['a file', 'file', 'EEXIST'],
  ['a file above', 'file/new', 'ENOTDIR'],
  ['a link to nothing', 'nothing', 'EEXIST'],
])('says so where %s is in the way', (_what, name, code) => {
  writeFileSync(path.join(home, 'file'), '');
  rmSync(path.join(home, 'nothing'), { force: true });
  symlinkSync('nowhere', path.join(home, 'nothing'));
  expect(() => {
    makeFolder(path.join(home, name));
  }).toThrow(expect.objectContaining({ code }));
});

it.skipIf(process.platform !== 'linux')('comes to an end in a place that takes none', () => {
  expect(() => {
    makeFolder('/proc/macvlan-doctor');
  }).toThrow(expect.objectContaining({ code: 'ENOENT' }));
});
