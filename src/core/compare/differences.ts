// How one host changed from one bundle to the next.
import type { Difference, VerdictChange } from '../../model/comparison.js';
import type { CheckResult, Report } from '../../model/report.js';
import { factLines } from './fact-lines.js';
import { isSameHost, type Judged } from './judged.js';

/** Each bundle against the one of the same host before it, by the time they were taken. */
export function differencesOf(all: readonly Judged[]): Difference[] {
  const inTime = all
    .map((judged, index) => ({ judged, index }))
    .toSorted((a, b) => compare(a.judged.snapshot.takenAt, b.judged.snapshot.takenAt));
  return inTime.flatMap(({ judged, index }, at) => {
    const earlier = inTime.slice(0, at).findLast((one) => isSameHost(one.judged, judged));
    if (earlier === undefined) return [];
    return [{ before: earlier.index, after: index, ...differenceOf(earlier.judged, judged) }];
  });
}

function differenceOf(a: Judged, b: Judged): Omit<Difference, 'before' | 'after'> {
  const [before, after] = [factLines(a), factLines(b)];
  const [earlier, later] = [new Set(before), new Set(after)];
  return {
    verdicts: verdictChanges(a.report, b.report),
    gone: before.filter((line) => !later.has(line)),
    added: after.filter((line) => !earlier.has(line)),
  };
}

function verdictChanges(a: Report, b: Report): VerdictChange[] {
  const [before, after] = [verdictsIn(a), verdictsIn(b)];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    const one = is ?? was;
    if (one === undefined || was?.status === is?.status) return [];
    // That a check passed as a whole before it found something is no second news.
    if (!isNews(was) && !isNews(is)) return [];
    return [
      {
        check: one.check,
        subject: one.subject,
        title: one.title,
        ...(was === undefined ? {} : { before: was.status }),
        ...(is === undefined ? {} : { after: is.status }),
      },
    ];
  });
}

function isNews(result: CheckResult | undefined): boolean {
  return result !== undefined && result.status !== 'pass' && result.status !== 'not-applicable';
}

function verdictsIn({ results }: Report): ReadonlyMap<string, CheckResult> {
  return new Map(
    results.map((result) => [
      JSON.stringify([result.check, result.code, result.subject.kind, result.subject.name]),
      result,
    ]),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
