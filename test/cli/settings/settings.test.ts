// Whose file counts, what it may say, and what wins over it.
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isOverruled, valueFor, type FlagShape } from '../../../src/cli/settings/defaults.js';
import { assertWords } from '../../../src/cli/settings/known-words.js';
import { isSameFile } from '../../../src/cli/workflows/baseline.js';
import {
  pathWithin,
  readSettings,
  type Settings,
  type Who,
} from '../../../src/cli/workflows/settings.js';

const known = new Map([['run', new Set(['strict', 'timeout'])]]);
const ME = process.getuid?.() ?? 0;
const SOMEBODY = ME + 4711;

let folder = '';
const inFolder = (...names: string[]): string => path.join(folder, ...names);

const MINE: Who = { uid: ME, sudoUid: undefined };

function read(from = folder, who = MINE): Promise<Settings> {
  return readSettings({ command: 'run', known, from, who });
}

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'mvd-settings-')));
  mkdirSync(inFolder('a/b'), { recursive: true });
  writeFileSync(inFolder('macvlan-doctor.yaml'), 'strict: true\n', { mode: 0o644 });
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('finding the file', () => {
  it('is looked for upwards, and the nearest counts', async () => {
    expect((await read(inFolder('a/b'))).file).toBe(inFolder('macvlan-doctor.yaml'));
    writeFileSync(inFolder('a/macvlan-doctor.yaml'), 'timeout: 300\n', { mode: 0o644 });
    const { file, settings } = await read(inFolder('a/b'));
    expect(file).toBe(inFolder('a/macvlan-doctor.yaml'));
    expect(settings.map(({ name }) => name)).toEqual(['timeout']);
  });

  it('none is nothing to speak of', async () => {
    rmSync(inFolder('macvlan-doctor.yaml'));
    expect((await read()).settings).toEqual([]);
  });
});

describe('whose file counts', () => {
  const NOT_MINE = /is not used: it belongs to another user; --config names it all the same$/;

  it.each([
    ['my own', ME, undefined, true],
    ["another user's", SOMEBODY, undefined, ME === 0],
    ['that of who became root by sudo', 0, ME, true],
    ["another's, under sudo", 0, SOMEBODY, ME === 0],
    ['where there are no users', undefined, undefined, true],
  ])('%s', async (_what, uid, sudoUid, isUsed) => {
    const { settings, notes } = await read(folder, { uid, sudoUid });
    expect(settings).toHaveLength(isUsed ? 1 : 0);
    expect(notes).toEqual(isUsed ? [] : [expect.stringMatching(NOT_MINE)]);
  });

  it('one that everybody can write to is passed over, and the next one above counts', async () => {
    const open = inFolder('a/macvlan-doctor.yaml');
    writeFileSync(open, 'timeout: 1\n');
    chmodSync(open, 0o666);
    const { file, notes } = await read(inFolder('a'));
    expect(file).toBe(inFolder('macvlan-doctor.yaml'));
    expect(notes).toEqual([expect.stringContaining(`${open} is not used: everybody can write`)]);
  });

  it('a symbolic link is passed over: it may lead anywhere', async () => {
    symlinkSync('../macvlan-doctor.yaml', inFolder('a/macvlan-doctor.yaml'));
    const { notes } = await read(inFolder('a'));
    expect(notes).toEqual([expect.stringContaining('it is no regular file')]);
  });

  it('one that the user names is read', async () => {
    const file = inFolder('a/other.yaml');
    writeFileSync(file, 'timeout: 300\n');
    chmodSync(file, 0o666);
    const who = { uid: SOMEBODY, sudoUid: undefined };
    const { settings } = await readSettings({ command: 'run', known, from: folder, who, file });
    expect(settings).toMatchObject([{ name: 'timeout', at: `${file}:1:10` }]);
  });
});

describe('a path in the file', () => {
  const setting = { name: 'baseline', value: 'x', at: 's:1:1' };
  const settingsFile = (): string => inFolder('a/macvlan-doctor.yaml');

  it('counts from the folder of the file', () => {
    const given = pathWithin('b/known.yaml', setting, settingsFile());
    expect(path.resolve(given)).toBe(inFolder('a/b/known.yaml'));
  });

  it('is told in full where the current folder is gone', () => {
    vi.spyOn(process, 'cwd').mockImplementation(() => {
      throw new Error('ENOENT: no such file or directory, uv_cwd');
    });
    expect(pathWithin('b/known.yaml', setting, settingsFile())).toBe(inFolder('a/b/known.yaml'));
    expect(isSameFile('x.yaml', './x.yaml')).toBe(true);
    expect(isSameFile('x.yaml', 'y.yaml')).toBe(false);
    vi.restoreAllMocks();
  });

  it.each(['../known.yaml', '/etc/known.yaml', 'out/known.yaml', 'b/../../known.yaml'])(
    '%s leads outside and is refused',
    (given) => {
      symlinkSync('..', inFolder('a/out'));
      expect(() => pathWithin(given, setting, settingsFile())).toThrow(
        `s:1:1: ${given} is outside the folder of this file`,
      );
    },
  );
});

describe('values', () => {
  const shapes: Readonly<Record<string, FlagShape>> = {
    strict: { type: 'boolean' },
    parent: { type: 'option', multiple: true },
    'fail-on': { type: 'option', options: ['fail', 'warn'] },
    json: { type: 'boolean' },
    format: { type: 'option', multiple: true },
    quiet: { type: 'boolean', exclusive: ['verbose'] },
    verbose: { type: 'boolean' },
  };
  const setting = (name: string, value: boolean | string | string[]) => ({
    name,
    value,
    at: 's:1:2',
  });
  const of = (name: string, value: boolean | string | string[]): Promise<unknown> =>
    valueFor(shapes[name] ?? { type: 'option' }, setting(name, value));

  it('are what the flag takes', async () => {
    expect(await of('strict', true)).toBe(true);
    expect(await of('parent', 'eth0')).toEqual(['eth0']);
    expect(await of('parent', ['eth0', 'eth1'])).toEqual(['eth0', 'eth1']);
    expect(await of('fail-on', 'warn')).toBe('warn');
  });

  it.each([
    ['strict', 'yes', 's:1:2: strict: true or false is expected'],
    ['fail-on', 'all', 's:1:2: fail-on: one of fail, warn is expected'],
    ['fail-on', ['fail'], 's:1:2: fail-on: one value is expected, not a list'],
  ])('%s: %j is refused with its place', async (name, value, message) => {
    await expect(of(name, value)).rejects.toThrow(message);
  });

  it.each([
    ['strict', ['strict'], true],
    ['strict', ['quiet'], false],
    ['quiet', ['verbose'], true],
    ['verbose', ['quiet'], true],
    ['format', ['json'], true],
  ])('%s beside the given %o is overruled: %o', (name, given, expected) => {
    expect(isOverruled(setting(name, true), new Set(given), shapes)).toBe(expected);
  });
});

describe('words of a list', () => {
  const setting = (name: string, value: string | readonly string[]) => ({
    name,
    value,
    at: 's.yaml:2:7',
    itemsAt: ['s.yaml:3:5', 's.yaml:4:5'],
  });

  it.each([
    ['only', ['parent-down', 'mode-private']],
    ['skip', 'mode-private'],
    ['expect', ['host-access, internet']],
    ['parent', ['anything']],
  ])('are known: %s %j', async (name, value) => {
    await expect(assertWords(setting(name, value))).resolves.toBeUndefined();
  });

  it.each([
    ['skip', ['parent-down', 'mode-privat'], /^s\.yaml:4:5: there is no check called mode-privat$/],
    ['only', ['parent-down,peace'], /^s\.yaml:3:5: there is no check called peace$/],
    ['expect', ['peace'], /^s\.yaml:3:5: expect does not know peace; there are host-access, /],
  ])('or refused at their place: %s %j', async (name, value, says) => {
    await expect(assertWords(setting(name, value))).rejects.toThrow(says);
  });
});
