// How a command on the host gets into a child's network namespace with the host's own `ip` program.
import type { Argv } from '../../../model/fix.js';
import type { Child } from '../../../model/topology.js';

/** `ip netns` looks only here (ip-netns(8)); a name that starts with `-` would be read as an option. */
const NAMED = /^(?:\/var)?\/run\/netns\/([^-/][^/]*)$/su;

/**
 * The beginning of an `ip` command that acts in the child's namespace: `ip -n web`, or `nsenter --net=PATH ip`.
 * Undefined when nothing leads there: no mount and no process was seen.
 */
export function enterArgv(child: Child): Argv | undefined {
  const { isHost, mounts, processes } = child.netns;
  if (isHost) return ['ip'];
  for (const mount of mounts) {
    const name = NAMED.exec(mount)?.[1];
    if (name !== undefined) return ['ip', '-n', name];
  }
  const process = processes[0];
  const path = mounts[0] ?? (process && `/proc/${process.pid.toString()}/ns/net`);
  return path === undefined ? undefined : ['nsenter', `--net=${path}`, 'ip'];
}
