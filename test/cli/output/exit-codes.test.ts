// Every format against every outcome: what the gate says is the same wherever the answer goes.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FORMATS } from '../../../src/cli/output/formats.js';
import { diagnoseHere } from '../../../src/cli/workflows/here.js';
import type { CheckResult } from '../../../src/model/report.js';
import { aReport, found, passed, undecided } from '../../support/a-report.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { runCommand } from '../../support/run-command.js';

vi.mock('../../../src/cli/workflows/here.js');

const FAIL = found('parent/parent-down', { on: 'parent eth0', code: 'down' });
const WARN = found('macvlan/mode-private', { on: 'parent eth0', status: 'warn' });
const OPEN = undecided('neighbour/gateway-silent', 'nothing was sent');

let folder = '';
const inFolder = (name: string): string => path.join(folder, name);

function diagnoses(...results: readonly CheckResult[]): void {
  const patient = aSnapshot().parent('eth0').child('web').allHealthy();
  const report = aReport(patient, [...passed('host/wsl2'), ...results]);
  vi.mocked(diagnoseHere).mockResolvedValue({ report, snapshot: patient.build() });
}

function baseline(expires: string, reason = 'known'): string {
  const { check, code, subject } = FAIL;
  const accepted = [{ check, code, subject, reason, expires }];
  writeFileSync(inFolder('baseline.yaml'), JSON.stringify({ schemaVersion: 1, accepted }));
  return inFolder('baseline.yaml');
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mvd-gate-'));
  vi.stubEnv('GITHUB_STEP_SUMMARY', '');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
  vi.resetAllMocks();
});

const LATER = '2999-12-31';
const OVER = '2001-01-01';
const OUTCOMES: readonly (readonly [string, readonly CheckResult[], () => string[], number])[] = [
  ['all well', [], () => [], 0],
  ['all well, strict', [], () => ['--strict'], 0],
  ['a warning', [WARN], () => [], 0],
  ['a warning, --fail-on warn', [WARN], () => ['--fail-on', 'warn'], 1],
  ['a failure', [FAIL, WARN, OPEN], () => [], 1],
  ['a failure, strict', [FAIL, OPEN], () => ['--strict'], 1],
  ['something open', [OPEN], () => [], 0],
  ['something open, strict', [OPEN], () => ['--strict'], 3],
  ['an accepted failure', [FAIL], () => ['--baseline', baseline(LATER)], 0],
  [
    'an accepted failure beside something open, strict',
    [FAIL, OPEN],
    () => ['--baseline', baseline(LATER), '--strict'],
    3,
  ],
  [
    'a new warning beside it, --fail-on warn',
    [FAIL, WARN],
    () => ['--baseline', baseline(LATER), '--fail-on', 'warn'],
    1,
  ],
  ['an acceptance that is over', [FAIL], () => ['--baseline', baseline(OVER)], 1],
  ['an entry without a match', [], () => ['--baseline', baseline(LATER)], 0],
  ['a bad baseline', [FAIL], () => ['--baseline', baseline('soon')], 2],
  ['a baseline that is not there', [FAIL], () => ['--baseline', inFolder('none')], 2],
  ['an unknown flag', [FAIL], () => ['--pasive'], 2],
  ['a file that cannot be written', [], () => ['--save', inFolder('no/where')], 2],
];

describe.each(FORMATS.map((format) => [format]))('--format %s', (format) => {
  it.each(OUTCOMES)('%s', async (_name, results, flags, expected) => {
    diagnoses(...results);
    const args = flags();
    expect((await runCommand('--format', format, ...args)).code).toBe(expected);
    const file = inFolder('out');
    const inFile = await runCommand('--format', `${format}=${file}`, ...args);
    expect(inFile.code).toBe(expected);
    if (expected !== 2) expect(readFileSync(file, 'utf8').length).toBeGreaterThan(10);
  });
});

describe('a bad baseline', () => {
  it('is one sentence with its place, before anything is looked at', async () => {
    diagnoses(FAIL);
    const { stdout, stderr } = await runCommand('--baseline', baseline('soon'));
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^macvlan-doctor: \S+baseline\.yaml:1:\d+: expires must be a day of the calendar, as in 2026-01-31\.\n$/,
    );
    expect(diagnoseHere).not.toHaveBeenCalled();
  });

  it('of any size is refused, not cut', async () => {
    writeFileSync(inFolder('big'), `# ${'x'.repeat(3 * 1024 * 1024)}`);
    const { code, stderr } = await runCommand('--baseline', inFolder('big'));
    expect([code, stderr]).toEqual([
      2,
      `macvlan-doctor: ${inFolder('big')} is larger than 2 MiB.\n`,
    ]);
  });
});

describe('--write-baseline', () => {
  const REASON = ['--baseline-reason', 'waiting for the cable'];

  it('accepts what failed, for 90 days; the run itself fails still', async () => {
    diagnoses(FAIL, WARN);
    const file = inFolder('new.yaml');
    expect((await runCommand('--write-baseline', file, ...REASON)).code).toBe(1);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('reason: waiting for the cable');
    expect(text).not.toContain('mode-private');
    const inNinety = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    expect(text).toContain(`expires: ${inNinety}`);
    expect((await runCommand('--baseline', file)).code).toBe(0);
  });

  it('renews the one that was read', async () => {
    diagnoses(FAIL, WARN);
    const file = baseline(LATER, 'an old reason');
    const flags = ['--baseline', file, '--write-baseline', file, '--fail-on', 'warn', ...REASON];
    expect((await runCommand(...flags)).code).toBe(1);
    expect(readFileSync(file, 'utf8')).toMatch(/an old reason[^]*waiting for the cable/);
    expect((await runCommand('--baseline', file, '--fail-on', 'warn')).code).toBe(0);
  });

  it.each([
    [[], 'All of the following must be provided when using --write-baseline: --baseline-reason'],
    [['--baseline-reason', ' '], '--baseline-reason was given no reason'],
    [[...REASON, '--baseline-until', 'soon'], '--baseline-until must be a day of the calendar, as'],
    [[...REASON, '--baseline-until', '2001-01-01'], '--baseline-until 2001-01-01 is over'],
  ])('%o is refused', async (flags, sentence) => {
    const { code, stderr } = await runCommand('--write-baseline', inFolder('new'), ...flags);
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
  });

  it('does not replace a file that it has not read', async () => {
    const file = baseline(LATER);
    const { code, stderr } = await runCommand('--write-baseline', file, ...REASON);
    expect(code).toBe(2);
    expect(stderr).toContain(
      'is there already: name it with --baseline, too, to keep what it says',
    );
  });
});
