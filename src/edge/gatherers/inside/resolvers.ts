// Whom the host and the processes of each namespace ask for names.
import { parseResolvConf } from '../../../core/parse/resolv-conf.js';
import { type Fact, known, unknown, valueOf } from '../../../model/fact.js';
import type { Netns } from '../../../model/netns.js';
import type { Resolvers } from '../../../model/resolver.js';
import type { FileDoor } from '../../host/host.js';
import { defineGatherer } from '../define-gatherer.js';

const PATH = '/etc/resolv.conf';
const LIMIT_BYTES = 64 * 1024;
/** systemd-resolved's own address, and the file with the servers that it asks. */
const STUB = '127.0.0.53';
const BEHIND_STUB = '/run/systemd/resolve/resolv.conf';

export default defineGatherer({
  meta: {
    id: 'resolvers',
    title: 'Whom the host and its children ask for names',
    provides: ['resolvers'],
    reads: [
      PATH,
      BEHIND_STUB,
      `/proc/PID/root${PATH} of a process in each namespace with children`,
    ],
  },
  gather({ files }, { namespaces }) {
    if (namespaces?.state !== 'known')
      return { resolvers: namespaces ?? unknown('failed', 'namespaces were not read') };
    const looks = namespaces.value.map(
      (netns) => [netns, netns.isHost ? ofHost(files) : ofProcesses(files, netns)] as const,
    );
    return { resolvers: summed(looks) };
  },
});

/** Namespaces that told nothing are left out; where none but the host's told anything, the first reason stands. */
function summed(
  looks: readonly (readonly [Netns, Fact<Resolvers>])[],
): Fact<Readonly<Record<string, Resolvers>>> {
  const others = looks.filter(([{ isHost }]) => !isHost).map(([, look]) => look);
  const trouble = others.find(({ state }) => state !== 'known' && state !== 'absent');
  if (trouble !== undefined && trouble.state !== 'known' && !others.some(isKnown)) return trouble;
  return known(
    Object.fromEntries(
      looks.flatMap(([{ inode }, look]) =>
        look.state === 'known' ? [[String(inode), look.value] as const] : [],
      ),
    ),
  );
}

function isKnown({ state }: Fact<Resolvers>): boolean {
  return state === 'known';
}

function ofHost(files: FileDoor): Fact<Resolvers> {
  const own = parsed(files.readText(PATH, LIMIT_BYTES));
  if (own.state !== 'known' || !own.value.nameservers.includes(STUB)) return own;
  const behind = valueOf(parsed(files.readText(BEHIND_STUB, LIMIT_BYTES)))?.nameservers ?? [];
  if (behind.length === 0) return own;
  return known({ ...own.value, upstream: behind.map((ip) => ({ ip, isAskedFromHost: true })) });
}

/** No file at all is an empty one. */
function parsed(text: Fact<string>): Fact<Resolvers> {
  if (text.state === 'absent') return known({ nameservers: [] });
  return text.state === 'known' ? known(parseResolvConf(text.value)) : text;
}

/** Of the first process that is still there and tells; `absent` where there is none that could ask anybody. */
function ofProcesses(files: FileDoor, { inode, processes, content }: Netns): Fact<Resolvers> {
  let trouble: Fact<Resolvers> = unknown('absent', 'no process lives in the network namespace');
  if (content.state !== 'known') trouble = content;
  for (const { pid } of processes) {
    const text = files.readTextBelow(`/proc/${pid.toString()}/root`, PATH, LIMIT_BYTES);
    // Numbers of processes are used again: what was read counts if it is the same namespace's process still.
    if (valueOf(files.inode(`/proc/${pid.toString()}/ns/net`)) !== inode) continue;
    const look = parsed(text);
    if (look.state === 'known') return look;
    trouble = look;
  }
  return trouble;
}
