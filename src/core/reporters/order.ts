// The results in the order of the terminal report: the worst first, then the order in which a packet meets them.
import { CATEGORIES } from '../../model/check.js';
import type { CheckResult, Report, Status } from '../../model/report.js';

const WEIGHT: Partial<Record<Status, number>> = { fail: 0, warn: 1 };

export function findingsOf(report: Report): CheckResult[] {
  return report.results
    .filter((result) => WEIGHT[result.status] !== undefined)
    .toSorted(
      (a, b) =>
        (WEIGHT[a.status] ?? 0) - (WEIGHT[b.status] ?? 0) ||
        CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category),
    );
}

export function withStatus(report: Report, status: Status): CheckResult[] {
  return report.results.filter((result) => result.status === status);
}

/** Check ids, each once, in the order of the results. */
export function idsOf(results: readonly CheckResult[]): string[] {
  return [...new Set(results.map((result) => result.check))];
}

/** The symptoms that a finding explains: its own subject's first, and every one that no finding claims by name. */
export function symptomsOf(finding: CheckResult, report: Report): CheckResult[] {
  const causes = findingsOf(report).filter((other) => other.check === finding.check);
  return withStatus(report, 'suppressed').filter((symptom) => {
    if (symptom.suppressedBy !== finding.check) return false;
    const owner = causes.find((cause) => isSame(cause, symptom)) ?? causes[0];
    return owner === finding;
  });
}

function isSame(a: CheckResult, b: CheckResult): boolean {
  return a.subject.kind === b.subject.kind && a.subject.name === b.subject.name;
}
