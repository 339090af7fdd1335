// Does one synchronous thing inside another network namespace and comes back. A socket stays where it was born.
import { close, open, setns } from './syscalls.js';

const CLONE_NEWNET = 0x40000000;
// Of the calling thread: /proc/self would be the main thread's.
const OWN_NETNS = '/proc/thread-self/ns/net';

let home: number | undefined;

/** Fd of the namespace that the doctor was started in; opened once and kept. */
export function homeNetnsFd(): number {
  home ??= open(OWN_NETNS);
  return home;
}

/**
 * Runs `act` inside the network namespace at `path` (null: where we are) and goes back. `act` must be synchronous: a
 * promise would go on outside. Throws a SyscallError when the namespace cannot be entered.
 */
export function inNetns<T>(path: string | null, act: () => T): T {
  if (path === null) return act();
  const back = homeNetnsFd();
  const there = open(path);
  try {
    setns(there, CLONE_NEWNET);
  } finally {
    close(there);
  }
  try {
    return act();
  } finally {
    goHome(back);
  }
}

/** To go on in a foreign namespace would be to look at, and to send in, the wrong place: whoever catches it throws on. */
export class LostNetnsError extends Error {
  override readonly name = 'LostNetnsError';
}

function goHome(back: number): void {
  try {
    setns(back, CLONE_NEWNET);
  } catch (error) {
    throw new LostNetnsError(
      'cannot return to the network namespace that the doctor was started in',
      { cause: error },
    );
  }
}
