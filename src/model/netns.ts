// One network namespace and what it holds. A fact belongs to a namespace: ifindexes and names mean nothing across two.
import type { Address } from './address.js';
import type { Link } from './link.js';
import type { Neighbour } from './neighbour.js';
import type { Route, Rule } from './route.js';
import type { Fact } from './fact.js';

/** A process that lives in a namespace. */
export interface NetnsProcess {
  readonly pid: number;
  /** `/proc/PID/comm`: at most 15 bytes, chosen by the process itself. */
  readonly comm: string;
}

/** Settings of IPv4 on one link, or on `all`, under the names of `net.ipv4.conf.*` (kernel: ip-sysctl.rst). */
export interface Ipv4Conf {
  readonly rp_filter: number;
  readonly arp_ignore: number;
  readonly arp_announce: number;
  readonly arp_filter: number;
  readonly proxy_arp: number;
  readonly forwarding: number;
}

/** IPv4 settings of a namespace. */
export interface Ipv4Settings {
  readonly all: Ipv4Conf;
  /** By ifname. */
  readonly links: Readonly<Record<string, Ipv4Conf>>;
  /** `net.ipv4.icmp_echo_ignore_all`. */
  readonly ignoresEcho: boolean;
}

/** Settings of which the higher one counts, of `all` and of the link; a link that is not listed adds nothing (ip-sysctl.rst). */
export function settingInForce(
  settings: Pick<Ipv4Settings, 'all' | 'links'> | undefined,
  ifname: string,
  name: 'rp_filter' | 'arp_ignore' | 'arp_announce' | 'arp_filter',
): number {
  return Math.max(settings?.links[ifname]?.[name] ?? 0, settings?.all[name] ?? 0);
}

/** What rtnetlink told of one namespace. Lists are sorted: links by ifindex, the rest by their text. */
export interface NetnsContent {
  readonly links: readonly Link[];
  readonly addresses: readonly Address[];
  readonly routes: readonly Route[];
  readonly rules: readonly Rule[];
  readonly neighbours: readonly Neighbour[];
  /** The id by which this namespace knows the host's, null when it has none (RTM_GETNSID). */
  readonly hostNsid: number | null;
  /** Absent where it could not be read, as in saved output. */
  readonly ipv4?: Ipv4Settings;
}

/** True for a link that sits on a link of the host's namespace; whose ifindex that is, `link_index` tells. */
export function isOnHostLink(link: Link, { hostNsid }: Pick<NetnsContent, 'hostNsid'>): boolean {
  return link.link_index !== undefined && hostNsid !== null && link.link_netnsid === hostNsid;
}

/** One namespace, how it can be entered, and what is in it. */
export interface Netns {
  /** Inode of the nsfs file, as in `net:[4026531840]`: the namespace's identity on this boot. */
  readonly inode: number;
  /** True for the one that the doctor was started in. */
  readonly isHost: boolean;
  /** It does not exist yet: a planned container will live in it. Its inode is below zero, and nothing can be sent from it. */
  readonly isPlanned?: true;
  /** Where it is mounted, sorted: `/run/netns/web`, `/run/docker/netns/1a2b3c`. */
  readonly mounts: readonly string[];
  /** Processes in it, lowest pid first; at most a few are kept. */
  readonly processes: readonly NetnsProcess[];
  /**
   * Of a snapshot with stand-ins: at which place each link, by ifname, stood among all children, or among all ipvlan links, by
   * its real name. Lists keep that order.
   */
  readonly ranks?: Readonly<Record<string, number>>;
  /** Not known where it could not be entered, mostly without root. */
  readonly content: Fact<NetnsContent>;
}

/** Links of the host's namespace; undefined where they are not known. */
export function hostLinks(namespaces: readonly Netns[]): readonly Link[] | undefined {
  const content = namespaces.find(({ isHost }) => isHost)?.content;
  return content?.state === 'known' ? content.value.links : undefined;
}
