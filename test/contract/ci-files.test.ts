// The files for pipelines and monitors are run here as their tools run them: in the host of a practice LAN.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { junitErrors, sarifErrors } from '../support/official-schemas.js';
import { complaintsIn } from '../support/complaints.js';
import { describeAsRoot } from '../support/root.js';
import { commandsIn } from '../support/workflow-commands.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DOCTOR = path.join(ROOT, 'bin/run.js');
const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

interface Step {
  readonly id?: string;
  readonly name: string;
  readonly run: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

const action = parse(textOf('action.yml')) as Action;
const [install, ask] = action.runs.steps;

let lab: { id: string; inhabitants: { role: string; netns: string }[] };
let home = '';
let scratch = '';

function start(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const host = lab.inhabitants.find(({ role }) => role === 'host')?.netns ?? '';
  return spawnSync('ip', ['netns', 'exec', host, ...argv], {
    cwd: scratch,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${home}:${process.env['PATH'] ?? ''}`, ...env },
  });
}

/** What GitHub puts in the place of its templates. */
function filledIn(template: string, inputs: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\$\{\{ (\S+) \}\}/g, (_whole, name: string) => {
    if (name === 'github.action_path') return ROOT;
    const input = name.replace(/^inputs\./, '');
    return inputs[input] ?? action.inputs[input]?.default ?? '';
  });
}

/** The step as the runner starts it: `shell: bash` is this. */
function runStep(step: Step | undefined, inputs: Readonly<Record<string, string>> = {}) {
  const output = path.join(scratch, 'output');
  const summary = path.join(scratch, 'summary');
  for (const file of [output, summary]) writeFileSync(file, '');
  writeFileSync(path.join(scratch, 'step.sh'), step?.run ?? '');
  const given = Object.entries(step?.env ?? {}).map(
    ([name, value]) => [name, filledIn(value, inputs)] as const,
  );
  const { status, stdout, stderr } = start(
    ['bash', '--noprofile', '--norc', '-eo', 'pipefail', 'step.sh'],
    { ...Object.fromEntries(given), GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary },
  );
  const lines = readFileSync(output, 'utf8').trimEnd().split('\n');
  const outputs = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  return { status, stdout, stderr, outputs, summary: readFileSync(summary, 'utf8') };
}

describe('the README', () => {
  it.each(['docs/ci/github.yml', 'docs/ci/gitlab.yml'])('shows %s as it is', (file) => {
    expect(textOf('README.md')).toContain(`\`\`\`yaml\n${textOf(file)}\`\`\`\n`);
  });
});

describe('action.yml', () => {
  it('hands nothing to a script but by the environment', () => {
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
  });

  it('is called with inputs that it has', () => {
    const workflow = parse(textOf('docs/ci/github.yml')) as {
      jobs: { macvlan: { steps: { with?: object; uses: string }[] } };
    };
    const call = workflow.jobs.macvlan.steps.find(({ uses }) => uses.endsWith('macvlan-doctor'));
    expect(Object.keys(action.inputs)).toEqual(
      expect.arrayContaining(Object.keys(call?.with ?? {})),
    );
  });
});

describeAsRoot('in the host of a practice LAN', () => {
  beforeAll(() => {
    home = mkdtempSync(path.join(tmpdir(), 'mvd-ci-'));
    const stand = (name: string, script: string): void => {
      writeFileSync(path.join(home, name), `#!/bin/sh\n${script}\n`);
      chmodSync(path.join(home, name), 0o755);
    };
    stand('macvlan-doctor', `exec '${process.execPath}' '${DOCTOR}' "$@"`);
    stand('sudo', 'exec "$@"');
    // Packing and installing is the business of another test.
    stand('npm', 'echo "$@" > npm-was-asked');
    const args = [DOCTOR, 'lab', 'up', 'host-isolation', '--json'];
    const up = spawnSync(process.execPath, args, { encoding: 'utf8' });
    lab = JSON.parse(up.stdout) as typeof lab;
  });
  afterAll(() => {
    spawnSync(process.execPath, [DOCTOR, 'lab', 'down', lab.id]);
    rmSync(home, { recursive: true });
  });
  beforeEach(() => {
    scratch = path.join(home, 'work');
    rmSync(scratch, { recursive: true, force: true });
    mkdirSync(scratch);
  });

  it('the install step leaves a program that is ready', () => {
    const { status, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', install?.run ?? ''], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect([status, complaintsIn(stderr)]).toEqual([0, '']);
  });

  it('the step annotates, summarises, reports and counts', () => {
    const { status, stdout, outputs, summary } = runStep(ask, { command: 'run' });
    expect(status).toBe(0);
    expect(commandsIn(stdout).map(({ name, properties }) => [name, properties['title']])).toEqual([
      ['warning', expect.stringMatching(/^host-child-isolation: parent /)],
    ]);
    expect(Object.keys(outputs).toSorted()).toEqual(Object.keys(action.outputs).toSorted());
    expect(outputs).toMatchObject({ 'exit-code': '0', fail: '0', warn: '1', accepted: '0' });
    const report = (name: string): string =>
      readFileSync(path.join(scratch, outputs[name] ?? ''), 'utf8');
    expect(junitErrors(report('junit'))).toBe('');
    expect(sarifErrors(report('sarif'))).toEqual([]);
    expect(summary).toMatch(/^### macvlan-doctor: 1 warning\n/);
  });

  it('a gate that fails has its reports all the same', () => {
    const { status, outputs } = runStep(ask, { command: 'run', 'fail-on': 'warn' });
    expect([status, outputs['exit-code'], outputs['junit']]).toEqual([
      1,
      '1',
      'macvlan-doctor-reports/junit.xml',
    ]);
  });

  it('a baseline that was begun here lets the next run pass', () => {
    const reason = '--baseline-reason=nobody minds; $(touch pwned) `touch pwned`';
    const args = `--write-baseline=known.yaml\n${reason}`;
    expect(runStep(ask, { command: 'run', 'fail-on': 'warn', args }).status).toBe(1);
    const next = runStep(ask, { command: 'run', 'fail-on': 'warn', baseline: 'known.yaml' });
    expect([next.status, next.outputs['accepted']]).toEqual([0, '1']);
    expect(existsSync(path.join(scratch, 'pwned'))).toBe(false);
  });

  it('wrong use is told, and no report of an earlier run is', () => {
    runStep(ask, { command: 'run' });
    const { status, outputs, stderr } = runStep(ask, { command: 'run', args: '--pasive' });
    expect([status, outputs]).toEqual([2, { 'exit-code': '2' }]);
    expect(stderr).toContain('there is no flag --pasive');
  });

  it("GitLab's script installs what it names and leaves its report", () => {
    const { macvlan: job } = parse(textOf('docs/ci/gitlab.yml')) as {
      macvlan: { variables: Record<string, string>; script: string[] };
    };
    const { status, stderr } = start(['sh', '-ec', job.script.join('\n')], job.variables);
    expect([status, complaintsIn(stderr)]).toEqual([0, '']);
    expect(readFileSync(path.join(scratch, 'npm-was-asked'), 'utf8')).toBe(
      `install --global ${job.variables['MACVLAN_DOCTOR'] ?? ''}\n`,
    );
    expect(junitErrors(readFileSync(path.join(scratch, 'junit.xml'), 'utf8'))).toBe('');
  });

  it('the plug-in for Nagios maps the state, and its line is as shown', () => {
    const [, script = ''] = /```sh\n(#!\/bin\/sh\n.*?)```/s.exec(textOf('docs/ci/nagios.md')) ?? [];
    writeFileSync(path.join(scratch, 'check_macvlan'), script);
    const { status, stdout } = start(['sh', 'check_macvlan']);
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(
        /^MACVLAN WARNING - 1 warning: host-child-isolation \(parent \S+\)\|fail=0;;0;0 warn=1;0;;0 .*\n$/,
      ),
    ]);
    const unknown = start(['sh', 'check_macvlan'], { PATH: '/usr/bin:/bin' });
    expect([unknown.status, unknown.stdout]).toEqual([
      3,
      'MACVLAN UNKNOWN - macvlan-doctor gave no answer\n',
    ]);
  });
});
