// A lab without root: a process in a user, network and mount namespace of its own holds the ground (user_namespaces(7)).
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { groundOn, labImpossible, type Ground } from './ground.js';
import { identify, type ProcessIdentity } from './process-identity.js';

/** Root in there, and nowhere else; mounts made in there are seen in there only. */
const UNSHARE = ['--user', '--map-root-user', '--net', '--mount'] as const;
/** Far longer than it takes, on a loaded machine too. */
const READY_WITHIN_MS = 5000;

/** How to run something on the ground that a process holds. */
function enterHolder(pid: number): readonly string[] {
  return [
    'nsenter',
    `--target=${pid}`,
    '--user',
    '--mount',
    '--net',
    '--preserve-credentials',
    '--',
  ];
}

/**
 * Lays the ground. With `outlivesUs` the holder sleeps until `lab down` ends it; else it reads from a pipe of ours and
 * ends when we do, however we end, and the kernel then removes everything that was built on it.
 */
export async function layUserGround(outlivesUs: boolean): Promise<Ground> {
  const program = outlivesUs ? ['sleep', 'infinity'] : ['cat'];
  const child = spawn('unshare', [...UNSHARE, '--', ...program], {
    detached: true,
    stdio: [outlivesUs ? 'ignore' : 'pipe', 'ignore', 'pipe'],
  });
  const holder = await untilReady(child);
  child.unref();
  child.stderr?.destroy();
  const ground = groundOn(enterHolder(holder.pid), holder);
  try {
    // `ip netns` wants /run/netns, which belongs to the machine's root.
    await ground.run(['mount', '-t', 'tmpfs', 'tmpfs', '/run']);
  } catch (error) {
    endHolder(holder);
    throw error;
  }
  return ground;
}

/** Waits until unshare(1) has become the holder itself: before that, the namespaces may not be there yet. */
async function untilReady(child: ChildProcess): Promise<ProcessIdentity> {
  let said = '';
  const failures: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.on('error', (error) => failures.push(error.message));
  child.on('close', () => failures.push(said.trim()));
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  while (failures.length === 0 && Date.now() < giveUpAt) {
    await sleep(5);
    const isHolder = child.pid !== undefined && ['cat', 'sleep'].includes(commOf(child.pid));
    const holder = isHolder ? identify(child.pid) : null;
    if (holder !== null) return holder;
  }
  child.kill('SIGKILL');
  throw labImpossible(
    `without root the lab needs user namespaces, which this system does not allow here (${failures[0] ?? 'no answer'}); run it as root`,
  );
}

function commOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Ends the holder; the caller knows that it is still the same process. */
export function endHolder(holder: ProcessIdentity): void {
  try {
    process.kill(holder.pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
