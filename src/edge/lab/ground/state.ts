// What stands or stood: one small JSON file per lab, written before the first namespace and removed after the last.
import {
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeFolder } from '../../host/made-folder.js';
import { labImpossible } from './ground.js';
import type { ProcessIdentity } from './process-identity.js';

export interface LabState {
  readonly id: string;
  readonly scenario: string;
  readonly seed: number;
  /** The process that builds it, and for `run` also takes it down. */
  readonly owner: ProcessIdentity;
  /** True once `up` has left it standing; it then outlives its owner. */
  readonly isStanding: boolean;
  /** The process that keeps a lab without root alive: its namespaces are this one's. */
  readonly holder?: ProcessIdentity;
  /** Names under /run/netns, of the machine or of the holder. */
  readonly namespaces: readonly string[];
}

/** Where the files are: /run/macvlan-doctor/labs for root, the user's own run-time folder else. */
export function labsFolder(isRoot: boolean, env: NodeJS.ProcessEnv): string {
  if (isRoot) return '/run/macvlan-doctor/labs';
  const runtime = env['XDG_RUNTIME_DIR'];
  if (runtime !== undefined && runtime !== '') return path.join(runtime, 'macvlan-doctor', 'labs');
  return path.join(tmpdir(), `macvlan-doctor-${process.getuid?.() ?? 0}`, 'labs');
}

/** Makes the folder. In a shared place like /tmp, somebody else may have made it first: then we do not trust it. */
function ensureFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw labImpossible(`there is no place to note what the lab makes: ${why}`);
  }
  for (const place of [folder, path.dirname(folder)]) {
    const { uid } = lstatSync(place);
    if (uid !== process.getuid?.())
      throw labImpossible(`${place} belongs to another user (uid ${String(uid)})`);
  }
}

const fileOf = (folder: string, id: string): string => path.join(folder, `${id}.json`);

/** Replaces the file in one step, so that no reader ever sees half of it. */
export function writeState(folder: string, state: LabState): void {
  ensureFolder(folder);
  try {
    replaceFile(fileOf(folder, state.id), state);
  } catch {
    // Another lab's end took the empty folder away in between.
    ensureFolder(folder);
    replaceFile(fileOf(folder, state.id), state);
  }
}

function replaceFile(file: string, state: LabState): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Forgets a lab, and removes the folders when it was the last one. */
export function removeState(folder: string, id: string): void {
  rmSync(fileOf(folder, id), { force: true });
  try {
    rmdirSync(folder);
    rmdirSync(path.dirname(folder));
  } catch {
    // Other labs have notes in it.
  }
}

/** Every lab that has a readable file, by id. Garbage is no lab. */
export function readStates(folder: string): readonly LabState[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => {
      const state = parseState(path.join(folder, name));
      return state === undefined ? [] : [state];
    });
}

function parseState(file: string): LabState | undefined {
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as LabState;
    const isSound = Array.isArray(state.namespaces) && typeof state.owner.pid === 'number';
    return isSound && path.basename(file) === `${state.id}.json` ? state : undefined;
  } catch {
    return undefined;
  }
}
