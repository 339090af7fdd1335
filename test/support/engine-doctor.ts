// The program beside a real engine: how it is run in the engine's namespace, and what it found there.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { CheckResult, Report } from '../../src/model/report.js';
import { IMAGE, type RealEngine } from './real-engine.js';

export const BIN = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
export const run = promisify(execFile);

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function doctor(
  netns: string,
  endpoint: string,
  ...args: readonly string[]
): Promise<Ended> {
  return program({ netns, endpoint }, 'run', ...args);
}

/** The program in a namespace; by `nsenter`, so that the engine's mounts stay in sight. */
export async function program(
  { netns, endpoint }: Pick<RealEngine, 'netns' | 'endpoint'>,
  ...args: readonly string[]
): Promise<Ended> {
  const env = { ...process.env, DOCKER_HOST: endpoint, NO_COLOR: '1' };
  const command = [`--net=/run/netns/${netns}`, process.execPath, BIN, ...args];
  try {
    return { code: 0, ...(await run('nsenter', command, { env, maxBuffer: 64 * 1024 * 1024 })) };
  } catch (error) {
    return error as Ended;
  }
}

export async function report(
  netns: string,
  endpoint: string,
  ...args: readonly string[]
): Promise<Report> {
  return reported(await doctor(netns, endpoint, '--json', ...args));
}

/** What `--json` printed. */
export function reported({ stdout, stderr }: Ended): Report {
  if (stdout === '') throw new Error(`no report: ${stderr}`);
  return JSON.parse(stdout) as Report;
}

export function found(of: Report): string[] {
  return findings(of).map(
    ({ status, check, subject }) => `${status} ${check} ${subject.kind} ${subject.name}`,
  );
}

export function findings(of: Report): CheckResult[] {
  return of.results.filter(({ status }) => ['fail', 'warn', 'crashed'].includes(status));
}

export function makeLan({ docker }: RealEngine): void {
  const lan = ['--subnet', '192.0.2.0/24', '--gateway', '192.0.2.1', '--ip-range', '192.0.2.64/26'];
  docker('network', 'create', '-d', 'macvlan', ...lan, '-o', 'parent=eth0', 'lan');
}

export function runContainer(
  { docker }: RealEngine,
  name: string,
  ...options: readonly string[]
): void {
  docker('run', '-d', '--name', name, ...options, IMAGE, '/bin/sleep', '99999');
}

/** One shell line, as root in the engine's namespace, with the docker client speaking to that engine. */
export async function inHost(
  { netns, endpoint }: RealEngine,
  ...lines: readonly string[]
): Promise<void> {
  const env = { ...process.env, DOCKER_HOST: endpoint };
  for (const line of lines) {
    await run('nsenter', [`--net=/run/netns/${netns}`, 'sh', '-c', line], { env });
  }
}
