// A real Docker Engine in a network namespace of its own, on a scratch folder, with a router at the other end of its wire.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const DOCKERD = '/usr/sbin/dockerd';
const BUSYBOX = '/bin/busybox';
const START_MS = 30_000;
const STOP_MS = 20_000;

/** Name of the image that {@link withEngine} imports: busybox and nothing else. */
export const IMAGE = 'mvdt/busybox:1';

const canRun =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  existsSync(DOCKERD) &&
  existsSync(BUSYBOX);

/** For `describe.skipIf`: without root and a dockerd these tests are skipped, and fail where skipping is forbidden. */
export const cannotRunEngine = !canRun && process.env['MACVLAN_DOCTOR_NO_SKIP'] !== '1';

export interface RealEngine {
  /** Network namespace of the host: `eth0` at 192.0.2.10/24 is the parent. */
  readonly netns: string;
  /** The wire's other end: 192.0.2.1/24 answers there. */
  readonly router: string;
  readonly endpoint: string;
  readonly socket: string;
  /** Runs the docker client and returns what it printed. */
  readonly docker: (...args: readonly string[]) => string;
}

/** Starts an engine, acts, and takes everything away again, whatever happens. */
export async function withEngine<T>(act: (engine: RealEngine) => Promise<T> | T): Promise<T> {
  const id = `mvdt-${randomBytes(4).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), `${id}-`));
  const engine = plan(id, folder);
  // dockerd makes these two, whatever folders it is given.
  const fresh = ['/run/docker/plugins', '/run/docker'].filter((path) => !existsSync(path));
  let daemon: ChildProcess | undefined;
  try {
    wire(engine);
    daemon = start(engine, folder);
    await answers(engine, daemon, folder);
    importImage(engine, folder);
    return await act(engine);
  } finally {
    await stop(engine, daemon, folder);
    for (const netns of [engine.netns, engine.router]) attempt('ip', 'netns', 'del', netns);
    unmountBelow(folder);
    rmSync(folder, { recursive: true, force: true });
    for (const path of fresh) attempt('rmdir', path);
  }
}

function plan(id: string, folder: string): RealEngine {
  const socket = join(folder, 'docker.sock');
  const endpoint = `unix://${socket}`;
  const env = { ...process.env, DOCKER_HOST: endpoint, DOCKER_CONFIG: folder };
  return {
    netns: `${id}-h`,
    router: `${id}-r`,
    endpoint,
    socket,
    docker: (...args) =>
      execFileSync('docker', args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
  };
}

function wire({ netns, router }: RealEngine): void {
  ip('netns', 'add', netns);
  ip('netns', 'add', router);
  ip('-n', netns, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'lan0', 'netns', router);
  ip('-n', netns, 'addr', 'add', '192.0.2.10/24', 'dev', 'eth0');
  ip('-n', router, 'addr', 'add', '192.0.2.1/24', 'dev', 'lan0');
  for (const [where, link] of [
    [netns, 'lo'],
    [netns, 'eth0'],
    [router, 'lan0'],
  ] as const) {
    ip('-n', where, 'link', 'set', link, 'up');
  }
  ip('-n', netns, 'route', 'add', 'default', 'via', '192.0.2.1');
}

/** `nsenter --net` and not `ip netns exec`, which would hide the cgroups. */
function start({ netns, endpoint }: RealEngine, folder: string): ChildProcess {
  const settings = [
    ['--data-root', join(folder, 'data')],
    ['--exec-root', join(folder, 'exec')],
    ['--pidfile', join(folder, 'docker.pid')],
    ['--config-file', join(folder, 'config.json')],
    ['--storage-driver', 'vfs'],
    ['-H', endpoint],
  ].flat();
  writeFileSync(join(folder, 'config.json'), '{}');
  const log = openSync(join(folder, 'log'), 'w');
  const daemon = spawn('nsenter', [`--net=/run/netns/${netns}`, DOCKERD, ...settings], {
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  return daemon;
}

async function answers(engine: RealEngine, daemon: ChildProcess, folder: string): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (!isAnswering(engine)) {
    if (hasEnded(daemon) || Date.now() > deadline) {
      throw new Error(
        `dockerd did not come up: ${readFileSync(join(folder, 'log'), 'utf8').slice(-2000)}`,
      );
    }
    await sleep(100);
  }
}

function isAnswering({ socket, docker }: RealEngine): boolean {
  if (!existsSync(socket)) return false;
  try {
    docker('version');
    return true;
  } catch {
    return false;
  }
}

function importImage({ docker }: RealEngine, folder: string): void {
  const bin = join(folder, 'image', 'bin');
  mkdirSync(bin, { recursive: true });
  copyFileSync(BUSYBOX, join(bin, 'busybox'));
  for (const name of ['sh', 'sleep', 'ip', 'ping']) symlinkSync('busybox', join(bin, name));
  const archive = join(folder, 'image.tar');
  execFileSync('tar', ['-C', join(folder, 'image'), '-cf', archive, '.']);
  docker('import', archive, IMAGE);
}

/** Containers first: as PID 1, `sleep` does not hear the SIGTERM that the daemon would give it ten seconds for. */
async function stop(
  { docker }: RealEngine,
  daemon: ChildProcess | undefined,
  folder: string,
): Promise<void> {
  if (daemon === undefined || hasEnded(daemon)) return;
  try {
    const ids = docker('ps', '-aq').split('\n').filter(Boolean);
    if (ids.length > 0) docker('rm', '-f', ...ids);
  } catch {
    // The daemon stops them itself then.
  }
  const ended = new Promise((resolve) => daemon.once('exit', resolve));
  daemon.kill('SIGTERM');
  await Promise.race([ended, sleep(STOP_MS)]);
  if (!hasEnded(daemon)) daemon.kill('SIGKILL');
  killContainerd(folder);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** The daemon ends its containerd, unless it was killed itself. */
function killContainerd(folder: string): void {
  try {
    const pid = Number(readFileSync(join(folder, 'exec/containerd/containerd.pid'), 'utf8'));
    const command = readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8');
    if (command.includes(folder)) process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

function unmountBelow(folder: string): void {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  const below = mounts
    .map((line) => line.split(' ')[4] ?? '')
    .filter((path) => path.startsWith(folder));
  for (const path of below.toReversed()) attempt('umount', '-l', path);
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function attempt(program: string, ...args: readonly string[]): void {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
  } catch {
    // What is not there need not be taken away.
  }
}
