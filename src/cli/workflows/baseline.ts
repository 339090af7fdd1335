// Reading a baseline, and being sure before a run that one can be begun.
import { parseBaseline } from '../../core/parse/settings/baseline-file.js';
import { fileDoor } from '../../edge/host/files.js';
import { inFull } from '../../edge/host/upwards.js';
import type { Baseline } from '../../model/baseline.js';
import { DoctorError } from '../../model/errors.js';
import { printable } from '../../model/text.js';
import { readWhole } from './read-whole.js';

/** Throws DoctorError for a file that cannot be read, and for the first thing in it that is not understood. */
export function readBaseline(file: string): Baseline {
  return parseBaseline(readWhole(file), file);
}

/** Named in one way or another. */
export function isSameFile(a: string, b: string): boolean {
  return inFull(a) === inFull(b);
}

/** A file that is there holds reasons that somebody wrote: it is replaced only where it was read as the older baseline. */
export function assertBaselineIsNew(file: string): void {
  if (fileDoor.inode(file).state === 'absent') return;
  const message = `${printable(file)} is there already: name it with --baseline, too, to keep what it says`;
  throw new DoctorError('bad-flag', message);
}
