// By which path a network namespace can be entered now.
import type { Netns } from '../../model/netns.js';
import type { Fact } from '../../model/fact.js';
import { unknown } from '../../model/fact.js';
import type { FileDoor, Host } from './host.js';

/** What is needed to find a namespace again. */
export type NetnsPlace = Pick<Netns, 'inode' | 'isHost' | 'mounts' | 'processes'>;

/**
 * A path that names this very namespace now (mounts and process numbers are reused), null for the doctor's own, and
 * undefined when there is none left: it has vanished.
 */
export function netnsPath(files: FileDoor, netns: NetnsPlace): string | null | undefined {
  if (netns.isHost) return null;
  const paths = [...netns.mounts, ...netns.processes.map(({ pid }) => `/proc/${pid}/ns/net`)];
  return paths.find((path) => {
    const inode = files.inode(path);
    return inode.state === 'known' && inode.value === netns.inode;
  });
}

/** Asks over rtnetlink inside the namespace; `failed` when it has vanished, `absent` where there is no Linux. */
export function askNetns(
  host: Pick<Host, 'files' | 'netlink'>,
  netns: NetnsPlace,
  requests: readonly Uint8Array[],
): Fact<readonly (readonly Uint8Array[])[]> {
  if (!host.netlink) return unknown('absent', 'network namespaces exist on Linux only');
  const path = netnsPath(host.files, netns);
  if (path === undefined) return unknown('failed', 'the network namespace has vanished');
  return host.netlink.ask(path, requests);
}

/** Reads files that show the namespace of the reader, inside the namespace; unknown as with {@link askNetns}. */
export function readInNetns(
  host: Pick<Host, 'files' | 'netns'>,
  netns: NetnsPlace,
  paths: readonly string[],
): Fact<readonly Fact<string>[]> {
  if (!host.netns) return unknown('absent', 'network namespaces exist on Linux only');
  const path = netnsPath(host.files, netns);
  if (path === undefined) return unknown('failed', 'the network namespace has vanished');
  return host.netns.readTexts(path, paths);
}
