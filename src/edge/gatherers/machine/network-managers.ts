// Which network managers are at work here, by the state that each keeps of the links it has taken on.
import { valueOf } from '../../../model/fact.js';
import type { Link } from '../../../model/link.js';
import { hostLinks } from '../../../model/netns.js';
import type { ManagerId } from '../../../model/platform.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Host } from '../../host/host.js';

interface Claim {
  readonly manager: ManagerId;
  readonly isThere: boolean;
  /** How many of the host's links it has taken on. */
  readonly links: number;
}

/** The managers in use, the one that has taken on most of the host's links first. */
export function findManagers(
  host: Host,
  soFar: Partial<Facts>,
  ifupdownLinks: readonly string[],
): readonly ManagerId[] {
  const links = linksOf(soFar);
  const count = (isOwned: (index: string, name: string) => boolean): number =>
    links.filter(({ ifindex, ifname }) => isOwned(String(ifindex), ifname)).length;
  const claims: readonly Claim[] = [
    {
      manager: 'systemd-networkd',
      isThere: exists(host, '/run/systemd/netif/state'),
      links: count((index) => networkFile(host, index) !== undefined),
    },
    {
      manager: 'NetworkManager',
      isThere: exists(host, '/run/NetworkManager'),
      links: count((index) => isNetworkManagerLink(host, index)),
    },
    {
      manager: 'ifupdown',
      isThere: ifupdownLinks.length > 0,
      links: count((_index, name) => ifupdownLinks.includes(name)),
    },
  ];
  const owners = claims
    .filter(({ isThere }) => isThere)
    .toSorted((a, b) => b.links - a.links)
    .map(({ manager }) => manager);
  // netplan owns nothing itself: it writes the files of networkd or NetworkManager.
  return hasNetplan(host) ? [...owners, 'netplan'] : owners;
}

function linksOf({ namespaces }: Partial<Facts>): readonly Link[] {
  return namespaces?.state === 'known' ? (hostLinks(namespaces.value) ?? []) : [];
}

/** The .network file by which systemd-networkd manages each link, by ifname. */
export function findNetworkFiles(
  host: Host,
  soFar: Partial<Facts>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    linksOf(soFar).flatMap(({ ifindex, ifname }) => {
      const file = networkFile(host, String(ifindex));
      return file === undefined ? [] : [[ifname, file]];
    }),
  );
}

/** networkd keeps a state file per link, also of links that it leaves alone; those name no .network file. */
function networkFile(host: Host, index: string): string | undefined {
  const state = valueOf(host.files.readText(`/run/systemd/netif/links/${index}`)) ?? '';
  return /^NETWORK_FILE=(\S+)$/m.exec(state)?.[1];
}

function isNetworkManagerLink(host: Host, index: string): boolean {
  const state = valueOf(host.files.readText(`/run/NetworkManager/devices/${index}`)) ?? '';
  return /^connection-uuid=/m.test(state);
}

function hasNetplan(host: Host): boolean {
  return (valueOf(host.files.list('/etc/netplan')) ?? []).some((name) => /\.ya?ml$/.test(name));
}

function exists(host: Host, path: string): boolean {
  return host.files.inode(path).state === 'known';
}
