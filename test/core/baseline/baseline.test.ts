import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyBaseline } from '../../../src/core/baseline/apply.js';
import { baselineOf, renderBaseline } from '../../../src/core/baseline/begin.js';
import { parseBaseline } from '../../../src/core/parse/settings/baseline-file.js';
import type { Baseline, BaselineEntry } from '../../../src/model/baseline.js';
import type { CheckResult, Report } from '../../../src/model/report.js';
import { found, passed, undecided } from '../../support/a-report.js';
import {
  everyOutcome,
  hostileFinding,
  IN_A_FILE,
  LIVE,
  reportOf,
  SYMPTOM,
  WARNING,
} from '../../support/every-outcome.js';

const TODAY = { day: '2026-01-31', isNarrowed: false };
const ENTRY: BaselineEntry = {
  check: 'parent-down',
  code: 'down',
  subject: { kind: 'parent', name: 'eth0' },
  reason: 'the cable comes next week',
  expires: '2026-01-31',
};

function through(results: readonly CheckResult[], ...accepted: readonly BaselineEntry[]): Report {
  const baseline: Baseline = { schemaVersion: 1, accepted: [...accepted] };
  return applyBaseline(reportOf(...results), baseline, TODAY);
}

describe('applyBaseline', () => {
  it('what is accepted is no failure', () => {
    const { results, summary, staleEntries } = through([LIVE], ENTRY);
    expect(results[0]).toMatchObject({
      status: 'accepted',
      acceptance: { state: 'valid', severity: 'fail', reason: ENTRY.reason },
    });
    expect(summary).toMatchObject({ fail: 0, accepted: 1 });
    expect(staleEntries).toEqual([]);
  });

  it.each([
    ['another check', { check: 'parent-missing' }],
    ['another code', { code: 'gone' }],
    ['another name', { subject: { kind: 'parent', name: 'eth1' } }],
    ['another kind', { subject: { kind: 'shim', name: 'eth0' } }],
    ['another fingerprint', { fingerprint: 'f'.repeat(32) }],
  ] as const)('%s is not covered', (_what, change) => {
    expect(through([LIVE], { ...ENTRY, ...change }).summary.fail).toBe(1);
  });

  it('counts through its last day, and fails again on the next', () => {
    const baseline: Baseline = { schemaVersion: 1, accepted: [ENTRY] };
    const report = applyBaseline(reportOf(LIVE), baseline, { ...TODAY, day: '2026-02-01' });
    expect(report.summary).toMatchObject({ fail: 1, accepted: 0 });
    expect(report.results[0]?.acceptance).toMatchObject({ state: 'expired' });
  });

  it('one that was renewed beside the one that has expired covers', () => {
    const old = { ...ENTRY, expires: '2025-01-01' };
    expect(through([LIVE], old, ENTRY).summary.accepted).toBe(1);
  });

  it('a warning that was accepted does not cover the failure that it has become', () => {
    const entry = { ...ENTRY, severity: 'warn' } as const;
    expect(through([{ ...LIVE, status: 'warn' }], entry).summary.accepted).toBe(1);
    const { summary, results } = through([LIVE], entry);
    expect(summary.fail).toBe(1);
    expect(results[0]?.acceptance).toMatchObject({ state: 'worse' });
  });

  it('findings in two places of a file are told apart by their fingerprints', () => {
    const other = { ...IN_A_FILE, location: { file: 'deploy/compose.yaml', path: 'networks.b' } };
    const terms = { reason: 'x', expires: TODAY.day, failOn: 'fail' } as const;
    const { accepted } = baselineOf(reportOf(IN_A_FILE), terms);
    const { results } = through([IN_A_FILE, other], ...accepted);
    expect(results.map(({ status }) => status)).toEqual(['accepted', 'fail']);
  });
});

describe('entries without a match', () => {
  const isStale = (report: Report): boolean => report.staleEntries?.length === 1;

  it('are named where the check found nothing', () => {
    expect(isStale(through(passed('parent/parent-down'), ENTRY))).toBe(true);
    const elsewhere = found('parent/parent-down', { on: 'parent eth1' });
    expect(isStale(through([elsewhere], ENTRY))).toBe(true);
  });

  it.each([
    ['was not run', []],
    ['could not decide', [undecided('parent/parent-down', 'run as root')]],
  ])('are left alone where the check %s', (_what, results) => {
    expect(isStale(through(results, ENTRY))).toBe(false);
  });

  it('are left alone where the finding is a symptom of another now', () => {
    const { check, subject } = SYMPTOM;
    expect(isStale(through([SYMPTOM], { ...ENTRY, check, code: 'found', subject }))).toBe(false);
  });

  it('are left alone where only a part was looked at', () => {
    const baseline: Baseline = { schemaVersion: 1, accepted: [ENTRY] };
    const narrowed = { ...TODAY, isNarrowed: true };
    const report = applyBaseline(reportOf(...passed('parent/parent-down')), baseline, narrowed);
    expect(report.staleEntries).toEqual([]);
  });
});

describe('beginning one', () => {
  const TERMS = { reason: 'x: "y" # z', expires: '2026-02-01', failOn: 'warn' } as const;

  it('accepts what it was begun with, and nothing else', () => {
    const baseline = parseBaseline(renderBaseline(baselineOf(everyOutcome(), TERMS)), 'b');
    const { summary } = applyBaseline(everyOutcome(), baseline, TODAY);
    expect(summary).toMatchObject({ fail: 0, warn: 0, accepted: 3, undetermined: 1, crashed: 1 });
  });

  it('leaves warnings out where they pass the gate', () => {
    const { accepted } = baselineOf(reportOf(LIVE, WARNING), { ...TERMS, failOn: 'fail' });
    expect(accepted.map(({ check }) => check)).toEqual(['parent-down']);
  });

  it('keeps the reason and the day of what is covered, and renews what is not', () => {
    const expired = { ...ENTRY, expires: '2025-01-01', reason: 'old' };
    const kept = baselineOf(through([LIVE, WARNING], ENTRY), TERMS).accepted;
    expect(kept.map(({ reason, expires }) => [reason, expires])).toEqual([
      [ENTRY.reason, ENTRY.expires],
      [TERMS.reason, TERMS.expires],
    ]);
    expect(baselineOf(through([LIVE], expired), TERMS).accepted[0]?.reason).toBe(TERMS.reason);
  });

  it('survives names of any kind', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (name) => {
        fc.pre(name.trim() !== '');
        const report = reportOf(hostileFinding(name));
        const terms = { ...TERMS, reason: name };
        const baseline = parseBaseline(renderBaseline(baselineOf(report, terms)), 'b');
        expect(applyBaseline(report, baseline, TODAY).summary.accepted).toBe(1);
      }),
    );
  });
});
