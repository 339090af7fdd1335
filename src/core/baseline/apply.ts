// A report seen through a baseline: what is accepted fails no gate, what has expired does again, and entries without a match are named.
import type { Baseline, BaselineEntry } from '../../model/baseline.js';
import type { Acceptance, CheckResult, Report } from '../../model/report.js';
import { countOf } from '../engine/summary.js';

export interface Today {
  /** As in 2026-01-31, UTC. */
  readonly day: string;
  /** Only a part of the host was looked at: an entry without a match may belong to the rest. */
  readonly isNarrowed: boolean;
}

export function applyBaseline(report: Report, baseline: Baseline, today: Today): Report {
  const results = report.results.map((result) => judged(result, baseline.accepted, today.day));
  const stale = today.isNarrowed ? [] : staleOf(report.results, baseline.accepted);
  return { ...report, results, summary: countOf(results), staleEntries: stale };
}

function judged(result: CheckResult, entries: readonly BaselineEntry[], day: string): CheckResult {
  const { status } = result;
  if (status !== 'fail' && status !== 'warn') return result;
  const own = entries.filter((entry) => isAbout(entry, result));
  // Of several the kindest counts: one that was renewed may stand beside the one that has expired.
  const states = own.map((entry) => acceptanceOf(entry, status, day));
  const [acceptance] = states.toSorted((a, b) => ORDER[a.state] - ORDER[b.state]);
  if (acceptance === undefined) return result;
  return acceptance.state === 'valid'
    ? { ...result, status: 'accepted', acceptance }
    : { ...result, acceptance };
}

const ORDER = { valid: 0, expired: 1, worse: 2 } as const;

function acceptanceOf(entry: BaselineEntry, severity: 'fail' | 'warn', day: string): Acceptance {
  const { reason, expires } = entry;
  const lasting = day > expires ? 'expired' : 'valid';
  const isWorse = entry.severity === 'warn' && severity === 'fail';
  return { state: isWorse ? 'worse' : lasting, severity, reason, expires };
}

function isAbout(
  entry: BaselineEntry,
  { check, code, subject, fingerprint }: CheckResult,
): boolean {
  return (
    entry.check === check &&
    entry.code === code &&
    entry.subject.kind === subject.kind &&
    entry.subject.name === subject.name &&
    (entry.fingerprint === undefined || entry.fingerprint === fingerprint)
  );
}

/** Of checks that came to an answer everywhere: what was not decided may still be there, and so may a symptom. */
function staleOf(
  results: readonly CheckResult[],
  entries: readonly BaselineEntry[],
): BaselineEntry[] {
  return entries.filter((entry) => {
    const own = results.filter(({ check }) => check === entry.check);
    const isDecided =
      own.length > 0 &&
      own.every((result) => result.status !== 'undetermined' && result.status !== 'crashed');
    return isDecided && !own.some((result) => isAbout(entry, result));
  });
}
