// Every network namespace that this machine shows, and what rtnetlink tells of each.
import {
  firstRequests,
  parseFirst,
  parseRest,
  parseSettings,
  restRequests,
} from '../../../core/parse/rtnetlink/netns-content.js';
import { IPV4_SETTINGS_FILES, parseIpv4Settings } from '../../../core/parse/ipv4-settings.js';
import { parseNetnsMounts, parseNetnsName } from '../../../core/parse/mountinfo.js';
import { type Fact, known, unknown, valueOf } from '../../../model/fact.js';
import { isOnSharedParent } from '../../../model/link.js';
import type { Netns, NetnsContent, NetnsProcess } from '../../../model/netns.js';
import type { FileDoor, Host } from '../../host/host.js';
import { type NetnsPlace, askNetns, netnsPath, readInNetns } from '../../host/netns-path.js';
import { defineGatherer } from '../define-gatherer.js';

// Enough to name a namespace by; a large one has thousands.
const KEPT_PROCESSES = 3;
// A host with thousands of containers has tens of thousands of mounts.
const MOUNTINFO_BYTES = 64 * 1024 * 1024;
const MOUNT_FOLDERS = ['/run/netns', '/run/docker/netns'];
// Namespaces have inodes from here on (PROC_DYNAMIC_FIRST less the fixed ones); a left-over file on a tmpfs has a small one.
const FIRST_NETNS_INODE = 0xef_ff_ff_00;

export default defineGatherer({
  meta: {
    id: 'namespaces',
    title: 'Links, addresses, routes, rules and neighbours in every network namespace',
    provides: ['namespaces'],
    reads: [
      '/proc/*/ns/net',
      '/proc/self/mountinfo',
      ...MOUNT_FOLDERS,
      'RTM_GETLINK, RTM_GETNSID in every network namespace',
      'RTM_GETADDR, RTM_GETROUTE, RTM_GETRULE, RTM_GETNEIGH, RTM_GETNETCONF, /proc/sys/net/ipv4 in those with macvlan links',
    ],
  },
  gather(host) {
    const { netlink } = host;
    if (!netlink)
      return { namespaces: unknown('absent', 'network namespaces exist on Linux only') };
    const places = findPlaces(host.files);
    if (places.state !== 'known') return { namespaces: places };
    const namespaces = netlink.withHostNetnsFd((hostFd) =>
      places.value.flatMap((place) => describe(host, place, hostFd)),
    );
    return { namespaces: known(namespaces) };
  },
});

/** The namespace with its content; none when it vanished meanwhile, and when nothing in it concerns macvlan. */
function describe(host: Host, place: NetnsPlace, hostFd: number): Netns[] {
  const content = contentOf(host, place, hostFd);
  if (content === undefined) return [];
  const isGone = content.state === 'failed' && netnsPath(host.files, place) === undefined;
  return isGone ? [] : [{ ...place, content }];
}

/** Undefined for a foreign namespace without macvlan or ipvlan links. */
function contentOf(host: Host, place: NetnsPlace, hostFd: number): Fact<NetnsContent> | undefined {
  const answers = askNetns(host, place, firstRequests(hostFd));
  if (answers.state !== 'known') return answers;
  const first = parseFirst(answers.value);
  if ('errno' in first) {
    return unknown('failed', `the kernel refused to list the links (errno ${first.errno})`);
  }
  if (!place.isHost && !first.links.some(isOnSharedParent)) return undefined;
  const rest = askNetns(host, place, restRequests());
  if (rest.state !== 'known') return rest;
  const texts = valueOf(readInNetns(host, place, IPV4_SETTINGS_FILES)) ?? [];
  const ipv4 = parseIpv4Settings(texts, parseSettings(answers.value, rest.value));
  return known({ ...first, ...parseRest(rest.value, first.links), ...(ipv4 && { ipv4 }) });
}

/** All namespaces by inode: those of processes, those that are mounted, and ours first. */
function findPlaces(files: FileDoor): Fact<NetnsPlace[]> {
  const own = files.inode('/proc/self/ns/net');
  if (own.state !== 'known') return own;
  const pids = processesByNetns(files);
  const mounts = mountsByNetns(files);
  const others = new Set([...pids.keys(), ...mounts.keys()]);
  others.delete(own.value);
  const inodes = [own.value, ...[...others].toSorted((a, b) => a - b)];
  return known(
    inodes.map((inode) => ({
      inode,
      isHost: inode === own.value,
      mounts: [...(mounts.get(inode) ?? [])].toSorted(),
      processes: (pids.get(inode) ?? []).flatMap((pid) => describeProcess(files, pid)),
    })),
  );
}

/** The lowest process numbers of each namespace. One that may not be read, or has ended, is passed over. */
function processesByNetns(files: FileDoor): Map<number, number[]> {
  const found = new Map<number, number[]>();
  const entries = files.list('/proc');
  const names = entries.state === 'known' ? entries.value.filter((name) => /^\d+$/.test(name)) : [];
  for (const pid of names.map(Number).toSorted((a, b) => a - b)) {
    const link = files.readLink(`/proc/${pid}/ns/net`);
    const inode = link.state === 'known' ? parseNetnsName(link.value) : undefined;
    if (inode === undefined) continue;
    const pids = found.get(inode) ?? [];
    if (pids.length < KEPT_PROCESSES) found.set(inode, [...pids, pid]);
  }
  return found;
}

function describeProcess(files: FileDoor, pid: number): NetnsProcess[] {
  const comm = files.readText(`/proc/${pid}/comm`);
  return comm.state === 'known' ? [{ pid, comm: comm.value.replace(/\n$/, '') }] : [];
}

/** Paths of each mounted namespace; a mount that another one hides does not lead there and is passed over. */
function mountsByNetns(files: FileDoor): Map<number, Set<string>> {
  const found = new Map<number, Set<string>>();
  const text = files.readText('/proc/self/mountinfo', MOUNTINFO_BYTES);
  const mounted =
    text.state === 'known' ? parseNetnsMounts(text.value).map(({ path }) => path) : [];
  const listed = MOUNT_FOLDERS.flatMap((folder) => {
    const names = files.list(folder);
    return names.state === 'known' ? names.value.map((name) => `${folder}/${name}`) : [];
  });
  for (const path of new Set([...mounted, ...listed])) {
    const inode = files.inode(path);
    if (inode.state !== 'known' || inode.value < FIRST_NETNS_INODE) continue;
    found.set(inode.value, (found.get(inode.value) ?? new Set()).add(path));
  }
  return found;
}
