// Reading a file that somebody wrote for the doctor: all of it, or not at all.
import { fileDoor } from '../../edge/host/files.js';
import { DoctorError } from '../../model/errors.js';
import { printable } from '../../model/text.js';

/** Some ten thousand accepted findings; nobody reviews more. */
const MOST_BYTES = 2 * 1024 * 1024;

/** The text of a file that somebody wrote. A longer one is refused rather than cut. */
export function readWhole(file: string): string {
  const fact = fileDoor.readText(file, MOST_BYTES + 1);
  if (fact.state !== 'known') throw new DoctorError('unreadable-input', printable(fact.reason));
  if (Buffer.byteLength(fact.value) <= MOST_BYTES) return fact.value;
  throw new DoctorError('unreadable-input', `${printable(file)} is larger than 2 MiB`);
}
