// Files that must be new: made in one go, readable by one user, and gone again when they could not be written to the end.
import {
  accessSync,
  closeSync,
  constants,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Owner } from './invoking-user.js';
import { codeOf, unwritable, whyUnwritten } from './output-file.js';
import { currentFolder } from './upwards.js';

export interface NewFile {
  readonly file: string;
  readonly bytes: Uint8Array | string;
}

const EXISTS = 'it exists already, and nothing is overwritten';

/** Throws DoctorError when the file is there or its folder takes none: better before the work than after it. */
export function assertCanBeMade(file: string): void {
  assertTakesFiles(path.dirname(file), file);
  if (isThere(file)) throw unwritable(file, EXISTS);
}

/** Throws DoctorError for a name that no file can have. */
function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw unwritable(file, whyUnwritten(error));
  }
}

/** Throws DoctorError when the current folder takes no files, or is gone. */
export function assertTakesFilesHere(): void {
  const folder = currentFolder();
  if (folder === undefined) throw unwritable('.', 'the current folder is gone');
  assertTakesFiles(folder);
}

/** Throws DoctorError, in the name of the file where it has one already. */
function assertTakesFiles(folder: string, file = folder): void {
  try {
    accessSync(`${folder}/.`, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unwritable(file, whyUnwritten(error));
  }
}

/**
 * Makes all of the files, or none: mode 0600, never through a link that lies there. Synchronous, so that no signal comes between the
 * first byte and the last. Throws DoctorError.
 */
export function writeNewFiles(files: readonly NewFile[], owner: Owner | undefined): void {
  const made: string[] = [];
  try {
    for (const one of files) {
      writeNewFile(one, owner, () => made.push(one.file));
    }
  } catch (error) {
    for (const file of made) unlinkSync(file);
    throw error;
  }
}

function writeNewFile(
  { file, bytes }: NewFile,
  owner: Owner | undefined,
  onMade: () => void,
): void {
  try {
    const fd = openSync(file, 'wx', 0o600);
    onMade();
    try {
      if (owner !== undefined) fchownSync(fd, owner.uid, owner.gid);
      writeFileSync(fd, bytes);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw unwritable(file, codeOf(error) === 'EEXIST' ? EXISTS : whyUnwritten(error));
  }
}
