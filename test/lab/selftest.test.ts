// The self-test as a user has it: everything found with several seeds, nothing else said, and nothing left behind.
import { Ajv, type AnySchemaObject } from 'ajv';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { selftest, selftestExitCode } from '../../src/cli/workflows/lab-selftest.js';
import { runCommand } from '../../src/edge/host/command.js';
import { labsFolder, readStates } from '../../src/edge/lab/ground/state.js';
import { scenarios } from '../../src/edge/lab/scenarios/index.js';
import type { Selftest, SelftestTrial } from '../../src/model/selftest.js';
import { complaintsIn } from '../support/complaints.js';
import { keyed } from '../support/keyed.js';
import {
  keepingDoctor,
  keptRuns,
  reportOnSaved,
  sealedAndRead,
  withKeptRuns,
} from '../support/kept-runs.js';
import { bothHeadlines } from '../support/masked-law.js';
import { describeAsRoot } from '../support/root.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BIN = path.join(ROOT, 'bin', 'run.js');
const LONGEST_MS = 300_000;
const SEEDS = process.env['SEEDS']?.split(',').map(Number) ?? [
  2 + Math.floor(Math.random() * 1000),
];
/** Of the set whose runs are kept: another one each time as well. */
const KEPT_SEED = 2000 + Math.floor(Math.random() * 1000);
/** What only some kernels can stage: netem. */
const KERNEL_MAY_LACK = new Set(['healthy-slow']);

/** Without NODE_ENV=test, under which oclif warns of commands whose flags were wrong. */
const run = (...args: string[]) =>
  runCommand(['env', '-u', 'NODE_ENV', process.execPath, BIN, 'lab', 'selftest', ...args], {
    timeoutMs: LONGEST_MS,
  });
const parse = (text: string): Selftest => JSON.parse(text) as Selftest;

const wrongOnes = ({ trials }: Selftest): SelftestTrial[] =>
  trials.filter(
    ({ missed, falseAlarms, broken }) =>
      missed.length + falseAlarms.length > 0 || broken !== undefined,
  );

const netnsNames = (): string[] => (existsSync('/run/netns') ? readdirSync('/run/netns') : []);
const labsOf = (pid = 0): string[] =>
  readStates(labsFolder(true, {}))
    .filter(({ owner }) => owner.pid === pid)
    .map(({ id }) => id);
const remainsOf = (ids: readonly string[]): string[] =>
  netnsNames().filter((name) => ids.some((id) => name.includes(id)));

/** Starts the whole set and waits until several LANs stand or are being built. */
async function startSelftest() {
  const child = spawn(process.execPath, [BIN, 'lab', 'selftest', '--jobs', '4'], {
    stdio: 'ignore',
  });
  const seen = new Set<string>();
  while (seen.size < 5) {
    await sleep(20);
    for (const id of labsOf(child.pid)) seen.add(id);
    if (child.exitCode !== null) expect.fail('lab selftest ended before it built a LAN');
  }
  return { child, seen };
}

describeAsRoot('macvlan-doctor lab selftest', () => {
  it.each(SEEDS)(
    'finds everything that is staged and nothing else, seed %i',
    async (seed) => {
      const { code, stdout, stderr } = await run('--json', '--seed', String(seed));
      const done = parse(stdout === '' ? expect.fail(stderr) : stdout);
      expect(wrongOnes(done)).toEqual([]);
      expect(code).toBe(0);
      expect(done.summary).toMatchObject({ recall: 1, missed: 0, falseAlarms: 0, broken: 0 });
      const missing = done.notStaged.filter(({ scenario }) => !KERNEL_MAY_LACK.has(scenario));
      expect(missing).toEqual([]);
      const tried = new Set([...done.trials, ...done.notStaged].map(({ scenario }) => scenario));
      expect([...tried].sort()).toEqual(scenarios.map(({ id }) => id));
    },
    LONGEST_MS,
  );

  it(
    'is told the same by what each run saves, and by a bundle of it',
    async () => {
      await withKeptRuns(async (folder) => {
        const doctor = keepingDoctor(folder, [process.execPath, BIN]);
        const { signal } = new AbortController();
        const quiet = { self: 'macvlan-doctor', signal, onProgress: () => undefined };
        const done = await selftest({ ...quiet, only: [], seed: KEPT_SEED, doctor });
        expect(wrongOnes(done), `seed ${KEPT_SEED.toString()}`).toEqual([]);
        const runs = keptRuns(folder);
        expect(runs).toHaveLength(done.trials.length);
        for (const run of runs) {
          expect(await reportOnSaved(run)).toEqual(run.report);
          const { inside, analyzed } = await sealedAndRead(run, 'prefix');
          expect(analyzed).toEqual(inside);
          const { real, masked } = bothHeadlines(run.snapshot, 'prefix', keyed('a lab'));
          expect(masked).toEqual(real);
        }
      });
    },
    LONGEST_MS,
  );

  it('prints what its schema says', async () => {
    const { code, stdout } = await run('--json', '--only', 'shim-down', 'healthy-vepa');
    expect(code).toBe(0);
    const schema = JSON.parse(
      readFileSync(path.join(ROOT, 'schemas', 'selftest.v1.json'), 'utf8'),
    ) as AnySchemaObject;
    const validate = new Ajv({ allErrors: true }).compile(schema);
    expect(validate(JSON.parse(stdout)) ? [] : validate.errors).toEqual([]);
    expect(parse(stdout).trials.map(({ scenario, isTwin }) => [scenario, isTwin])).toEqual([
      ['healthy-vepa', false],
      ['shim-down', false],
      ['shim-down', true],
    ]);
  });

  it('draws the same set again from a printed seed, and each LAN alone from its own', async () => {
    const { stdout } = await run('--only', 'child-down');
    const seed = /seed (\d+)/.exec(stdout)?.[1] ?? expect.fail(stdout);
    const again = parse((await run('--json', '--only', 'child-down', '--seed', seed)).stdout);
    expect(String(again.seed)).toBe(seed);
    const own = again.trials[0]?.seed ?? -1;
    const argv = [process.execPath, BIN, 'lab', 'run', 'child-down', '--seed', String(own)];
    expect((await runCommand(argv)).code).toBe(0);
    expect(again.trials[0]?.again).toContain(`lab run child-down --seed ${String(own)}`);
  });

  it.each([
    [['--only', 'shim-dwon'], 'there is no scenario shim-dwon; did you mean shim-down?'],
    [['--jobs', '0'], '--jobs'],
    [['--nonsense'], 'there is no flag --nonsense'],
  ])('says in one sentence what is wrong with %j', async (args, sentence) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('removes everything on %s', async (signal, code) => {
    const { child, seen } = await startSelftest();
    for (const id of labsOf(child.pid)) seen.add(id);
    child.kill(signal);
    const [exit] = (await once(child, 'exit')) as [number];
    expect(exit).toBe(code);
    expect(remainsOf([...seen])).toEqual([]);
    expect(labsOf(child.pid)).toEqual([]);
  });

  it('leaves what `lab down` removes when it is killed', async () => {
    const { child } = await startSelftest();
    child.kill('SIGKILL');
    await once(child, 'exit');
    // What it was running when it was killed may still add a namespace or two.
    await sleep(500);
    const left = labsOf(child.pid);
    expect(left).not.toEqual([]);
    for (const id of left) await runCommand([process.execPath, BIN, 'lab', 'down', id]);
    expect(remainsOf(left)).toEqual([]);
    expect(labsOf(child.pid)).toEqual([]);
  });

  it('fails on a miss, on a false alarm, and on a doctor that says nothing', async () => {
    const sick = scenarios.find(({ id }) => id === 'child-down');
    const healthy = scenarios.find(({ id }) => id === 'healthy-bridge');
    if (sick === undefined || healthy === undefined) expect.fail();
    const common = { only: [], self: 'macvlan-doctor', signal: new AbortController().signal };
    const options = { ...common, seed: 3, onProgress: () => undefined };
    const doctor = { command: [process.execPath, BIN], flags: [] };
    const deaf = { ...healthy, expect: [{ check: 'parent-down', status: 'fail' as const }] };
    const missed = await selftest({ ...options, doctor, scenarios: [deaf] });
    expect(missed.summary).toMatchObject({ staged: 1, found: 0, missed: 1, falseAlarms: 0 });
    expect(selftestExitCode(missed)).toBe(1);
    const blamed = await selftest({ ...options, doctor, scenarios: [{ ...sick, expect: [] }] });
    expect(blamed.summary).toMatchObject({ staged: 0, falseAlarms: 1 });
    expect(selftestExitCode(blamed)).toBe(1);
    const mute = { command: ['/bin/false'], flags: [] };
    const silent = await selftest({ ...options, doctor: mute, scenarios: [healthy] });
    expect(silent.summary).toMatchObject({ broken: 1 });
    expect(selftestExitCode(silent)).toBe(1);
  });

  it('counts what cannot be staged neither way', async () => {
    const healthy = scenarios.find(({ id }) => id === 'healthy-bridge');
    if (healthy === undefined) expect.fail();
    const odd = {
      ...healthy,
      id: 'odd',
      fault: [{ in: 'host' as const, ip: 'link add type odd' }],
    };
    const done = await selftest({
      only: [],
      seed: 3,
      scenarios: [healthy, odd],
      doctor: { command: [process.execPath, BIN], flags: [] },
      self: 'macvlan-doctor',
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    expect(done.notStaged).toMatchObject([{ scenario: 'odd' }]);
    expect(done.summary).toMatchObject({ trials: 1, notStaged: 1 });
    expect(selftestExitCode(done)).toBe(0);
  });

  it('works for an ordinary user where user namespaces are allowed', async () => {
    const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    const only = ['--only', 'gateway-silent', 'source-mac-filter', 'shim-not-persistent'];
    const argv = [process.execPath, BIN, 'lab', 'selftest', '--json', ...only];
    const { code, stdout, stderr } = await runCommand([...nobody, ...argv]);
    expect(complaintsIn(stderr)).toBe('');
    expect(code).toBe(0);
    const done = parse(stdout);
    expect(done.host.privileged).toBe(false);
    expect(done.notStaged).toMatchObject([{ scenario: 'shim-not-persistent' }]);
    expect(done.summary).toMatchObject({ recall: 1, falseAlarms: 0 });
  });
});
