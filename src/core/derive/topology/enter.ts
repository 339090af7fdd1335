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
  if (child.netns.isHost) return ['ip'];
  const name = nameOf(child);
  if (name !== undefined) return ['ip', '-n', name];
  const path = pathOf(child);
  return path === undefined ? undefined : ['nsenter', `--net=${path}`, 'ip'];
}

/** The same for any other program of the host: `ip netns exec web`, or `nsenter --net=PATH`; empty for the host's own. */
export function insideArgv(child: Child): readonly string[] | undefined {
  if (child.netns.isHost) return [];
  const name = nameOf(child);
  if (name !== undefined) return ['ip', 'netns', 'exec', name];
  const path = pathOf(child);
  return path === undefined ? undefined : ['nsenter', `--net=${path}`];
}

function nameOf({ netns }: Child): string | undefined {
  return netns.mounts.flatMap((mount) => NAMED.exec(mount)?.[1] ?? [])[0];
}

function pathOf({ netns: { mounts, processes } }: Child): string | undefined {
  const process = processes[0];
  return mounts[0] ?? (process && `/proc/${process.pid.toString()}/ns/net`);
}
