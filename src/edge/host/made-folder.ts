// Folders that are to be there, with those above them.
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { codeOf } from './output-file.js';

/**
 * One by one: in a place that is there and takes none (/proc says ENOENT), Node's own `recursive` tries for ever. Those that are
 * made are for their owner alone. Throws what the system says.
 */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const isMissing = codeOf(error) === 'ENOENT' && !isFolder(path.dirname(folder));
    if (!isMissing && !(codeOf(error) === 'EEXIST' && isFolder(folder))) throw error;
    if (!isMissing) return;
    makeFolder(path.dirname(folder));
    mkdirSync(folder, { mode: 0o700 });
  }
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}
