import { describe, expect, it } from 'vitest';
import { judge } from '../../../../src/edge/lab/trial/judge.js';
import type { Scenario } from '../../../../src/edge/lab/scenario.js';
import { HOST } from '../../../../src/model/finding.js';
import type { CheckResult, Status } from '../../../../src/model/report.js';

const scenario: Scenario = {
  id: 'x',
  title: 'x',
  story: 'x.',
  lan: { mode: 'bridge' },
  fault: [],
  expect: [{ check: 'parent-down', status: 'fail', subject: 'parent' }],
  byDesign: ['host-child-isolation'],
  mayAlso: ['gateway-silent'],
};

const result = (
  check: string,
  status: Status,
  kind: 'parent' | 'child' = 'parent',
): CheckResult => ({
  check,
  category: 'parent',
  status,
  subject: { kind, name: 'eth0' },
  title: check,
});

const found = result('parent-down', 'fail');

describe('judge', () => {
  it('is content when exactly what was staged is found', () => {
    const quiet = [result('mode-mixed', 'suppressed'), result('wsl2', 'undetermined')];
    expect(judge(scenario, { results: [found, ...quiet] }).isRight).toBe(true);
    const along = [result('host-child-isolation', 'warn'), result('gateway-silent', 'fail')];
    expect(judge(scenario, { results: [found, ...along] }).isRight).toBe(true);
  });

  it('does not hold the machine against the report', () => {
    const full = { ...result('neighbour-table-full', 'fail'), subject: HOST };
    expect(judge(scenario, { results: [found, full] }).isRight).toBe(true);
  });

  it('misses what is not there, is milder, or is about something else', () => {
    for (const results of [
      [],
      [result('parent-down', 'warn')],
      [result('parent-down', 'fail', 'child')],
      [result('parent-down', 'undetermined')],
    ])
      expect(judge(scenario, { results }).missing).toEqual(scenario.expect);
  });

  it('does not let a false alarm or a crash pass', () => {
    for (const extra of [
      result('mode-mixed', 'fail'),
      result('prefix-mismatch', 'warn'),
      result('host-child-isolation', 'crashed'),
    ]) {
      const verdict = judge(scenario, { results: [found, extra] });
      expect(verdict.isRight).toBe(false);
      expect(verdict.unexpected).toEqual([extra]);
    }
  });

  it('finds nothing in a healthy LAN right', () => {
    const healthy = { ...scenario, expect: [], mayAlso: [] };
    expect(judge(healthy, { results: [result('host-child-isolation', 'warn')] }).isRight).toBe(
      true,
    );
    expect(judge(healthy, { results: [result('gateway-silent', 'fail')] }).isRight).toBe(false);
  });
});
