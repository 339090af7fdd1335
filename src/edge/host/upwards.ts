// A file that may lie in this folder or in any above it, and whose it is.
import * as fs from 'node:fs';
import path from 'node:path';

export interface Candidate {
  readonly file: string;
  /** No symbolic link, no device. */
  readonly isRegular: boolean;
  readonly ownerUid: number;
  readonly isWritableByOthers: boolean;
}

/** Other users' right to write. */
const OTHERS_WRITE = 0o002;

/** Undefined where it was removed meanwhile. */
export function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** The same file by its whole path, as far as there is a folder to count from. */
export function inFull(file: string): string {
  const here = currentFolder();
  return here === undefined ? path.normalize(file) : path.resolve(here, file);
}

/** Every such file, the nearest first; what cannot be looked at is not there. */
export function lookUpwards(name: string, from: string): Candidate[] {
  const found: Candidate[] = [];
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    const candidate = lookAt(path.join(folder, name));
    if (candidate !== undefined) found.push(candidate);
    if (folder === path.dirname(folder)) return found;
  }
}

function lookAt(file: string): Candidate | undefined {
  try {
    const stat = fs.lstatSync(file);
    return {
      file,
      isRegular: stat.isFile(),
      ownerUid: stat.uid,
      isWritableByOthers: (stat.mode & OTHERS_WRITE) !== 0,
    };
  } catch {
    return undefined;
  }
}

/** Whether the file is in the folder or below it, links followed as far as there is anything to follow. */
export function isWithin(file: string, folder: string): boolean {
  const [real, home] = [realOf(path.resolve(file)), realOf(path.resolve(folder))];
  return real === home || real.startsWith(home.endsWith(path.sep) ? home : home + path.sep);
}

function realOf(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    const above = path.dirname(file);
    return above === file ? file : path.join(realOf(above), path.basename(file));
  }
}
