// The packed tarball as a user gets it: installed globally into an empty prefix, on every supported Node, and without a compiler.
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MUST_RUN = process.env['MACVLAN_DOCTOR_NO_SKIP'] === '1';
const IS_ROOT = process.getuid?.() === 0;
const OWN_MAJOR = Number.parseInt(process.versions.node, 10);
/** Other Nodes come as npm packages that carry the binary and its headers. Without the full suite, only the one at hand is tried. */
const OTHER_MAJORS = MUST_RUN ? [22, 24, 26].filter((major) => major !== OWN_MAJOR) : [];

interface Result {
  readonly status: number | null;
  readonly text: string;
}

let scratch: string;
let tarball: string;

function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  cwd = scratch,
): Result {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, text: `${stdout}${stderr}${error?.message ?? ''}` };
}

function succeed(result: Result): Result {
  if (result.status !== 0) throw new Error(result.text);
  return result;
}

/** The environment in which `node` and `npm` are of that major. */
function environmentOf(major: number): NodeJS.ProcessEnv {
  if (major === OWN_MAJOR) return {};
  const folder = path.join(scratch, 'node_modules', `node-${major}`);
  return {
    PATH: `${path.join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
    npm_config_nodedir: folder,
  };
}

function install(name: string, env: NodeJS.ProcessEnv): string {
  const prefix = path.join(scratch, name);
  succeed(
    run(
      'npm',
      ['install', '--global', '--no-audit', '--no-fund', '--prefix', prefix, tarball],
      env,
    ),
  );
  return prefix;
}

function packageIn(prefix: string): string {
  return path.join(prefix, 'lib/node_modules/macvlan-doctor');
}

function canLoadAddon(prefix: string, env: NodeJS.ProcessEnv): Result {
  return run('node', ['-e', "require('raw-socket')"], env, packageIn(prefix));
}

beforeAll(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'macvlan-doctor-pack-'));
  writeFileSync(path.join(scratch, 'package.json'), '{ "private": true }');
  // The build is done already when the tests run, and other tests are using it.
  succeed(run(process.execPath, ['scripts/trim-bundled.js'], {}, ROOT));
  const packed = run(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--pack-destination', scratch],
    {},
    ROOT,
  );
  const name = /"filename": "(.+?)"/.exec(succeed(packed).text)?.[1];
  tarball = path.join(scratch, name ?? '');
  const nodes = OTHER_MAJORS.map(
    (major) => `node-${major}@npm:node-linux-${process.arch}@${major}`,
  );
  if (nodes.length > 0)
    succeed(run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...nodes]));
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.each([OWN_MAJOR, ...OTHER_MAJORS])('on Node %i', (major) => {
  it('installs, compiles raw-socket and knows its version', () => {
    const env = environmentOf(major);
    const prefix = install(`node-${major}`, env);
    const { text } = succeed(run(path.join(prefix, 'bin/macvlan-doctor'), ['--version'], env));
    expect(text).toMatch(new RegExp(String.raw`^macvlan-doctor/\d+\.\d+\.\d+ .* node-v${major}\.`));
    expect(canLoadAddon(prefix, env)).toEqual({ status: 0, text: '' });
  });

  it.skipIf(!IS_ROOT && !MUST_RUN)('finds out why the host cannot reach its children', () => {
    const env = environmentOf(major);
    const doctor = path.join(scratch, `node-${major}`, 'bin/macvlan-doctor');
    const { status, text } = run(doctor, ['lab', 'run', 'host-isolation'], env);
    expect(text).toMatch(/WARN +host-child-isolation/);
    expect(text).not.toMatch(/raw-socket/);
    expect(status).toBe(0);
  });
});

describe('without a compiler', () => {
  it('installs all the same', () => {
    const tools = path.join(scratch, 'tools');
    mkdirSync(tools);
    for (const tool of ['node', 'npm', 'sh']) {
      const { text } = succeed(run('sh', ['-c', `command -v ${tool}`]));
      symlinkSync(realpathSync(text.trim()), path.join(tools, tool));
    }
    const prefix = install('bare', { PATH: tools });
    expect(canLoadAddon(prefix, {}).status).not.toBe(0);
    succeed(run(path.join(prefix, 'bin/macvlan-doctor'), ['--help']));
  });

  it.skipIf(!IS_ROOT && !MUST_RUN)('diagnoses all the same, and says what it lost', () => {
    const doctor = path.join(scratch, 'bare/bin/macvlan-doctor');
    const { status, text } = run(doctor, ['lab', 'run', 'host-isolation']);
    expect(text).toMatch(/WARN +host-child-isolation/);
    expect(text).toMatch(/raw-socket/);
    expect(status).toBe(0);
  });
});

describe('the tarball', () => {
  it('holds what a user needs and nothing that was built here', () => {
    const { text } = succeed(run('tar', ['tzf', tarball]));
    const files = text
      .trim()
      .split('\n')
      .map((file) => file.replace(/^package\//, ''));
    expect(files).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'bin/run.js',
        'dist/THIRD-PARTY-LICENCES.txt',
        'dist/cli/commands/run.js',
        'dist/cli/main.js',
        'node_modules/nan/nan.h',
        'node_modules/raw-socket/src/raw.cc',
        'oclif.manifest.json',
        'package.json',
        'schemas/report.v1.json',
      ]),
    );
    const places = new Set(
      files.map((file) =>
        file
          .split('/')
          .slice(0, file.startsWith('node_modules') ? 3 : 1)
          .join('/'),
      ),
    );
    expect(
      [...places].filter((place) =>
        /^(src|test|scripts|lint|\..*)$|\/(build|example)$/.test(place),
      ),
    ).toEqual([]);
    const own = readFileSync(path.join(ROOT, 'package.json'), 'utf8');
    expect(own).not.toMatch(/"private"/);
  });
});
