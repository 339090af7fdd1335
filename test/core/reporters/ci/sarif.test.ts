import fc from 'fast-check';
import type { Log, Result } from 'sarif';
import { describe, expect, it } from 'vitest';
import { renderSarif } from '../../../../src/core/reporters/ci/sarif.js';
import type { CheckMeta } from '../../../../src/model/check.js';
import type { CheckResult } from '../../../../src/model/report.js';
import { found, passed } from '../../../support/a-report.js';
import {
  everyOutcome,
  HOSTILE,
  hostileFinding,
  IN_A_FILE,
  LIVE,
  NOT_APPLICABLE,
  ON_PAPER,
  OPEN,
  reportOf,
  SYMPTOM,
  WARNING,
} from '../../../support/every-outcome.js';
import { sarifErrors } from '../../../support/official-schemas.js';

/** A page that nobody rewrites. */
const PAGE: CheckMeta = {
  id: 'parent-down',
  category: 'parent',
  severity: 'fail',
  title: { pass: 'Every parent is up', found: 'A parent is down' },
  needs: [],
  dependsOn: [],
  docs: { explain: 'What it is.\n\nWhy it happens.', references: ['ip-link(8)', 'netdevice(7)'] },
};

function runOf(...results: readonly CheckResult[]): Log['runs'][number] {
  const text = renderSarif(reportOf(...results), ON_PAPER);
  expect(sarifErrors(text)).toEqual([]);
  const [run] = (JSON.parse(text) as Log).runs;
  if (run === undefined) throw new Error('no run');
  return run;
}

function resultsOf(...results: readonly CheckResult[]): readonly Result[] {
  return runOf(...results).results ?? [];
}

function fingerprints(...results: readonly CheckResult[]): readonly (string | undefined)[] {
  return resultsOf(...results).map((result) => result.partialFingerprints?.['macvlanDoctor/v1']);
}

describe('renderSarif', () => {
  it('is what the schema says, with everything in it', async () => {
    expect(sarifErrors(renderSarif(everyOutcome(), ON_PAPER))).toEqual([]);
    const text = renderSarif(everyOutcome(), { ...ON_PAPER, checks: [PAGE] });
    await expect(text).toMatchFileSnapshot('../golden/all.sarif');
  });

  it('an empty report is a log', () => {
    expect(resultsOf(...passed('host/wsl2'), NOT_APPLICABLE)).toEqual([]);
  });

  it('levels are those of the findings; a symptom counts as suppressed', () => {
    expect(resultsOf(LIVE, WARNING, SYMPTOM)).toMatchObject([
      { ruleId: 'parent-down', level: 'error' },
      { ruleId: 'host-child-isolation', level: 'warning' },
      {
        ruleId: 'gateway-silent',
        level: 'note',
        suppressions: [{ kind: 'external', status: 'accepted' }],
      },
    ]);
    expect(resultsOf(LIVE)[0]).not.toHaveProperty('suppressions');
  });

  it('every rule is described by the page of its check, once', () => {
    const run = runOf(LIVE, found('parent/parent-down', { on: 'parent eth1' }), WARNING, OPEN);
    const rules = run.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual(['host-child-isolation', 'parent-down', 'rp-filter']);
    for (const rule of rules) expect(rule.help?.text.length).toBeGreaterThan(100);
    for (const { ruleId, ruleIndex = -1 } of run.results ?? []) {
      expect(rules[ruleIndex]?.id).toBe(ruleId);
    }
  });

  it('a finding in a file points at its line, relative to the repository', () => {
    expect(resultsOf(IN_A_FILE)[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'deploy/compose.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 12, startColumn: 9 },
        },
        logicalLocations: [
          { kind: 'member', fullyQualifiedName: 'networks.lan.ipam.config[0].gateway' },
          { kind: 'resource', name: 'lan', fullyQualifiedName: 'network/lan' },
        ],
      },
    ]);
  });

  it('a finding on the live host has a place of its own making', () => {
    expect(resultsOf(LIVE)[0]?.locations).toMatchObject([
      {
        physicalLocation: { artifactLocation: { uri: 'live-host/parent/eth0' } },
        logicalLocations: [{ fullyQualifiedName: 'parent/eth0' }],
      },
    ]);
  });

  it('what was not decided is said of the run, and is no result', () => {
    const run = runOf(OPEN);
    expect(run.results).toEqual([]);
    expect(run.invocations?.[0]?.toolExecutionNotifications).toMatchObject([
      {
        associatedRule: { id: 'rp-filter' },
        level: 'warning',
        message: { text: 'rp-filter could not decide: run as root' },
      },
    ]);
  });

  it('a crash makes the run one that did not succeed', () => {
    const log = JSON.parse(renderSarif(everyOutcome(), ON_PAPER)) as Log;
    expect(log.runs[0]?.invocations?.[0]?.executionSuccessful).toBe(false);
    expect(runOf(LIVE).invocations?.[0]?.executionSuccessful).toBe(true);
  });
});

describe('fingerprints', () => {
  const eth1 = found('parent/parent-down', { on: 'parent eth1', code: 'down' });

  it('are the same in another run, in another order, with other numbers', () => {
    const later = {
      ...LIVE,
      what: 'eth0 is down since 7 s',
      evidence: [{ from: 'links', says: '9' }],
    };
    const [first] = fingerprints(LIVE, eth1);
    expect(first).toMatch(/^[\da-f]{32}$/);
    expect(fingerprints(eth1, later)[1]).toBe(first);
    expect(fingerprints({ ...LIVE, status: 'warn' })).toEqual([first]);
  });

  it('differ by check, code, subject and field, not by line', () => {
    const moved = {
      ...IN_A_FILE,
      location: { ...IN_A_FILE.location, file: 'deploy/compose.yaml' },
    };
    const { location: _, ...live } = IN_A_FILE;
    const all = [
      LIVE,
      eth1,
      { ...LIVE, code: 'other' },
      { ...LIVE, check: 'parent-missing' },
      { ...LIVE, subject: { kind: 'shim', name: 'eth0' } as const },
      IN_A_FILE,
      live,
      { ...IN_A_FILE, location: { file: 'other.yaml', path: 'networks.lan' } },
    ];
    expect(new Set(fingerprints(...all)).size).toBe(all.length);
    const shifted = {
      ...moved,
      location: { ...moved.location, line: 99, path: IN_A_FILE.location?.path ?? '' },
    };
    expect(fingerprints(shifted)).toEqual(fingerprints(IN_A_FILE));
  });
});

describe('hostile names', () => {
  it('stay data', () => {
    const [result] = resultsOf(hostileFinding(HOSTILE));
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toMatch(
      /^[\w%.!~*'()/-]+$/,
    );
    expect(result?.message.text).toContain(String.raw`\u{1b}`);
  });

  it('of any kind keep the log valid and its places relative', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const [result] = resultsOf(hostileFinding(text));
        const uri = result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? '';
        expect(new URL(`file:///repo/${uri}`).protocol).toBe('file:');
        expect(uri).not.toMatch(/[:?#\s]/);
      }),
      { numRuns: 50 },
    );
  });
});
