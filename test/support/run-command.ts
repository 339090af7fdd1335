// Runs the command `run` in this process, on a diagnosis said by the test, and catches what it prints.
import { Config } from '@oclif/core';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import Run from '../../src/cli/commands/run.js';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export async function runCommand(...args: readonly string[]): Promise<Outcome> {
  const config = await Config.load(ROOT);
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await Run.run([...args], config);
    const code = process.exitCode;
    return { code, stdout: textOf(stdout.mock.calls), stderr: textOf(stderr.mock.calls) };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
    process.exitCode = before;
  }
}

function textOf(calls: readonly (readonly unknown[])[]): string {
  return calls.map(([text]) => String(text)).join('');
}
