// One run at a time changes a case. The lock is a file that is there for some milliseconds; one that is older was left by a run that is dead.
import { randomBytes } from 'node:crypto';
import { closeSync, linkSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { codeOf } from '../host/output-file.js';

/** Runs what it is given with the rights of whoever owns the files. */
export type Acting = <T>(act: () => T) => T;

/** Far longer than a case takes to be written, on any disk. */
const STALE_MS = 5000;
/** A lock that nobody will open any more is stale before this is over. */
const PATIENCE_MS = 8000;
const PAUSE_MS = 20;

/** False when others kept it locked all the time. What `act` throws, and why a lock cannot be made, goes through. */
export function whileLocked(file: string, as: Acting, act: () => void): boolean {
  const lock = `${file}.lock`;
  if (!isTaken(lock, as)) return false;
  try {
    act();
  } finally {
    as(() => rmSync(lock, { force: true }));
  }
  return true;
}

function isTaken(lock: string, as: Acting): boolean {
  for (let waited = 0; waited <= PATIENCE_MS; waited += PAUSE_MS) {
    if (as(() => isMade(lock))) return true;
    as(() => clearIfStale(lock));
    pause();
  }
  return false;
}

function isMade(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx', 0o600));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Moved aside first, since another run may have done the same and locked anew: such a lock is put back. */
function clearIfStale(lock: string): void {
  const aside = `${lock}.${randomBytes(4).toString('hex')}`;
  try {
    if (!isStale(lock)) return;
    renameSync(lock, aside);
    if (!isStale(aside)) linkSync(aside, lock);
  } catch (error) {
    // Somebody was quicker.
    if (!['ENOENT', 'EEXIST'].includes(codeOf(error))) throw error;
  }
  rmSync(aside, { force: true });
}

function isStale(file: string): boolean {
  return Date.now() - statSync(file).mtimeMs > STALE_MS;
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}
