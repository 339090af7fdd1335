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

/** The symptoms that a finding explains. Of several findings of one check on one subject the first has them. */
export function symptomsOf(finding: CheckResult, report: Report): CheckResult[] {
  return withStatus(report, 'suppressed').filter((symptom) => causeOf(symptom, report) === finding);
}

/** Symptoms whose cause is not shown: it was left out (`--only`, `--skip`). */
export function orphanSymptomsOf(report: Report): CheckResult[] {
  return withStatus(report, 'suppressed').filter(
    (symptom) => causeOf(symptom, report) === undefined,
  );
}

function causeOf(symptom: CheckResult, report: Report): CheckResult | undefined {
  const causes = findingsOf(report).filter(({ check }) => check === symptom.suppressedBy);
  const { kind, name } = symptom.suppressedOn ?? symptom.subject;
  return causes.find(({ subject }) => subject.kind === kind && subject.name === name) ?? causes[0];
}

/** The finding that explains a symptom: `parent-down on parent eth0`. */
export function causeText({ suppressedBy, suppressedOn }: CheckResult): string {
  const check = suppressedBy ?? 'another check';
  if (suppressedOn === undefined || suppressedOn.kind === 'host') return check;
  return `${check} on ${suppressedOn.kind} ${suppressedOn.name}`;
}

/** What a finding is, whatever a baseline says of it. */
export function severityOf({ status, acceptance }: CheckResult): 'fail' | 'warn' {
  return acceptance?.severity ?? (status === 'fail' ? 'fail' : 'warn');
}

export function reasonOf({ reason }: CheckResult): string {
  return reason ?? 'no reason was given';
}

/** What a symptom would have said, in one clause. */
export function clauseOf({ what, reason, title }: CheckResult): string {
  return what ?? (reason === undefined ? title : `not decided, ${reason}`);
}

/** Results that have a key in common, in the order in which the keys appear. */
export function groupsOf(
  results: readonly CheckResult[],
  keyOf: (result: CheckResult) => string,
): Map<string, CheckResult[]> {
  const groups = new Map<string, CheckResult[]>();
  for (const result of results) {
    const key = keyOf(result);
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return groups;
}
