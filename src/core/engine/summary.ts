// How many results have each status.
import type { CheckResult, Status, Summary } from '../../model/report.js';

const COUNTER: Readonly<Record<Status, keyof Summary>> = {
  pass: 'pass',
  warn: 'warn',
  fail: 'fail',
  undetermined: 'undetermined',
  'not-applicable': 'notApplicable',
  suppressed: 'suppressed',
  accepted: 'accepted',
  crashed: 'crashed',
};

export function countOf(results: readonly CheckResult[]): Summary {
  const summary: Summary = {
    pass: 0,
    warn: 0,
    fail: 0,
    undetermined: 0,
    notApplicable: 0,
    suppressed: 0,
    accepted: 0,
    crashed: 0,
  };
  for (const { status } of results) summary[COUNTER[status]] += 1;
  return summary;
}
