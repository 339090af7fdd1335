// `--case ID`: part of the names of files, so no more than a plain word.
import { DoctorError } from '../model/errors.js';
import { printable } from '../model/text.js';

/** Throws DoctorError for an id that no file could be named after. */
export function caseIdOf(given: string | undefined): string | undefined {
  if (given === undefined || /^[A-Za-z\d][\w.-]{0,39}$/.test(given)) return given;
  const message = `--case ${printable(given)} is no word for a file's name: letters, digits, - _ and . only, at most 40`;
  throw new DoctorError('bad-flag', message);
}
