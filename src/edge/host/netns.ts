// Does one synchronous thing inside another network namespace and comes back. A socket stays where it was born.
import { type Fact, unknown } from '../../model/fact.js';
import { close, open, setns, SyscallError } from './syscalls.js';

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

/** Why the namespace at `path` could not be entered, or a socket not be born in it; undefined for any other error. */
export function whyNotEntered(path: string, error: unknown): Fact<never> | undefined {
  if (!(error instanceof SyscallError)) return undefined;
  if (error.errno === 'EPERM' || error.errno === 'EACCES') {
    return unknown('denied', 'entering the network namespace needs root (CAP_SYS_ADMIN)');
  }
  if (['ENOENT', 'ESRCH', 'ENXIO'].includes(error.errno)) {
    return unknown('failed', 'the network namespace has vanished');
  }
  if (error.syscall === 'setns' && error.errno === 'EINVAL') {
    return unknown('failed', `${path} is not a network namespace`);
  }
  return undefined;
}
