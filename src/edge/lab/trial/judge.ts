// Compares a report with what a scenario says must be found. Pure.
import type { CheckResult, Report } from '../../../model/report.js';
import type { Expected, Scenario } from '../scenario.js';

export interface Judgement {
  readonly found: readonly CheckResult[];
  readonly missing: readonly Expected[];
  /** Warnings and failures that nobody staged, and checks that crashed. */
  readonly unexpected: readonly CheckResult[];
  readonly isRight: boolean;
}

const fits = (result: CheckResult, expected: Expected): boolean =>
  result.check === expected.check &&
  result.status === expected.status &&
  (expected.subject === undefined || result.subject.kind === expected.subject);

/** What a report finds wrong, its own crashes included. */
export function newsOf(report: Pick<Report, 'results'>): CheckResult[] {
  return report.results.filter(({ status }) => ['warn', 'fail', 'crashed'].includes(status));
}

/** True of the machine whatever stands on it: the kernel has one ARP table for all namespaces. */
const OF_THE_MACHINE = ['neighbour-table-full'];

export function judge(scenario: Scenario, report: Pick<Report, 'results'>): Judgement {
  const expected = scenario.expect;
  const allowed = new Set([...scenario.byDesign, ...(scenario.mayAlso ?? []), ...OF_THE_MACHINE]);
  const news = newsOf(report);
  const found = news.filter((result) => expected.some((one) => fits(result, one)));
  const missing = expected.filter((one) => !news.some((result) => fits(result, one)));
  const unexpected = news.filter(
    (result) =>
      !found.includes(result) && (result.status === 'crashed' || !allowed.has(result.check)),
  );
  return { found, missing, unexpected, isRight: missing.length === 0 && unexpected.length === 0 };
}
