// Runs the command `run` in this process, on a diagnosis said by the test, and catches what it prints.
import { Config } from '@oclif/core';
import { fileURLToPath } from 'node:url';
import Run from '../../src/cli/commands/run.js';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export async function runCommand(...args: readonly string[]): Promise<Outcome> {
  const config = await Config.load(ROOT);
  const caught = { stdout: '', stderr: '' };
  const originals = { stdout: process.stdout.write, stderr: process.stderr.write };
  const before = process.exitCode;
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].write = ((text: string) => {
      caught[name] += text;
      return true;
    }) as typeof process.stdout.write;
  }
  process.exitCode = undefined;
  try {
    await Run.run([...args], config);
    return { ...caught, code: Number(process.exitCode ?? 0) };
  } finally {
    process.stdout.write = originals.stdout;
    process.stderr.write = originals.stderr;
    process.exitCode = before;
  }
}
