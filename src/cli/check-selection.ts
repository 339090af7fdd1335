// `--only` and `--skip`: ids of checks that exist.
import { checks } from '../core/checks/index.js';
import { DoctorError } from '../model/errors.js';
import { printable } from '../model/text.js';
import { nearest } from '../core/derive/nearest.js';

/** Throws DoctorError for the first id that no check has. */
export function assertCheckIds(ids: readonly string[]): void {
  const known = checks.map((check) => check.meta.id);
  for (const id of ids) {
    if (known.includes(id)) continue;
    const message = `there is no check called ${printable(id)}`;
    throw new DoctorError('no-such-check', message, nearest(id, known));
  }
}
