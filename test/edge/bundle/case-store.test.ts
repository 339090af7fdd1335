import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CaseStore, newCase, type CaseFile } from '../../../src/edge/bundle/case-store.js';
import { describeAsRoot } from '../../support/root.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mvdt-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const here = (): CaseStore => new CaseStore({ XDG_STATE_HOME: folder }, undefined);
const MEMORY = {
  mode: 'prefix',
  subnets: ['10.7.3.0/24'],
  names: [['shop', 'ctr-lamobi']],
  ids: [],
} as const;

function kept(caseId: string): CaseFile {
  const known = { ...newCase(caseId), memory: MEMORY };
  here().keep(known);
  return known;
}

describe('the cases of a user', () => {
  it('are kept in a folder and files that are the user’s alone', () => {
    kept('T-1');
    const file = here().fileOf('T-1');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
  });

  it('are found again as they were kept, and the newest counts', () => {
    const known = kept('T-1');
    expect(here().find('T-1')).toEqual(known);
    const later = { ...known, memory: { ...MEMORY, ids: ['3f'.repeat(32)] } };
    here().keep(later, MEMORY);
    expect(here().find('T-1')).toEqual(later);
    expect(readdirSync(here().folder)).toEqual(['mvd-map-T-1.json']);
  });

  it('are not lost to another run that begins the same case', () => {
    const first = kept('T-1');
    expect(() => kept('T-1')).toThrow(/another run has made this case meanwhile; run it again$/u);
    expect(here().find('T-1')).toEqual(first);
  });

  it('wait for a run that is at it, and see what it has written', () => {
    const known = kept('T-1');
    const file = here().fileOf('T-1');
    const theirs = {
      ...known,
      memory: { ...MEMORY, names: [...MEMORY.names, ['one', 'ctr-one']] },
    };
    writeFileSync(`${file}.lock`, '');
    writeFileSync(`${file}.theirs`, JSON.stringify(theirs));
    const script = 'sleep 0.3; mv "$1.theirs" "$1"; rm "$1.lock"';
    spawn('sh', ['-c', script, 'sh', file], { stdio: 'ignore' });
    const mine = { ...known, memory: { ...MEMORY, names: [...MEMORY.names, ['two', 'ctr-two']] } };
    here().keep(mine as CaseFile, MEMORY);
    const names = [...MEMORY.names, ['one', 'ctr-one'], ['two', 'ctr-two']];
    expect(here().find('T-1')?.memory?.names).toEqual(names);
    expect(readdirSync(here().folder)).toEqual(['mvd-map-T-1.json']);
  });

  it('are not locked for ever by a run that was killed', () => {
    const known = kept('T-1');
    const lock = `${here().fileOf('T-1')}.lock`;
    writeFileSync(lock, '');
    utimesSync(lock, new Date(0), new Date(0));
    here().keep({ ...known, memory: { ...MEMORY, ids: ['3f'.repeat(32)] } }, MEMORY);
    expect(here().find('T-1')?.memory?.ids).toEqual(['3f'.repeat(32)]);
    expect(readdirSync(here().folder)).toEqual(['mvd-map-T-1.json']);
  });

  it('remember what two runs at the same time have added', () => {
    const known = kept('T-1');
    const withName = (name: string, standIn: string): CaseFile => ({
      ...known,
      memory: { ...MEMORY, names: [...MEMORY.names, [name, standIn]] },
    });
    here().keep(withName('one', 'ctr-one'), MEMORY);
    here().keep(withName('two', 'ctr-two'), MEMORY);
    const names = [...MEMORY.names, ['one', 'ctr-one'], ['two', 'ctr-two']];
    expect(here().find('T-1')?.memory?.names).toEqual(names);
    for (const other of [
      withName('one', 'ctr-other'),
      withName('three', 'ctr-two'),
      { ...known, memory: { ...MEMORY, subnets: ['10.9.0.0/16'] } },
    ]) {
      expect(() => here().keep(other, MEMORY)).toThrow('another run has changed this case');
      expect(here().find('T-1')?.memory?.names).toEqual(names);
    }
  });

  it('are known by their names, whatever else lies there', () => {
    for (const caseId of ['b', 'T-1', 'a.c']) kept(caseId);
    writeFileSync(path.join(here().folder, 'notes.txt'), '');
    expect(here().list()).toEqual(['T-1', 'a.c', 'b']);
  });

  it('are none where nothing was ever kept', () => {
    expect(here().list()).toEqual([]);
    expect(here().find('T-1')).toBeUndefined();
  });

  it('have keys that have nothing in common', () => {
    const keys = Array.from({ length: 20 }, () => newCase('T-1').key);
    expect(new Set(keys).size).toBe(20);
    for (const key of keys) expect(key).toMatch(/^[\da-f]{64}$/u);
  });

  it.each([
    ['a relative folder counts as none', 'state', '.local/state/macvlan-doctor'],
    ['an empty one too', '', '.local/state/macvlan-doctor'],
  ])('lie at home: %s', (_name, told, place) => {
    const store = new CaseStore({ XDG_STATE_HOME: told }, undefined);
    expect(store.folder.endsWith(place)).toBe(true);
    expect(path.isAbsolute(store.folder)).toBe(true);
  });
});

describeAsRoot('the cases of somebody who called sudo', () => {
  it('are theirs, made with their rights', () => {
    const owner = { uid: 4711, gid: 4712 };
    const env = { XDG_STATE_HOME: folder, SUDO_USER: path.basename(folder) };
    const store = new CaseStore(env, owner);
    // Root's own variable is not that user's; nobody has the number, so the home is the usual one.
    expect(store.folder).toBe(`/home/${path.basename(folder)}/.local/state/macvlan-doctor`);
    expect(() => {
      store.keep(newCase('T-1'));
    }).toThrow(/^cannot write .*macvlan-doctor: permission denied$/u);
    expect(existsSync(`/home/${path.basename(folder)}`)).toBe(false);
    expect(process.geteuid?.()).toBe(0);
  });
});

describe('a file that is broken', () => {
  const whole = { schemaVersion: 1, case: 'T-1', key: 'ab'.repeat(32), memory: MEMORY };
  it.each([
    ['is empty', ''],
    ['is cut', JSON.stringify(whole).slice(0, 80)],
    ['is something else', '[1,2]'],
    ['is nothing', 'null'],
    ['is of a later version', JSON.stringify({ ...whole, schemaVersion: 2 })],
    ['has no key', JSON.stringify({ ...whole, key: undefined })],
    ['has half a key', JSON.stringify({ ...whole, key: 'abcd' })],
    ['has a memory that is none', JSON.stringify({ ...whole, memory: 7 })],
    [
      'was masked in no way there is',
      JSON.stringify({ ...whole, memory: { ...MEMORY, mode: 'none' } }),
    ],
    [
      'has names without stand-ins',
      JSON.stringify({ ...whole, memory: { ...MEMORY, names: [['shop']] } }),
    ],
    [
      'has subnets that are none',
      JSON.stringify({ ...whole, memory: { ...MEMORY, subnets: [24] } }),
    ],
    ['lacks its ids', JSON.stringify({ ...whole, memory: { ...MEMORY, ids: undefined } })],
    ['has odd addresses', JSON.stringify({ ...whole, memory: { ...MEMORY, addresses: {} } })],
    ['has odd pairs', JSON.stringify({ ...whole, memory: { ...MEMORY, former: [['a', 1]] } })],
  ])('because it %s is told of in one sentence, and left as it is', (_name, text) => {
    const store = here();
    mkdirSync(store.folder, { recursive: true });
    writeFileSync(store.fileOf('T-1'), text);
    expect(() => store.find('T-1')).toThrow(
      /^cannot read .*mvd-map-T-1\.json: it holds no key of ours$/u,
    );
    expect(readFileSync(store.fileOf('T-1'), 'utf8')).toBe(text);
  });

  it('is read where it is whole, without what later versions remember', () => {
    mkdirSync(here().folder, { recursive: true });
    writeFileSync(here().fileOf('T-1'), JSON.stringify(whole));
    expect(here().find('T-1')).toEqual(whole);
  });

  it('is told of where it is a folder', () => {
    mkdirSync(here().fileOf('T-1'), { recursive: true });
    expect(() => here().find('T-1')).toThrow(/^cannot read /u);
  });
});

describe('a folder that takes nothing', () => {
  it('is told of, and holds what it held', () => {
    // Not even root can make a folder where a file lies.
    writeFileSync(path.join(folder, 'macvlan-doctor'), 'in the way');
    expect(() => kept('T-1')).toThrow(/^cannot write .*macvlan-doctor: /u);
    expect(() => {
      here().prepare();
    }).toThrow(/^cannot write .*macvlan-doctor: /u);
    expect(readFileSync(path.join(folder, 'macvlan-doctor'), 'utf8')).toBe('in the way');
  });

  it('keeps a case that is there when its new version cannot be put in its place', () => {
    const known = kept('T-1');
    mkdirSync(here().fileOf('T-2'));
    chmodSync(here().fileOf('T-2'), 0o700);
    expect(() => kept('T-2')).toThrow(/^cannot read .*mvd-map-T-2\.json: /u);
    expect(here().find('T-1')).toEqual(known);
    expect(readdirSync(here().folder).toSorted()).toEqual(['mvd-map-T-1.json', 'mvd-map-T-2.json']);
  });
});
