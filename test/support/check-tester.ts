// Holds a check to its promises, one test per case: what it says, that it can back it, and that it leaves its input alone.
import { describe, expect, it } from 'vitest';
import { runChecks } from '../../src/core/engine/run-checks.js';
import { buildTopology } from '../../src/core/derive/topology/topology.js';
import type { Check } from '../../src/model/check.js';
import type { CheckResult, Status } from '../../src/model/report.js';
import type { Expectation, Snapshot } from '../../src/model/snapshot.js';

/** A builder, or a snapshot that is built already. */
export type Given = Snapshot | { readonly build: () => Snapshot };

interface Case {
  readonly name: string;
  readonly given: Given;
}

interface FoundCase extends Case {
  /** Codes of all findings, in any order. */
  readonly codes: readonly string[];
  /** `parent eth0`, `child eth0@web`, …, in any order. */
  readonly subjects?: readonly string[];
  /** Status of every finding; default: the check's own severity. */
  readonly severity?: 'fail' | 'warn';
  readonly expect?: readonly Expectation[];
  /** Each must match somewhere in the findings: wording, evidence, advice and commands as one text. */
  readonly says?: readonly RegExp[];
  /** None may match there. */
  readonly saysNot?: readonly RegExp[];
  /** Ids of the proposed fixes, in any order. */
  readonly fixes?: readonly string[];
}

interface ReasonedCase extends Case {
  readonly reason?: RegExp;
}

interface Cases {
  readonly pass: readonly Case[];
  readonly found: readonly FoundCase[];
  readonly notApplicable?: readonly ReasonedCase[];
  readonly undetermined?: readonly ReasonedCase[];
}

/** Everything that a set of checks says of a snapshot, suppression included. */
export function resultsOf(
  checks: readonly Check[],
  given: Given,
  expectations: readonly Expectation[] = [],
): CheckResult[] {
  const snapshot = deepFreeze(snapshotOf(given));
  const topology = deepFreeze(buildTopology({ facts: snapshot.facts, scope: snapshot.scope }));
  return runChecks(checks, { snapshot, topology, expectations });
}

/** One line per result that is not fine: `fail parent-down parent eth0`, `suppressed gateway-silent gateway 192.0.2.1 < parent-down`. */
export function headlinesOf(results: readonly CheckResult[]): string[] {
  return results
    .filter(({ status }) => status !== 'pass' && status !== 'not-applicable')
    .map(({ status, check, subject, suppressedBy }) => {
      const line = `${status} ${check} ${subject.kind} ${subject.name}`;
      return suppressedBy === undefined ? line : `${line} < ${suppressedBy}`;
    });
}

export function testCheck(check: Check, cases: Cases): void {
  const { pass, found, notApplicable = [], undetermined = [] } = cases;
  describe(check.meta.id, () => {
    it('is tested red and green, without repeats, with every message it has', () => {
      expect(pass.length, 'passing cases').toBeGreaterThan(0);
      expect(found.length, 'failing cases').toBeGreaterThan(0);
      const all = [...pass, ...found, ...notApplicable, ...undetermined];
      expect(repeatsIn(all.map(({ name }) => name)), 'names said twice').toEqual([]);
      const inputs = all.map(({ given }) => JSON.stringify(snapshotOf(given)));
      const sameInput = all.filter(
        (_, index) =>
          inputs.indexOf(inputs[index] ?? '') !== index && !hasOwnExpectation(all[index]),
      );
      expect(
        sameInput.map(({ name }) => name),
        'inputs said twice',
      ).toEqual([]);
      const produced = new Set(found.flatMap(({ codes }) => codes));
      expect([...produced].sort(), 'codes').toEqual(Object.keys(check.messages).sort());
    });
    it.each(pass)('passes: $name', ({ given }) => {
      expect(briefOf(resultsOf([check], given))).toEqual([['pass', 'host host', '']]);
    });
    it.each(found)('finds: $name', (fault) => {
      assertFound(check, fault);
    });
    it.each(notApplicable)('does not apply: $name', ({ given, reason = /./u }) => {
      const results = resultsOf([check], given);
      expect(statusesOf(results)).toEqual(['not-applicable']);
      expect(results[0]?.reason).toMatch(reason);
    });
    it.each(undetermined)('cannot decide: $name', ({ given, reason = /./u }) => {
      const results = resultsOf([check], given);
      expect(new Set(statusesOf(results)), JSON.stringify(briefOf(results))).toEqual(
        new Set(['undetermined']),
      );
      for (const result of results) expect(result.reason).toMatch(reason);
    });
  });
}

function hasOwnExpectation(one: Case | undefined): boolean {
  return one !== undefined && 'expect' in one;
}

function assertFound(check: Check, fault: FoundCase): void {
  const results = resultsOf([check], fault.given, fault.expect);
  expect(results.filter(({ status }) => status === 'crashed').map(({ reason }) => reason)).toEqual(
    [],
  );
  const findings = results.filter(({ status }) => status === 'fail' || status === 'warn');
  expect(findings.map(({ code }) => code).sort()).toEqual([...fault.codes].sort());
  for (const finding of findings) assertWellFounded(finding, fault.severity ?? check.meta.severity);
  const subjects = findings.map(({ subject }) => `${subject.kind} ${subject.name}`);
  if (fault.subjects !== undefined) expect(subjects.sort()).toEqual([...fault.subjects].sort());
  const fixes = findings.flatMap((finding) => (finding.fixes ?? []).map(({ id }) => id));
  if (fault.fixes !== undefined) expect(fixes.sort()).toEqual([...fault.fixes].sort());
  const text = findings.map((finding) => textOf(finding)).join('\n');
  for (const pattern of fault.says ?? []) expect(text).toMatch(pattern);
  for (const pattern of fault.saysNot ?? []) expect(text).not.toMatch(pattern);
}

function assertWellFounded(finding: CheckResult, severity: 'fail' | 'warn'): void {
  expect(finding.status).toBe(severity);
  for (const part of [finding.what, finding.why, finding.todo]) expect(part).toMatch(/\S/u);
  expect(finding.evidence?.length, 'pieces of evidence').toBeGreaterThan(0);
  expect(
    (finding.fixes?.length ?? 0) + (finding.advice?.length ?? 0),
    'fixes and advice',
  ).toBeGreaterThan(0);
  expect(textOf(finding), 'a value was missing').not.toMatch(/undefined|NaN|\[object /u);
}

function textOf({ what, why, todo, evidence = [], advice = [], fixes = [] }: CheckResult): string {
  const seen = evidence.map(({ from, says }) => `${from}: ${says}`);
  const commands = fixes.flatMap((fix) => [...fix.commands, ...fix.notes]);
  return [what, why, todo, ...seen, ...advice, ...commands].join('\n');
}

function briefOf(results: readonly CheckResult[]): [Status, string, string][] {
  return results.map(({ status, subject, what, reason }) => [
    status,
    `${subject.kind} ${subject.name}`,
    what ?? reason ?? '',
  ]);
}

function statusesOf(results: readonly CheckResult[]): Status[] {
  return results.map(({ status }) => status);
}

function repeatsIn(texts: readonly string[]): string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}

function snapshotOf(given: Given): Snapshot {
  return 'build' in given ? given.build() : given;
}

/** A check that changes what it is shown throws, and is then found to have crashed. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze<unknown>(part);
  return value;
}
