// The built program with a settings file: command line over environment over file, and `config show` says which.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../../bin/run.js', import.meta.url));
const SETTINGS = `# for this project
fail-on: warn
timeout: 50000
format: [sarif=out.sarif]
quiet: true
preflight:
  strict: true
  mode: private
`;

let folder = '';
let file = '';

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: path.join(folder, 'sub'),
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: undefined, ...env },
  });
  return { code: status, stdout, stderr };
}

beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'mvd-precedence-')));
  mkdirSync(path.join(folder, 'sub'));
  file = path.join(folder, 'macvlan-doctor.yaml');
  writeFileSync(file, SETTINGS.replace('50000', '5000'), { mode: 0o644 });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('config show', () => {
  it('names the file and line, the variable, or the default', () => {
    const env = { MACVLAN_DOCTOR_TIMEOUT: '700', MACVLAN_DOCTOR_PASSIVE: 'false' };
    const { code, stdout, stderr } = start(['config', 'show', '--origin'], env);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toEqual([
      `fail-on: warn  # ${file}:2:10`,
      `format: ["sarif=../out.sarif"]  # ${file}:4:9`,
      'passive: false  # MACVLAN_DOCTOR_PASSIVE',
      `quiet: true  # ${file}:5:8`,
      'timeout: 700  # MACVLAN_DOCTOR_TIMEOUT',
      '',
    ]);
  });

  it('has the section of a command', () => {
    const { stdout } = start(['config', 'show', 'preflight', '--origin']);
    expect(stdout).toContain(`mode: private  # ${file}:8:9\n`);
    expect(stdout).toContain(`strict: true  # ${file}:7:11\n`);
    expect(start(['config', 'show', 'run']).stdout).not.toMatch(/mode|strict/);
  });

  it('what it prints is a settings file', () => {
    const copy = path.join(folder, 'sub', 'copy.yaml');
    const { stdout } = start(['config', 'show', 'analyze']);
    writeFileSync(copy, stdout.replace('../out.sarif', 'out.sarif'));
    expect(start(['config', 'show', 'analyze', '--config', copy]).code).toBe(0);
    rmSync(copy);
  });
});

it('the example of the README is one', () => {
  const readme = readFileSync(path.resolve(import.meta.dirname, '../../../README.md'), 'utf8');
  const [, example = ''] = /```yaml\n(# macvlan-doctor\.yaml\n.*?)```/s.exec(readme) ?? [];
  const copy = path.join(folder, 'readme.yaml');
  writeFileSync(copy, example);
  const { code, stdout } = start(['config', 'show', 'preflight', '--config', copy]);
  expect(code).toBe(0);
  expect(stdout).toContain('baseline: "../known.yaml"\n');
  expect(stdout).toContain('strict: true\n');
});

describe('a command', () => {
  // `--only` with nothing left fails before anything is looked at: these never come to a probe.
  const nothing = ['run', '--passive', '--only', 'parent-down', '--skip', 'parent-down'];

  it.each([
    ['fail-on: all', ':1:10: fail-on: one of fail, warn is expected.\n'],
    [
      'timeout: 5',
      ':1:10: timeout: Expected an integer greater than or equal to 100 but received: 5.\n',
    ],
    ['format: sarif=/etc/x', ':1:9: /etc/x is outside the folder of this file.\n'],
    ['save: x', ':1:1: there is no setting save here; there are '],
    ['a: "', ':1:5: no YAML: Missing closing "quote.\n'],
  ])('%s ends in one sentence', (text, sentence) => {
    const bad = path.join(folder, 'bad.yaml');
    writeFileSync(bad, text);
    const { code, stdout, stderr } = start([...nothing, '--config', bad]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.startsWith(`macvlan-doctor: ${bad}`)).toBe(true);
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('a file that was named and is not there', () => {
    const { code, stderr } = start([...nothing, '--config', '/no/such.yaml']);
    expect([code, stderr]).toEqual([2, 'macvlan-doctor: /no/such.yaml does not exist.\n']);
  });

  it('a snapshot is judged by the settings, and a flag wins over them', () => {
    const snapshot = path.resolve(
      import.meta.dirname,
      '../../../fixtures/hosts/host-isolation/snapshot.json',
    );
    expect(start(['analyze', snapshot]).code).toBe(1);
    expect(start(['analyze', snapshot, '--fail-on', 'fail']).code).toBe(0);
    const env = { MACVLAN_DOCTOR_FAIL_ON: 'fail' };
    expect(start(['analyze', snapshot], env).code).toBe(0);
    // -v excludes the file's `quiet`, and --json its `format`.
    expect(start(['analyze', snapshot, '-v']).stdout).toContain('Seen ');
    expect(start(['analyze', snapshot, '--json']).stdout.startsWith('{')).toBe(true);
  });
});
