// The law of stand-ins: whatever the checks say of a host, they say of the masked one in other names.
import { judge } from '../../src/cli/workflows/judge.js';
import type { Prf } from '../../src/core/redact/prf.js';
import { redactSnapshot, redactText } from '../../src/core/redact/redact-snapshot.js';
import type { StandIns } from '../../src/core/redact/stand-ins.js';
import { READINGS, type ReadingId } from '../../src/core/redact/readings/readings.js';
import { planProbes } from '../../src/core/derive/probing/probe-plan.js';
import { buildTopology } from '../../src/core/derive/topology/topology.js';
import type { ProbeStep } from '../../src/model/observation.js';
import type { Subject, SubjectKind } from '../../src/model/finding.js';
import type { CheckResult, Report } from '../../src/model/report.js';
import type { Snapshot } from '../../src/model/snapshot.js';

const EVERYTHING = { expectations: [], only: [], skip: [] };

/** Every text of a value through the map. */
function worded(value: unknown, map: StandIns, known = new Map<string, string>()): unknown {
  if (typeof value === 'string') {
    const text = known.get(value) ?? redactText(value, map);
    known.set(value, text);
    return text;
  }
  if (Array.isArray(value)) return value.map((one) => worded(one, map, known));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, worded(one, map, known)]);
  return Object.fromEntries(entries) as unknown;
}

/** What a host is called that has stand-ins for names: such names are found in every sentence, whatever they were before. */
export function renamed(snapshot: Snapshot, prf: Prf): Snapshot {
  return redactSnapshot(snapshot, { mode: 'prefix', prf }).snapshot;
}

interface Both {
  /** What is said of the real host, in the names of the masked one. */
  readonly real: unknown;
  /** What is said of the masked host. */
  readonly masked: Report;
}

/** The two must be equal, word for word. */
export function bothReports(snapshot: Snapshot, prf: Prf): Both {
  const redacted = redactSnapshot(snapshot, { mode: 'prefix', prf });
  return {
    real: worded(withoutFingerprints(judge(snapshot, EVERYTHING, 0)), redacted.map),
    masked: withoutFingerprints(judge(redacted.snapshot, EVERYTHING, 0)),
  };
}

/** A digest of names: of other names it is another one, as it must be. */
function withoutFingerprints(report: Report): Report {
  return { ...report, results: report.results.map(({ fingerprint: _digest, ...rest }) => rest) };
}

const READING: Readonly<Record<SubjectKind, ReadingId>> = {
  host: 'word',
  parent: 'link',
  child: 'child',
  shim: 'link',
  network: 'network',
  container: 'place',
  gateway: 'address',
  lan: 'address',
};

function headlines(results: readonly CheckResult[], map?: StandIns): string[] {
  const named = ({ kind, name }: Subject): string =>
    `${kind} ${map === undefined ? name : READINGS[READING[kind]](name, map.mapper('out'))}`;
  return results.map(({ check, status, code, subject, suppressedBy, suppressedOn, fixes }) =>
    [
      check,
      status,
      code,
      named(subject),
      suppressedBy,
      suppressedOn === undefined ? '' : named(suppressedOn),
      ...(fixes ?? []).map(({ id }) => id),
    ].join(' · '),
  );
}

/** Results without their words: for names that prose may hold by chance. */
export function bothHeadlines(
  snapshot: Snapshot,
  mode: 'prefix' | 'strict',
  prf: Prf,
): { readonly real: string[]; readonly masked: string[] } {
  const redacted = redactSnapshot(snapshot, { mode, prf });
  return {
    real: headlines(judge(snapshot, EVERYTHING, 0).results, redacted.map),
    masked: headlines(judge(redacted.snapshot, EVERYTHING, 0).results),
  };
}

/** What would be asked of the real host, in the names of the masked one, and what of the masked host. */
export function bothPlans(
  snapshot: Snapshot,
  mode: 'prefix' | 'strict',
  prf: Prf,
): { readonly real: string[]; readonly masked: string[] } {
  const redacted = redactSnapshot(snapshot, { mode, prf });
  const steps = (one: Snapshot): readonly ProbeStep[] =>
    planProbes(buildTopology(one), one.facts, EVERYTHING.expectations);
  const { link, end } = READINGS;
  const out = redacted.map.mapper('out');
  return {
    real: steps(snapshot).map(({ probe, parent, from, target }) =>
      [probe, link(parent, out), end(from, out), out.ip(target)].join(' '),
    ),
    masked: steps(redacted.snapshot).map(({ probe, parent, from, target }) =>
      [probe, parent, from, target].join(' '),
    ),
  };
}

/** Where the two reports begin to differ, for people; undefined where they are the same. */
export function differenceIn(snapshot: Snapshot, prf: Prf): string | undefined {
  const { real, masked } = bothReports(snapshot, prf);
  const [left, right] = [real, masked].map((one) => JSON.stringify(one, undefined, 1).split('\n'));
  const at = left?.findIndex((line, index) => line !== right?.[index]) ?? -1;
  if (at === -1 && left?.length === right?.length) return undefined;
  return `real: ${left?.[at]?.trim() ?? ''} — masked: ${right?.[at]?.trim() ?? ''}`;
}
