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
    if (codeOf(error) === 'EEXIST' && isFolder(folder)) return;
    const above = path.dirname(folder);
    if (codeOf(error) !== 'ENOENT' || isFolder(above)) throw error;
    makeFolder(above);
    // Somebody else may have made it meanwhile.
    makeFolder(folder);
  }
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}
