// A report → the baseline that accepts what its gate did not let pass, with what an older baseline said kept.
import { stringify } from 'yaml';
import {
  BASELINE_SCHEMA_VERSION,
  type Baseline,
  type BaselineEntry,
} from '../../model/baseline.js';
import type { CheckResult, Report } from '../../model/report.js';

export interface Terms {
  readonly reason: string;
  /** The last day, as in 2026-01-31. */
  readonly expires: string;
  /** The mildest finding that needs to be accepted. */
  readonly failOn: 'fail' | 'warn';
}

/** Entries that still cover something keep their own reason and day; new ones, and those that no longer cover, get the terms. */
export function baselineOf(report: Report, terms: Terms): Baseline {
  const accepted = report.results.flatMap((result): BaselineEntry[] => {
    const { status, acceptance, code } = result;
    if (code === undefined) return [];
    if (status === 'accepted' && acceptance !== undefined) {
      return [entryOf(result, acceptance.severity, acceptance)];
    }
    const isNeeded = status === 'fail' || (status === 'warn' && terms.failOn === 'warn');
    return isNeeded ? [entryOf(result, status, terms)] : [];
  });
  return { schemaVersion: BASELINE_SCHEMA_VERSION, accepted };
}

function entryOf(
  { check, code = '', subject, fingerprint }: CheckResult,
  severity: 'fail' | 'warn',
  { reason, expires }: Pick<Terms, 'reason' | 'expires'>,
): BaselineEntry {
  return {
    check,
    code,
    subject: { ...subject },
    ...(fingerprint === undefined ? {} : { fingerprint }),
    severity,
    reason,
    expires,
  };
}

const HEAD = [
  ' Findings that are accepted for a while: a run with --baseline and this file fails for new ones only.',
  ' Each has a reason and the last day on which it counts; after that it fails again.',
];

export function renderBaseline(baseline: Baseline): string {
  // Plain YAML, every text on one line, so that an entry is a few lines in a review.
  const body = stringify(baseline, { lineWidth: 0 });
  return `${HEAD.map((line) => `#${line}\n`).join('')}${body}`;
}
