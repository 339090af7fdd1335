// The lab as a user has it: the real program, real signals, a crash, and an ordinary user.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../../src/edge/host/command.js';
import { labsFolder, readStates } from '../../src/edge/lab/ground/state.js';
import { complaintsIn } from '../support/complaints.js';
import { describeAsRoot } from '../support/root.js';

const BIN = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

const lab = (...args: string[]) => runCommand([process.execPath, BIN, 'lab', ...args]);
const netnsNames = (): string[] =>
  existsSync('/run/netns')
    ? readdirSync('/run/netns').filter((name) => name.startsWith('mvd-'))
    : [];
const namesOf = (id: string): string[] => netnsNames().filter((name) => name.includes(id));

interface Up {
  readonly id: string;
  readonly inhabitants: { role: string; netns: string }[];
  readonly commands: { does: string; argv: string[] }[];
}

const parse = (text: string): Up => JSON.parse(text) as Up;
const command = (up: Up, does: RegExp): string[] =>
  up.commands.find((one) => does.test(one.does))?.argv ?? expect.fail(String(does));

/** Starts `lab run` and waits until it has made a namespace; its own note tells its lab from those of other tests. */
async function startRun(): Promise<{ child: ChildProcess; id: string }> {
  const child = spawn(process.execPath, [BIN, 'lab', 'run', 'healthy-bridge', '--children', '60'], {
    stdio: 'ignore',
  });
  for (;;) {
    await sleep(5);
    const own = readStates(labsFolder(true, {})).find(({ owner }) => owner.pid === child.pid);
    if (own !== undefined && namesOf(own.id).length > 0) return { child, id: own.id };
    if (child.exitCode !== null) expect.fail('lab run ended before it made a namespace');
  }
}

describeAsRoot('macvlan-doctor lab', () => {
  it('lists every scenario', async () => {
    const { code, stdout } = await lab('list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}host-isolation +The host cannot/m);
    expect(stdout).toMatch(/^ {2}healthy-vepa /m);
  });

  it('says in one sentence what is wrong with the command line', async () => {
    const wrong = await lab('run', 'host-isolatoin');
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
    expect(wrong.stderr).toBe(
      'macvlan-doctor: there is no scenario host-isolatoin; did you mean host-isolation?\n',
    );
    const many = await lab('run', 'healthy-passthru', '--children', '3');
    expect(many.code).toBe(2);
    expect(many.stderr).toBe('macvlan-doctor: this scenario takes --children 1, not 3.\n');
    const id = await lab('down', '../../etc');
    expect(id.code).toBe(2);
  });

  it('stands up, can be looked around in, and goes down twice', async () => {
    const { code, stdout } = await lab('up', 'healthy-shim', '--json', '--seed', '4');
    expect(code).toBe(0);
    const up = parse(stdout);
    expect(namesOf(up.id).length).toBe(up.inhabitants.length + 1);
    for (const does of [/^ping .* from the host$/, /^ping .* from the router$/]) {
      const [program, ...rest] = command(up, does);
      expect((await runCommand([program ?? '', ...rest])).code, String(does)).toBe(0);
    }
    const [down, again] = [command(up, /take it down/), ['lab', 'down', up.id]];
    const first = await runCommand(down);
    expect(first.stdout).toBe(`removed ${up.id} (healthy-shim)\n`);
    expect(namesOf(up.id)).toEqual([]);
    const second = await lab(...again.slice(1));
    expect([second.code, second.stdout]).toEqual([0, 'nothing to remove\n']);
  });

  it('prints commands that can be pasted as they are', async () => {
    const { stdout } = await lab('up', 'parent-down', '--seed', '9');
    const id = /^Lab (\w{6}) stands/m.exec(stdout)?.[1] ?? expect.fail(stdout);
    const line = /^ {2}ping \w+ from the router +(.*)$/m.exec(stdout)?.[1] ?? expect.fail(stdout);
    const pinged = await runCommand(['sh', '-c', line.replace('-c 3', '-c 1 -W 1')]);
    expect(pinged.stdout).toContain('100% packet loss');
    expect((await lab('down', id)).code).toBe(0);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('removes everything on %s', async (signal, code) => {
    const { child, id } = await startRun();
    child.kill(signal);
    const [exit] = (await once(child, 'exit')) as [number];
    expect(exit).toBe(code);
    expect(namesOf(id)).toEqual([]);
  });

  it('leaves a lab alone that somebody uses, and removes it when that crashed', async () => {
    const { child, id } = await startRun();
    child.kill('SIGSTOP');
    const early = await lab('down', id);
    expect(early.stdout).toBe(`left ${id} alone: process ${String(child.pid)} is using it\n`);
    expect(namesOf(id)).not.toEqual([]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    // What it was running when it was killed may still add a namespace or two.
    await sleep(500);
    const late = await lab('down', id);
    expect(late.stdout).toBe(`removed ${id} (healthy-bridge), left over from a crash\n`);
    expect(namesOf(id)).toEqual([]);
  });

  it('removes namespaces of which no note is left', async () => {
    const name = 'mvd-qq2q3q-host';
    await runCommand(['ip', 'netns', 'add', name]);
    const swept = await lab('down', 'qq2q3q');
    expect(swept.stdout).toBe('removed qq2q3q, left over from a crash\n');
    expect(netnsNames()).not.toContain(name);
  });

  it('names a process that still sits inside, and empties its namespace', async () => {
    const up = parse((await lab('up', 'healthy-bridge', '--json')).stdout);
    const host = up.inhabitants.find(({ role }) => role === 'host')?.netns ?? '';
    const sitter = spawn('ip', ['netns', 'exec', host, 'sleep', '60'], { stdio: 'ignore' });
    await sleep(200);
    const { stdout } = await lab('down', up.id);
    expect(stdout).toContain(`process ${String(sitter.pid)} (sleep) was inside`);
    const links = await runCommand([
      'nsenter',
      `--net=/proc/${String(sitter.pid)}/ns/net`,
      'ip',
      '-o',
      'link',
    ]);
    expect(links.stdout.trim().split('\n')).toHaveLength(1);
    sitter.kill('SIGKILL');
  });

  it('says how to get iproute2 when there is none', async () => {
    const only = mkdtempSync(path.join(tmpdir(), 'mvdt-path-'));
    try {
      symlinkSync(process.execPath, path.join(only, 'node'));
      const { code, stderr } = await runCommand([
        '/usr/bin/env',
        `PATH=${only}`,
        'node',
        BIN,
        'lab',
        'run',
        'parent-down',
      ]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^macvlan-doctor: there is no `ip` here: .*apt install iproute2.*\n$/);
      expect(stderr).not.toContain('    at ');
    } finally {
      rmSync(only, { recursive: true });
    }
  });
});

/** Whoever was started with this run-time folder: a holder, and all that it and the lab have started. */
function processesOf(runtime: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) &&
        readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`XDG_RUNTIME_DIR=${runtime}\0`)
      );
    } catch {
      return false;
    }
  });
}

describeAsRoot('macvlan-doctor lab without root', () => {
  let runtime: string;
  beforeAll(() => {
    runtime = mkdtempSync(path.join(tmpdir(), 'mvdt-user-'));
    chownSync(runtime, 65_534, 65_534);
    chmodSync(runtime, 0o700);
  });
  afterAll(() => {
    rmSync(runtime, { recursive: true });
  });
  const ownEnvironment = () => ['env', `XDG_RUNTIME_DIR=${runtime}`, 'HOME=/nonexistent'];
  const asNobody = (...args: string[]) =>
    runCommand([...NOBODY, ...ownEnvironment(), process.execPath, BIN, 'lab', ...args]);

  it('runs, and touches nothing on the machine', async () => {
    const { code, stdout, stderr } = await asNobody(
      'run',
      'healthy-bridge',
      '--json',
      '--seed',
      '3',
    );
    expect(complaintsIn(stderr)).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ judgement: { isRight: true } });
    expect(code).toBe(0);
    const id = /mvd-(\w{6})-/.exec(stdout)?.[1] ?? expect.fail(stdout);
    expect(namesOf(id)).toEqual([]);
    expect(readdirSync(runtime)).toEqual([]);
  });

  it('runs the fix in there as well, or leaves it out', async () => {
    const { code, stdout } = await asNobody('run', 'child-down', '--json', '--seed', '3');
    expect(JSON.parse(stdout)).toMatchObject({
      judgement: { isRight: true },
      cure: {
        treatments: [{ by: 'commands', commands: [expect.any(String), expect.any(String)] }],
        remaining: [],
        followUps: [],
        keptItsWord: true,
      },
    });
    expect(code).toBe(0);
    const without = await asNobody('run', 'child-down', '--json', '--no-fix');
    expect(JSON.parse(without.stdout)).not.toHaveProperty('cure');
    expect(without.code).toBe(0);
  });

  it.each([60, 200, 500, 900])('leaves nothing when it is killed after %i ms', async (afterMs) => {
    const argv = [...ownEnvironment(), process.execPath, BIN, 'lab', 'run', 'gateway-silent'];
    const [program, ...args] = [...NOBODY, ...argv];
    const child = spawn(program ?? '', args, { stdio: 'ignore' });
    await expect.poll(() => processesOf(runtime)).toContain(String(child.pid));
    await sleep(afterMs);
    child.kill('SIGKILL');
    await once(child, 'exit');
    // A command or a doctor that was under way goes on to its own end.
    await expect.poll(() => processesOf(runtime), { timeout: 20_000 }).toEqual([]);
    expect(readdirSync(runtime)).toEqual([]);
  });

  it('stands up behind a holder, can be entered, and goes down', async () => {
    const { code, stdout } = await asNobody('up', 'healthy-bridge', '--json', '--seed', '3');
    expect(code).toBe(0);
    const up = parse(stdout);
    const enter = command(up, /^ping .* from the router$/);
    expect((await runCommand([...NOBODY, ...enter])).code).toBe(0);
    const down = await asNobody('down');
    expect(down.stdout).toBe(`removed ${up.id} (healthy-bridge)\n`);
    expect((await runCommand([...NOBODY, ...enter])).code).not.toBe(0);
    expect(readdirSync(runtime)).toEqual([]);
  });

  it('says that files of the host need root', async () => {
    const { code, stderr } = await asNobody('run', 'shim-not-persistent');
    expect(code).toBe(2);
    expect(stderr).toBe(
      'macvlan-doctor: this scenario lays out files in /etc/netns and needs root.\n',
    );
    expect(readdirSync(runtime)).toEqual([]);
  });

  it('says in one sentence that user namespaces are not allowed', async () => {
    // A namespace that is at its limit of nested ones refuses the next, as a hardened system does.
    const limit = [
      'unshare',
      '--user',
      '--map-root-user',
      'sh',
      '-c',
      'echo 0 >/proc/sys/user/max_user_namespaces; exec "$@"',
      'sh',
    ];
    const drop = ['setpriv', '--bounding-set=-all', '--inh-caps=-all'];
    const argv = [
      ...NOBODY,
      ...limit,
      ...drop,
      ...ownEnvironment(),
      process.execPath,
      BIN,
      'lab',
      'run',
      'parent-down',
    ];
    const { code, stderr } = await runCommand(argv);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^macvlan-doctor: without root the lab needs user namespaces, which this system does not allow here \(.+\); run it as root\.\n$/,
    );
    expect(readdirSync(runtime)).toEqual([]);
  });
});
