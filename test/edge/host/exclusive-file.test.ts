import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  assertCanBeMade,
  assertTakesFilesHere,
  writeNewFiles,
} from '../../../src/edge/host/exclusive-file.js';
import { invokingUser } from '../../../src/edge/host/invoking-user.js';

let folder = '';
const at = (name: string): string => path.join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mvd-new-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('new files', () => {
  it('are readable by one user', () => {
    writeNewFiles([{ file: at('a'), bytes: 'x' }], undefined);
    expect(statSync(at('a')).mode & 0o777).toBe(0o600);
    expect(readFileSync(at('a'), 'utf8')).toBe('x');
  });

  it.skipIf(process.getuid?.() !== 0)('belong to whoever they are for', () => {
    writeNewFiles([{ file: at('a'), bytes: 'x' }], { uid: 4711, gid: 4712 });
    expect(statSync(at('a'))).toMatchObject({ uid: 4711, gid: 4712 });
  });

  it('take no place that is taken, and leave what was there', () => {
    writeFileSync(at('b'), 'old');
    symlinkSync(at('elsewhere'), at('c'));
    for (const name of ['b', 'c']) {
      const files = [at('a'), at(name)].map((file) => ({ file, bytes: 'new' }));
      expect(() => writeNewFiles(files, undefined)).toThrow('it exists already');
      expect(() => assertCanBeMade(at(name))).toThrow('it exists already');
    }
    expect(readFileSync(at('b'), 'utf8')).toBe('old');
    expect(readdirSync(folder).toSorted()).toEqual(['b', 'c']);
    expect(existsSync(at('elsewhere'))).toBe(false);
  });

  it.each([
    ['nowhere/a', 'its folder does not exist'],
    ['file/a', 'its folder is not a folder'],
  ])('need a folder: %s', (name, why) => {
    writeFileSync(at('file'), '');
    expect(() => assertCanBeMade(at(name))).toThrow(why);
    expect(() => writeNewFiles([{ file: at(name), bytes: '' }], undefined)).toThrow(why);
  });
});

describe('a place that no file can be made in', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('is a name that is too long', () => {
    const long = at('x'.repeat(260));
    expect(() => assertCanBeMade(long)).toThrow(/^cannot write .*x: the name is too long$/u);
  });

  it('is a current folder that is gone', () => {
    assertTakesFilesHere();
    vi.spyOn(process, 'cwd').mockImplementation(() => {
      throw Object.assign(new Error('ENOENT: uv_cwd'), { code: 'ENOENT' });
    });
    expect(() => assertTakesFilesHere()).toThrow('cannot write .: the current folder is gone');
  });
});

describe('who a file is for', () => {
  it.skipIf(process.getuid?.() !== 0)('is whoever called sudo', () => {
    expect(invokingUser({ SUDO_UID: '1000', SUDO_GID: '100' })).toEqual({ uid: 1000, gid: 100 });
  });

  it.each([
    {},
    { SUDO_UID: '1000' },
    { SUDO_UID: '-1', SUDO_GID: '0' },
    { SUDO_UID: '1e3', SUDO_GID: '0' },
  ])('is nobody else without a proper number: %j', (env) =>
    expect(invokingUser(env)).toBeUndefined(),
  );
});
