import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendOutputFile, writeOutputFile } from '../../../src/edge/host/output-file.js';

let folder = '';
const inFolder = (name: string): string => path.join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mvd-output-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('writeOutputFile', () => {
  it('makes a file, and replaces it as a whole', async () => {
    await writeOutputFile(inFolder('a.json'), 'a long first text');
    await writeOutputFile(inFolder('a.json'), 'second');
    expect(readFileSync(inFolder('a.json'), 'utf8')).toBe('second');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it("does not follow somebody's symbolic link", async () => {
    writeFileSync(inFolder('victim'), 'keep me');
    symlinkSync('victim', inFolder('a.json'));
    await expect(writeOutputFile(inFolder('a.json'), 'x')).rejects.toThrow(
      'it is something else than a regular file',
    );
    expect(readFileSync(inFolder('victim'), 'utf8')).toBe('keep me');
    expect(lstatSync(inFolder('a.json')).isSymbolicLink()).toBe(true);
  });

  it.each([
    ['a folder', '.', 'it is a folder'],
    ['a folder that is missing', 'no/such/file', 'its folder does not exist'],
    ['a folder that is a file', 'file/x', 'its folder is not a folder'],
    ['a name without end', 'x'.repeat(300), 'the name is too long'],
  ])('refuses %s, with its reason', async (_what, name, reason) => {
    writeFileSync(inFolder('file'), '');
    await expect(writeOutputFile(inFolder(name), 'x')).rejects.toMatchObject({
      name: 'DoctorError',
      code: 'unwritable-file',
      message: expect.stringContaining(reason) as string,
    });
  });

  it('refuses a device', async () => {
    await expect(writeOutputFile('/dev/null', 'x')).rejects.toThrow(
      'something else than a regular file',
    );
  });

  it('prints a name with an escape sequence spelt out', async () => {
    mkdirSync(inFolder('\u001B[2J'));
    await expect(writeOutputFile(inFolder('\u001B[2J'), 'x')).rejects.toThrow(
      String.raw`\u{1b}[2J`,
    );
  });
});

describe('appendOutputFile', () => {
  it('adds to what is there, and tells how much that is', async () => {
    const sizes: number[] = [];
    const add = (text: string): Promise<void> =>
      appendOutputFile(inFolder('summary'), (size) => {
        sizes.push(size);
        return text;
      });
    await add('first');
    await add('second');
    expect(readFileSync(inFolder('summary'), 'utf8')).toBe('firstsecond');
    expect(sizes).toEqual([0, 5]);
  });

  it('follows no symbolic link, and fills no folder', async () => {
    writeFileSync(inFolder('victim'), 'keep me');
    symlinkSync('victim', inFolder('summary'));
    for (const name of ['summary', '.']) {
      await expect(appendOutputFile(inFolder(name), () => 'x')).rejects.toMatchObject({
        code: 'unwritable-file',
      });
    }
    expect(readFileSync(inFolder('victim'), 'utf8')).toBe('keep me');
  });
});
