// Who would take a TCP connection in some namespaces.
import { type Listener, parseListeners } from '../../../core/parse/proc-net-tcp.js';
import { type Fact, known, unknown, valueOf } from '../../../model/fact.js';
import type { NetnsServices } from '../../../model/filter.js';
import type { Netns } from '../../../model/netns.js';
import type { Host } from '../../host/host.js';
import { readInNetns } from '../../host/netns-path.js';
import { defineGatherer } from '../define-gatherer.js';
import { lookInto } from './look-into.js';

/** Ports that are kept of one namespace: to know that somebody listens, one is enough. */
const MOST_PORTS = 16;
/** Of the thread that setns moved; sock_diag(7) would make the kernel load a module. */
const TABLES = ['/proc/thread-self/net/tcp', '/proc/thread-self/net/tcp6'];

export function services(inodes: readonly number[]) {
  return defineGatherer({
    meta: {
      id: 'services',
      title: 'Who listens where an answer was missing',
      provides: ['services'],
      reads: TABLES.map((path) => `${path} in the namespaces where an answer was missing`),
    },
    async gather(host, soFar) {
      return { services: await lookInto(inodes, soFar, (netns) => listenersOf(host, netns)) };
    },
  });
}

/** A kernel without IPv6 has the first table only. */
function listenersOf(host: Host, netns: Netns): Fact<NetnsServices> {
  const texts = readInNetns(host, netns, TABLES);
  if (texts.state !== 'known') return texts;
  const [ipv4 = unknown('failed', 'nothing was read'), ipv6] = texts.value;
  if (ipv4.state !== 'known') return ipv4;
  const listeners = [ipv4, ipv6].flatMap((text) => parseListeners((text && valueOf(text)) ?? ''));
  const own = addressesOf(netns);
  const ports = listeners
    .filter(({ address }) => own.has(address))
    .map(({ port }: Listener) => port);
  const sorted = [...new Set(ports)].toSorted((a, b) => a - b);
  return known({ listening: sorted.slice(0, MOST_PORTS) });
}

/** Any address, and those by which others may call. */
function addressesOf({ content }: Netns): ReadonlySet<string> {
  const addresses = valueOf(content)?.addresses ?? [];
  const reachable = addresses.filter(({ scope }) => scope !== 'host').map(({ local }) => local);
  return new Set(['0.0.0.0', ...reachable]);
}
