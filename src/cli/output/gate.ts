// What the gate lets pass besides its two flags: the findings of a baseline. Read before the run, so that a bad file costs nothing.
import type { Baseline } from '../../model/baseline.js';
import { isDay } from '../../model/day.js';
import { DoctorError } from '../../model/errors.js';
import { printable } from '../../model/text.js';

export interface GateFlags {
  readonly baseline?: string | undefined;
  readonly 'write-baseline'?: string | undefined;
  readonly 'baseline-reason'?: string | undefined;
  readonly 'baseline-until'?: string | undefined;
}

export interface Gate {
  readonly baseline?: Baseline;
  /** A baseline to be begun, or renewed. */
  readonly begin?: { readonly file: string; readonly reason: string; readonly expires: string };
  /** As in 2026-01-31, UTC. */
  readonly today: string;
}

/** Long enough to mend something on the other side of a switch port, short enough that somebody remembers why. */
const DEFAULT_DAYS = 90;
const MS_PER_DAY = 24 * 60 * 60 * 1000;

/** Throws DoctorError for a baseline that cannot be read, and for one that cannot be begun as it was asked for. */
export async function gateOf(flags: GateFlags, now: Date): Promise<Gate> {
  const today = dayOf(now.getTime());
  const { baseline: older, 'write-baseline': file } = flags;
  if (older === undefined && file === undefined) return { today };
  const { assertBaselineIsNew, isSameFile, readBaseline } =
    await import('../workflows/baseline.js');
  const isRenewal = file !== undefined && older !== undefined && isSameFile(file, older);
  if (file !== undefined && !isRenewal) assertBaselineIsNew(file);
  return {
    today,
    ...(older === undefined ? {} : { baseline: readBaseline(older) }),
    ...(file === undefined ? {} : { begin: { file, ...termsOf(flags, now, today) } }),
  };
}

function termsOf(
  flags: GateFlags,
  now: Date,
  today: string,
): { readonly reason: string; readonly expires: string } {
  const reason = (flags['baseline-reason'] ?? '').trim();
  if (reason === '') throw new DoctorError('bad-flag', '--baseline-reason was given no reason');
  const expires = flags['baseline-until'] ?? dayOf(now.getTime() + DEFAULT_DAYS * MS_PER_DAY);
  if (!isDay(expires)) {
    const message = `--baseline-until must be a day of the calendar, as in 2026-01-31, not ${printable(expires)}`;
    throw new DoctorError('bad-flag', message);
  }
  if (expires < today) throw new DoctorError('bad-flag', `--baseline-until ${expires} is over`);
  return { reason, expires };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
