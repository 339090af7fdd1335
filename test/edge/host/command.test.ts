import { describe, expect, it } from 'vitest';
import { runCommand } from '../../../src/edge/host/command.js';

const node = (script: string) => [process.execPath, '-e', script];

describe('runCommand', () => {
  it('hands over input and brings back what was said, on either stream', async () => {
    const echo = node(
      'process.stdin.pipe(process.stdout); console.error("aside"); process.exitCode = 3',
    );
    expect(await runCommand(echo, { input: 'a b\n$(id)\n' })).toEqual({
      code: 3,
      stdout: 'a b\n$(id)\n',
      stderr: 'aside\n',
      isMissing: false,
    });
  });

  it('tells a missing program from a failing one', async () => {
    const missing = await runCommand(['/nonexistent/program']);
    expect(missing).toMatchObject({ code: null, isMissing: true });
    expect(await runCommand(['false'])).toMatchObject({ code: 1, isMissing: false });
  });

  it('ends a program that takes too long, and one that nobody waits for any more', async () => {
    const startedAt = performance.now();
    expect((await runCommand(['sleep', '30'], { timeoutMs: 50 })).code).toBeNull();
    const stop = new AbortController();
    setTimeout(() => {
      stop.abort();
    }, 50);
    expect((await runCommand(['sleep', '30'], { signal: stop.signal })).code).toBeNull();
    expect((await runCommand(['sleep', '30'], { signal: AbortSignal.abort() })).code).toBeNull();
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  it('survives a program that does not read its input', async () => {
    expect((await runCommand(['true'], { input: 'x'.repeat(1_000_000) })).code).toBe(0);
  });
});
