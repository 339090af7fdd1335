// The exit code of a run: a pure function of the report and two flags, the same in every format.
import type { Comparison } from '../model/comparison.js';
import type { Summary } from '../model/report.js';

export type FailOn = 'fail' | 'warn';

export interface ExitRules {
  readonly failOn: FailOn;
  /** What could not be decided counts, too. */
  readonly strict: boolean;
}

/** Wrong use or bad input. */
export const WRONG_USE = 2;
/** A bug of ours (EX_SOFTWARE of sysexits.h). */
export const OUR_BUG = 70;

/** 0 nothing at or above `failOn`; 1 findings; 3 only under `strict`: nothing found, something not decided. */
export function exitCodeOf(summary: Summary, { failOn, strict }: ExitRules): 0 | 1 | 3 {
  const found = summary.fail + (failOn === 'warn' ? summary.warn : 0);
  if (found > 0) return 1;
  return strict && summary.undetermined + summary.crashed > 0 ? 3 : 0;
}

/** As of the worst bundle; what two hosts have on one LAN and may not share is a failure as well. */
export function exitCodeOfComparison({ bundles, shared }: Comparison, rules: ExitRules): 0 | 1 | 3 {
  const codes = new Set(bundles.map(({ summary }) => exitCodeOf(summary, rules)));
  if (codes.has(1) || shared.some(({ isOneLan }) => isOneLan)) return 1;
  return codes.has(3) ? 3 : 0;
}

/** 128 + the signal's number, as a shell reports it. */
export const SIGNAL_CODES = { SIGINT: 130, SIGTERM: 143 } as const;
export type StopSignal = keyof typeof SIGNAL_CODES;
