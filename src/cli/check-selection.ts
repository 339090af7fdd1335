// `--only` and `--skip`: ids of checks that exist.
import { checks } from '../core/checks/index.js';
import { DoctorError } from '../model/errors.js';
import { printable } from '../model/text.js';
import { nearest } from '../core/derive/wording/nearest.js';

/** Throws DoctorError for the first id that no check has, and when nothing would be left to report. */
export function assertCheckIds(only: readonly string[], skip: readonly string[]): void {
  assertKnown([...only, ...skip]);
  const isEmpty = only.length > 0 && only.every((id) => skip.includes(id));
  if (isEmpty) throw new DoctorError('bad-flag', '--only and --skip leave no check to report');
}

function assertKnown(ids: readonly string[]): void {
  const unknown = ids.map((id) => unknownCheck(id)).find((error) => error !== undefined);
  if (unknown !== undefined) throw unknown;
}

/** What is to be said of an id that no check has; `at` is its place in a file. */
export function unknownCheck(id: string, at?: string): DoctorError | undefined {
  const known = checks.map((check) => check.meta.id);
  if (known.includes(id)) return undefined;
  const message = `there is no check called ${printable(id)}`;
  const said = at === undefined ? message : `${at}: ${message}`;
  return new DoctorError('no-such-check', said, nearest(id, known));
}
