// Every command of the README is run, and the output it shows is what comes out.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintsIn } from '../support/complaints.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DOCTOR = path.join(ROOT, 'bin/run.js');
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const MUST_RUN = process.env['MACVLAN_DOCTOR_NO_SKIP'] === '1';
/** The lab builds its LAN with real namespaces. */
const needsRoot = it.skipIf(process.getuid?.() !== 0 && !MUST_RUN);

function blocks(language: string): string[] {
  const fenced = [...README.matchAll(/^```(?<named>\w+)\n(?<text>.*?)^```$/gms)];
  return fenced
    .filter(({ groups }) => groups?.['named'] === language)
    .map(({ groups }) => groups?.['text'] ?? '');
}

const commands = blocks('sh').flatMap((block) => block.trim().split('\n'));
/** Without sudo: what needs no root, on a bundle that was made before. */
const onTheHost = commands.filter((line) => /^sudo |^macvlan-doctor analyze /.test(line));
const ofNpm = commands.filter((line) => line.startsWith('npm '));
const explaining = commands.filter((line) => line.includes('macvlan-doctor explain'));

const KEPT = [
  'report.json',
  'report.txt',
  'snapshot.json',
  'junit.xml',
  'doctor.sarif',
  'report.md',
  'baseline.yaml',
  'ticket.tar.gz',
];

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, args: readonly string[], options: object = {}): Ended {
  return spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', ...options });
}

/** What differs from machine to machine and from run to run: names, times, the spaces that make room for them. */
function comparable(text: string): string {
  return text
    .replaceAll(/mvd-[a-z\d]{6}\b/g, 'mvd-lab')
    .replaceAll(/(macvlan-doctor [\d.]+ +)\S+/g, '$1HOST')
    .replaceAll(/\d+(?:\.\d+)? m?s\b/g, 'TIME')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'macvlan-doctor-readme-'));
  const stand = (name: string, script: string): void => {
    const file = path.join(scratch, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  };
  stand('macvlan-doctor', `exec '${process.execPath}' '${DOCTOR}' "$@"`);
  stand('sudo', 'exec "$@"');
  // An engine that fails as one does whose network names a parent that is not there.
  const said = 'invalid subinterface vlan name eth7, example formatting is eth0.10';
  stand('docker', `echo 'Error response from daemon: ${said}' >&2; exit 1`);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it('has only commands that are run here', () => {
  expect(commands).toHaveLength(onTheHost.length + ofNpm.length + explaining.length);
  expect(ofNpm).toEqual([
    'npm run demo',
    'npm test',
    'npm pack',
    expect.stringMatching(/^npm install --global .*\.tgz$/),
  ]);
});

describe('trying it', () => {
  needsRoot('shows what the demo prints', () => {
    const seed = /--seed (\d+)/.exec(README)?.[1] ?? '';
    const { stdout, stderr, status } = run(process.execPath, ['scripts/demo.js', '--seed', seed]);
    expect(comparable(stdout)).toBe(comparable(blocks('text').join('')));
    expect({ status, stderr }).toMatchObject({ status: 0 });
  });

  it('runs the tests by the command that CI uses', () => {
    expect(readFileSync(path.join(ROOT, '.ci/run'), 'utf8')).toMatch(/^npm test/m);
  });
});

describe('installing it', () => {
  it('packs and installs what it packed', () => {
    const env = {
      ...process.env,
      npm_config_prefix: path.join(scratch, 'prefix'),
      npm_config_pack_destination: scratch,
      // Building and compiling are the business of other tests.
      npm_config_ignore_scripts: 'true',
    };
    const [pack = '', install = ''] = ofNpm.slice(2);
    const packed = run('sh', ['-c', pack], { env });
    expect(packed.status, packed.stderr).toBe(0);
    const installed = run('sh', ['-c', install], { env, cwd: scratch });
    expect(installed.status, installed.stderr).toBe(0);
    const doctor = path.join(scratch, 'prefix/bin/macvlan-doctor');
    expect(run(doctor, ['--version']).stdout).toMatch(/^macvlan-doctor\//);
  });
});

describe('explaining', () => {
  it.each(explaining)('%s', (command) => {
    const env = { ...process.env, PATH: `${scratch}:${process.env['PATH'] ?? ''}` };
    const { status, stdout, stderr } = run('sh', ['-c', command], { env });
    expect([status, complaintsIn(stderr)]).toEqual([0, '']);
    expect(stdout).toMatch(command.endsWith(' -') ? /^Docker: invalid subinterface/ : /\n/);
  });
});

describe('on a host with a macvlan parent', () => {
  let lab: { id: string; inhabitants: { role: string; netns: string }[] } | undefined;

  beforeAll(() => {
    if (process.getuid?.() !== 0 && !MUST_RUN) return;
    const seed = /--seed (\d+)/.exec(README)?.[1] ?? '';
    const args = [DOCTOR, 'lab', 'up', 'host-isolation', '--seed', seed, '--json'];
    lab = JSON.parse(run(process.execPath, args).stdout) as typeof lab;
  });

  afterAll(() => {
    if (lab !== undefined) run(process.execPath, [DOCTOR, 'lab', 'down', lab.id]);
  });

  for (const command of onTheHost) {
    needsRoot(command, () => {
      const host = lab?.inhabitants.find(({ role }) => role === 'host')?.netns ?? '';
      const PATH = `${scratch}:${process.env['PATH'] ?? ''}`;
      const env = { ...process.env, PATH, XDG_STATE_HOME: path.join(scratch, 'state') };
      const argv = ['netns', 'exec', host, 'sh', '-c', command];
      const { status, stderr } = run('ip', argv, { env, cwd: scratch });
      // Host isolation is by design: a failure only where it was asked to be one.
      const isFailure =
        /--expect host-access|--fail-on warn/.test(command) && !command.includes(' --baseline ');
      expect({ status, stderr }).toMatchObject({ status: isFailure ? 1 : 0 });
      expect(stderr).not.toMatch(/^macvlan-doctor:/m);
    });
  }

  needsRoot('keeps what it was asked to keep', () => {
    for (const file of KEPT) {
      expect(readFileSync(path.join(scratch, file), 'utf8').length).toBeGreaterThan(100);
    }
  });
});
