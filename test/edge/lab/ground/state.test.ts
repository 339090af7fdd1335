import { mkdtempSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allPids, identify, isAlive } from '../../../../src/edge/lab/ground/process-identity.js';
import {
  labsFolder,
  readStates,
  removeState,
  writeState,
  type LabState,
} from '../../../../src/edge/lab/ground/state.js';

const state: LabState = {
  id: 'abc234',
  scenario: 'parent-down',
  seed: 3,
  owner: { pid: 1, startTime: 2 },
  isStanding: false,
  namespaces: ['mvd-abc234-host'],
};

describe('notes of labs', () => {
  let top: string;
  let folder: string;
  beforeEach(() => {
    top = mkdtempSync(path.join(tmpdir(), 'mvdt-state-'));
    folder = path.join(top, 'macvlan-doctor', 'labs');
  });
  afterEach(() => {
    rmSync(top, { recursive: true, force: true });
  });

  it('come back as they were written, and leave no folder behind', () => {
    expect(readStates(folder)).toEqual([]);
    writeState(folder, state);
    writeState(folder, { ...state, isStanding: true });
    expect(readStates(folder)).toEqual([{ ...state, isStanding: true }]);
    removeState(folder, state.id);
    removeState(folder, state.id);
    expect(existsSync(path.join(top, 'macvlan-doctor'))).toBe(false);
  });

  it('pass over garbage, half-written files and files under another name', () => {
    writeState(folder, state);
    writeFileSync(path.join(folder, 'broken.json'), '{"id":');
    writeFileSync(path.join(folder, 'null.json'), 'null');
    writeFileSync(path.join(folder, 'zzz999.json'), JSON.stringify(state));
    writeFileSync(path.join(folder, 'other.json.new'), JSON.stringify(state));
    expect(readStates(folder)).toEqual([state]);
  });

  it('live in /run for root and in the run-time folder of anybody else', () => {
    expect(labsFolder(true, { XDG_RUNTIME_DIR: '/run/user/7' })).toBe('/run/macvlan-doctor/labs');
    expect(labsFolder(false, { XDG_RUNTIME_DIR: '/run/user/7' })).toBe(
      '/run/user/7/macvlan-doctor/labs',
    );
    expect(labsFolder(false, {})).toMatch(/macvlan-doctor-\d+\/labs$/);
  });
});

describe('identify', () => {
  it('knows this process again, and tells it from a later one with its pid', () => {
    const me = identify(process.pid) ?? expect.fail();
    expect(isAlive(me)).toBe(true);
    expect(isAlive({ ...me, startTime: me.startTime - 1 })).toBe(false);
    expect(allPids()).toContain(process.pid);
    expect(identify(2 ** 22 + 1)).toBeNull();
  });
});
