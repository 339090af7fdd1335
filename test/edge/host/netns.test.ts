import { describe, expect, it, vi } from 'vitest';
import { inNetns } from '../../../src/edge/host/netns.js';

const calls = vi.hoisted(() => ({ log: [] as string[], failAt: new Set<string>() }));

function act(name: string): void {
  calls.log.push(name);
  if (calls.failAt.has(name)) throw new Error(`${name} failed`);
}

vi.mock('../../../src/edge/host/syscalls.js', () => {
  return {
    open: (path: string) => {
      act(`open ${path}`);
      return path.startsWith('/proc/thread-self') ? 1 : 2;
    },
    close: (fd: number) => act(`close ${fd}`),
    setns: (fd: number) => act(`setns ${fd}`),
  };
});

function logOf(
  act: () => unknown,
  ...failAt: readonly string[]
): { log: string[]; error?: string } {
  calls.log = [];
  calls.failAt = new Set(failAt);
  try {
    act();
    return { log: calls.log };
  } catch (error) {
    return { log: calls.log, error: (error as Error).message };
  }
}

function failing(): never {
  throw new Error('work failed');
}

const work = (): void => void calls.log.push('work');

describe('inNetns', () => {
  it('stays where it is for null', () => {
    expect(logOf(() => inNetns(null, work))).toEqual({ log: ['work'] });
  });

  it('goes, works, and comes back', () => {
    expect(inNetns('/run/netns/a', () => 42)).toBe(42);
    expect(logOf(() => inNetns('/run/netns/a', work)).log).toEqual([
      'open /run/netns/a',
      'setns 2',
      'close 2',
      'work',
      'setns 1',
    ]);
  });

  it('comes back when the work fails', () => {
    const { error, log } = logOf(() => inNetns('/run/netns/a', failing));
    expect(error).toBe('work failed');
    expect(log.at(-1)).toBe('setns 1');
  });

  it('does not work when it cannot go', () => {
    const { error, log } = logOf(() => inNetns('/run/netns/a', work), 'setns 2');
    expect(error).toBe('setns 2 failed');
    expect(log).toEqual(['open /run/netns/a', 'setns 2', 'close 2']);
  });

  it('is loud when it cannot come back, whatever else happened', () => {
    expect(logOf(() => inNetns('/run/netns/a', work), 'setns 1').error).toMatch(/cannot return/);
  });
});
