import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { diagnoseHere, planHere } from '../../../src/cli/workflows/here.js';
import { FORMATS } from '../../../src/cli/output/formats.js';
import { DoctorError } from '../../../src/model/errors.js';
import type { CheckResult, Report } from '../../../src/model/report.js';
import { aReport, found, passed, undecided } from '../../support/a-report.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { runCommand } from '../../support/run-command.js';

vi.mock('../../../src/cli/workflows/here.js');
vi.mock('../../../src/core/checks/index.js', () => ({
  checks: ['parent-down', 'mode-private'].map((id) => ({
    meta: { id, title: { found: 'Found' }, docs: { explain: 'A page.', references: [] } },
  })),
}));

const FAIL = found('parent/parent-down', { on: 'parent eth0' });
const WARN = found('macvlan/mode-private', { on: 'parent eth0', status: 'warn' });
const OPEN = undecided('neighbour/gateway-silent', 'nothing was sent');

let folder = '';
const inFolder = (name: string): string => path.join(folder, name);

function patient(): ReturnType<typeof aSnapshot> {
  return aSnapshot().parent('eth0').child('web').allHealthy();
}

function diagnoses(...results: readonly CheckResult[]): Report {
  const report = aReport(patient(), [...passed('host/wsl2'), ...results]);
  vi.mocked(diagnoseHere).mockResolvedValue({ report, snapshot: patient().build() });
  return report;
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mvd-run-'));
  vi.stubEnv('NO_COLOR', '');
  vi.stubEnv('FORCE_COLOR', '');
  vi.stubEnv('GITHUB_STEP_SUMMARY', '');
  diagnoses();
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
  vi.resetAllMocks();
});

describe('exit codes, the same in every format', () => {
  const outcomes = [
    ['well', [], 0, 0, 0],
    ['a warning', [WARN], 0, 1, 0],
    ['a failure', [FAIL, OPEN], 1, 1, 1],
    ['something open', [OPEN], 0, 0, 3],
  ] as const;
  const formats = FORMATS.map((format) => ['--format', format]);
  for (const format of [[], ['--json'], ...formats, ['-q'], ['-v']]) {
    it.each(outcomes)(
      `${format.join(' ') || 'table'}: %s`,
      async (...[, results, plain, onWarn, strict]) => {
        diagnoses(...results);
        expect((await runCommand(...format)).code).toBe(plain);
        expect((await runCommand(...format, '--fail-on', 'warn')).code).toBe(onWarn);
        expect((await runCommand(...format, '--strict')).code).toBe(strict);
      },
    );
  }

  it.each([[[]], [['--json']]])(
    'a bug of ours is 70, with the stack on stderr (%o)',
    async (format) => {
      vi.mocked(diagnoseHere).mockRejectedValue(new TypeError('x is not a function'));
      const { code, stdout, stderr } = await runCommand(...format);
      expect(code).toBe(70);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^macvlan-doctor: TypeError: x is not a function\n\s+at /);
      expect(stderr).toContain('Please report');
    },
  );

  it.each([[[]], [['--json']]])(
    'what the user can mend is 2, in one sentence (%o)',
    async (format) => {
      vi.mocked(diagnoseHere).mockRejectedValue(
        new DoctorError('no-such-interface', 'no interface here is called eth9', ['eth0', 'eth1']),
      );
      const { code, stdout, stderr } = await runCommand(...format, '--parent', 'eth9');
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toBe(
        'macvlan-doctor: no interface here is called eth9; did you mean eth0 or eth1?\n',
      );
    },
  );
});

describe('wrong use', () => {
  const rows = [
    [['--pasive'], 'there is no flag --pasive; did you mean --passive?'],
    [['--zzzzzz=1'], 'there is no flag --zzzzzz; --help lists the flags there are.'],
    [['--timeout', 'soon'], '--timeout: Expected an integer but received: soon.'],
    [
      ['--timeout', '99'],
      '--timeout: Expected an integer greater than or equal to 100 but received: 99.',
    ],
    [
      ['--timeout', '10001'],
      '--timeout: Expected an integer less than or equal to 10000 but received: 10001.',
    ],
    [['--fail-on', 'all'], 'Expected --fail-on=all to be one of: fail, warn.'],
    [['--expect', 'hostaccess'], '--expect does not know hostaccess; did you mean host-access?'],
    [['--only', 'parent-dwon'], 'there is no check called parent-dwon; did you mean parent-down?'],
    [['--skip', 'mode-private,zzz'], 'there is no check called zzz.'],
    [['--format', 'sarf'], 'there is no format sarf; did you mean sarif?'],
    [['--json', '--format', 'table'], 'json and table cannot both go to the console'],
    [['-q', '-v'], '--verbose cannot also be provided when using --quiet.'],
    [['--parent'], 'Flag --parent expects a value.'],
    [['\u001B[2J'], String.raw`Unexpected argument: \u{1b}[2J.`],
  ] as const;
  for (const format of [[], ['--json']]) {
    it.each(rows)(`%o ${format.join(' ')}`, async (args, sentence) => {
      const { code, stdout, stderr } = await runCommand(...format, ...args);
      expect(stderr).toContain(`macvlan-doctor: ${sentence}`);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect([code, stdout]).toEqual([2, '']);
      expect(diagnoseHere).not.toHaveBeenCalled();
    });
  }
});

it('a plan has no form for a pipeline', async () => {
  const { code, stderr } = await runCommand('--dry-run', '--format', 'junit');
  expect(stderr).toBe('macvlan-doctor: --dry-run has no junit form: table or json.\n');
  expect(code).toBe(2);
});

describe('what goes where', () => {
  it('stdout carries the report and nothing else', async () => {
    const report = diagnoses(FAIL);
    const { stdout, stderr } = await runCommand('--json');
    expect(JSON.parse(stdout)).toEqual(report);
    expect(stderr).toBe('');
  });

  it('one run feeds the console and files', async () => {
    const report = diagnoses(FAIL);
    const file = inFolder('report.json');
    const { stdout, code } = await runCommand(
      '--format',
      `json=${file}`,
      '--save',
      inFolder('s.json'),
    );
    expect(code).toBe(1);
    expect(stdout).toContain('FAIL  parent-down');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(report);
    expect(JSON.parse(readFileSync(inFolder('s.json'), 'utf8'))).toEqual(patient().build());
  });

  it('one run feeds the tools of a pipeline', async () => {
    diagnoses(FAIL);
    const { code, stdout } = await runCommand(
      '--format',
      `junit=${inFolder('junit.xml')}`,
      '--format',
      `sarif=${inFolder('doctor.sarif')}`,
    );
    expect(code).toBe(1);
    expect(stdout).toContain('FAIL  parent-down');
    expect(readFileSync(inFolder('junit.xml'), 'utf8')).toContain('<failure type="parent-down');
    expect(readFileSync(inFolder('doctor.sarif'), 'utf8')).toContain('"ruleId": "parent-down"');
  });

  it('github adds the report to the summary of the step', async () => {
    const file = inFolder('summary.md');
    writeFileSync(file, 'from another command\n');
    vi.stubEnv('GITHUB_STEP_SUMMARY', file);
    diagnoses(FAIL);
    expect((await runCommand()).code).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('from another command\n');
    const { code, stdout } = await runCommand('--format', 'github');
    expect([code, stdout.split('\n', 1)[0]]).toEqual([
      1,
      expect.stringContaining('::error title=parent-down%3A parent eth0::'),
    ]);
    expect(readFileSync(file, 'utf8')).toMatch(
      /^from another command\n\n### macvlan-doctor: 1 problem\n/,
    );
  });

  it('a summary that cannot be written is said, after the report', async () => {
    vi.stubEnv('GITHUB_STEP_SUMMARY', folder);
    diagnoses(FAIL);
    const { code, stdout, stderr } = await runCommand('--format', 'github');
    expect([code, stderr]).toEqual([
      2,
      `macvlan-doctor: cannot write ${folder}: it is a folder.\n`,
    ]);
    expect(stdout).toContain('::error');
  });

  it('a table in a file has no colour and 80 columns, whatever the console has', async () => {
    vi.stubEnv('FORCE_COLOR', '1');
    diagnoses(FAIL);
    const { stdout } = await runCommand('--format', `table=${inFolder('r.txt')}`);
    expect(stdout).toContain('\u001B[');
    expect(readFileSync(inFolder('r.txt'), 'utf8')).not.toContain('\u001B[');
  });

  it('a file that cannot be written costs the exit code, not the report', async () => {
    diagnoses(FAIL);
    const { code, stdout, stderr } = await runCommand(
      '--save',
      inFolder('no/where'),
      '--format',
      `json=${inFolder('ok')}`,
    );
    expect(code).toBe(2);
    expect(stdout).toContain('FAIL  parent-down');
    expect(stderr).toBe(
      `macvlan-doctor: cannot write ${inFolder('no/where')}: its folder does not exist.\n`,
    );
    expect(existsSync(inFolder('ok'))).toBe(true);
  });

  it('--no-color wins over FORCE_COLOR', async () => {
    vi.stubEnv('FORCE_COLOR', '1');
    diagnoses(FAIL);
    expect((await runCommand('--no-color')).stdout).not.toContain('\u001B[');
  });
});

describe('flags reach the workflow', () => {
  it('from the command line', async () => {
    await runCommand(
      '--parent',
      'eth0',
      '--parent',
      'eth1',
      '--network',
      'lan',
      '--container',
      'web',
      '--passive',
      '--timeout',
      '300',
      '--expect',
      'host-access,internet',
      '--skip',
      'mode-private',
    );
    expect(diagnoseHere).toHaveBeenCalledWith(
      expect.objectContaining({
        parents: ['eth0', 'eth1'],
        networks: ['lan'],
        containers: ['web'],
        passive: true,
        timeoutMs: 300,
        expectations: ['host-access', 'internet'],
        only: [],
        skip: ['mode-private'],
      }),
    );
  });

  it('from the environment, where the command line says nothing', async () => {
    vi.stubEnv('MACVLAN_DOCTOR_PARENT', 'eth0,eth1');
    vi.stubEnv('MACVLAN_DOCTOR_TIMEOUT', '400');
    vi.stubEnv('MACVLAN_DOCTOR_ONLY', 'parent-down,mode-private');
    vi.stubEnv('MACVLAN_DOCTOR_FAIL_ON', 'warn');
    vi.stubEnv('MACVLAN_DOCTOR_FORMAT', 'json');
    vi.stubEnv('MACVLAN_DOCTOR_PASSIVE', 'true');
    diagnoses(WARN);
    const { code, stdout } = await runCommand('--timeout', '500');
    expect(code).toBe(1);
    expect(stdout.startsWith('{')).toBe(true);
    expect(diagnoseHere).toHaveBeenCalledWith(
      expect.objectContaining({
        parents: ['eth0', 'eth1'],
        timeoutMs: 500,
        only: ['parent-down', 'mode-private'],
        passive: true,
      }),
    );
  });
});

describe('--dry-run', () => {
  it('prints the plan and diagnoses nothing', async () => {
    const frameLimit = { frames: 0, formula: '' };
    vi.mocked(planHere).mockResolvedValue({ steps: [], frameLimit, mostRounds: 5 });
    expect((await runCommand('--dry-run')).stdout).toContain('Nothing would be sent');
    expect(JSON.parse((await runCommand('--dry-run', '--json')).stdout)).toEqual({
      plan: [],
      frameLimit,
      mostRounds: 5,
    });
    expect(diagnoseHere).not.toHaveBeenCalled();
  });
});

describe('signals', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    '%s ends the run with %i, and says that nothing was changed',
    async (signal, expected) => {
      vi.mocked(diagnoseHere).mockImplementation(
        (options) =>
          new Promise((_resolve, reject) => {
            options.signal.addEventListener('abort', () => {
              reject(new Error('aborted'));
            });
            process.emit(signal, signal);
          }),
      );
      const { code, stdout, stderr } = await runCommand();
      expect([code, stdout]).toEqual([expected, '']);
      expect(stderr).toBe(`macvlan-doctor: stopped by ${signal}; nothing was changed.\n`);
    },
  );
});
