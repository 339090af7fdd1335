// The product's probes carried out in a namespace of a standing lab, step by step as a test wants them.
import { buildSync } from 'esbuild';
import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { Observation, ProbeStep } from '../../src/model/observation.js';

export interface DriverOrder {
  readonly rounds: readonly (readonly ProbeStep[])[];
  readonly windowMs: number;
}

const DRIVER = fileURLToPath(new URL('probe-driver.ts', import.meta.url));
/** In the repository, where the native packages are found. */
const BUNDLE = fileURLToPath(
  new URL(`../../.vitest/probe-driver-${process.pid.toString()}.mjs`, import.meta.url),
);
let isBuilt = false;
afterAll(() => {
  rmSync(BUNDLE, { force: true });
});

function bundle(): string {
  if (isBuilt) return BUNDLE;
  const options = { bundle: true, platform: 'node', format: 'esm', target: 'node20.19' } as const;
  const external = ['koffi', 'raw-socket', 'ping'];
  buildSync({ entryPoints: [DRIVER], outfile: BUNDLE, external, logLevel: 'error', ...options });
  isBuilt = true;
  return BUNDLE;
}

/** Starts the driver; `through` is a program that takes something away and then becomes it. */
export function startProbes(
  netns: string,
  order: DriverOrder,
  through: readonly string[] = [],
): ChildProcess {
  const program = [...through, process.execPath, bundle()];
  const child = spawn('ip', ['netns', 'exec', netns, ...program], { stdio: 'pipe' });
  child.stdin.end(JSON.stringify(order));
  return child;
}

/** Observations per round. */
export async function probesIn(
  netns: string,
  rounds: readonly (readonly ProbeStep[])[],
  { windowMs = 1000, through = [] as readonly string[] } = {},
): Promise<(readonly Observation[])[]> {
  const child = startProbes(netns, { rounds, windowMs }, through);
  const text = { stdout: '', stderr: '' };
  child.stdout?.on('data', (data: Buffer) => (text.stdout += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (text.stderr += data.toString()));
  await new Promise((resolve) => child.on('close', resolve));
  if (text.stdout === '') throw new Error(`no observations: ${text.stderr}`);
  return JSON.parse(text.stdout) as (readonly Observation[])[];
}

/** Inode of a named namespace, as steps name it. */
export function inodeOf(netns: string): number {
  return statSync(`/run/netns/${netns}`, { throwIfNoEntry: false })?.ino ?? -1;
}
