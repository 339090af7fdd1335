// What a test says about a host, before it is written out as the kernel's answers.
import type { Platform } from '../../src/model/platform.js';
import type {
  Engine,
  HeldAddress,
  RuntimeContainer,
  RuntimeEndpoint,
} from '../../src/model/runtime-network.js';
import type { Ipv4Conf, NetnsProcess } from '../../src/model/netns.js';
import type { Neighbour } from '../../src/model/neighbour.js';
import type { Route, Rule } from '../../src/model/route.js';

/** One link, wherever it lives. */
export interface LinkOptions {
  /** `192.0.2.10/24`, several, or `[]` for none; IPv6 likewise. */
  readonly address?: string | readonly string[];
  /** Next hop of the namespace's default route by this link. `null`: none. */
  readonly gateway?: string | null;
  /** Admin state. Default: true. */
  readonly up?: boolean;
  /** LOWER_UP. Default: as `up`. */
  readonly carrier?: boolean;
  readonly mac?: string;
  readonly mtu?: number;
  /** Whole routes in place of those that follow from the addresses and the gateway. */
  readonly routes?: readonly (Partial<Route> & { readonly dst: string })[];
  /** Entries on this link before the probes. */
  readonly neighbours?: readonly Omit<Neighbour, 'dev'>[];
}

export interface ParentOptions extends LinkOptions {
  readonly altnames?: readonly string[];
  /** `bridge`, `veth`, `vlan`, `bond`, `wireguard`, …; absent for a network card. */
  readonly kind?: string;
  readonly vlanId?: number;
  /** ifname of the lower device, for `vlan`. */
  readonly lower?: string;
  /** Default: `ether`. */
  readonly linkType?: string;
  readonly master?: string;
  /** Default: the master's kind. */
  readonly slaveKind?: string;
  /** Holders of promiscuity. Default: 0, or 1 for a veth or bridge with children, as the kernel does. */
  readonly promiscuity?: number;
  /** The PROMISC flag of `ip link set promisc on`. */
  readonly isPromiscuous?: boolean;
  readonly isWireless?: boolean;
  /** MACs in the receive filter, in place of those of children and shims that are up. */
  readonly filter?: readonly string[];
}

export interface ChildOptions extends LinkOptions {
  readonly parent?: string;
  /** Default: bridge. */
  readonly mode?: string;
  readonly flags?: readonly string[];
  /** Default: eth0, eth1, … */
  readonly ifname?: string;
  /** An ipvlan link has its parent's MAC, and `l2` for a mode; a veth one is the end of a bridge network, on no parent. */
  readonly kind?: 'macvlan' | 'macvtap' | 'ipvlan' | 'veth';
  /** True: a running container of this name, known to the engine. */
  readonly container?: boolean;
  /** The container's network; implies `container`. */
  readonly network?: string;
  /** What the engine says of it on that network, where it is not what follows from the link: `gwPriority`, `wantedIpv4`, … */
  readonly endpoint?: Partial<RuntimeEndpoint>;
  /** What the container's own answer says: `published`, `dns`, …; `null` where it was not asked. Implies `container`. */
  readonly inspected?: Partial<RuntimeContainer> | null;
  /** Name of an earlier child whose namespace this link shares. */
  readonly sameNetnsAs?: string;
  readonly mounts?: readonly string[];
  readonly processes?: readonly NetnsProcess[];
  /** Policy rules of its namespace, besides those that every one is born with. */
  readonly rules?: readonly Rule[];
}

export interface HostLinkSpec {
  readonly name: string;
  readonly mac: string;
  readonly options: ParentOptions;
  readonly macvlan?: { readonly parent: string; readonly mode: string };
}

export type ChildSpec = ChildOptions & {
  readonly parent: string;
  readonly mode: string;
  readonly mac: string;
  readonly ifname: string;
};

export interface NetnsSpec {
  readonly name: string;
  readonly inode: number;
  readonly mounts: readonly string[];
  readonly processes: readonly NetnsProcess[];
  readonly links: ChildSpec[];
}

/** What can be said of a runtime network; `name` is all it needs. */
export interface NetworkOptions {
  readonly name: string;
  /** Default: the parent declared last; `null` for a network that names none. */
  readonly parent?: string | null;
  readonly driver?: string;
  readonly mode?: string;
  readonly subnet?: string | readonly string[];
  readonly gateway?: string;
  readonly ipRange?: string;
  readonly aux?: Readonly<Record<string, string>>;
  readonly bridgeName?: string;
  readonly scope?: string;
  readonly isInternal?: boolean;
  readonly isConfigOnly?: boolean;
  readonly configFrom?: string;
  readonly hasIpv6?: boolean;
  readonly isAttachable?: boolean;
  readonly ipvlanFlag?: string;
  readonly otherOptions?: readonly string[];
  /** Of every pool of it. */
  readonly addressesLeft?: number;
  /** Default: the addresses of its running containers; `null` where the network itself did not answer. */
  readonly held?: readonly HeldAddress[] | null;
}

/** What is set under net.ipv4 in one namespace, where it is not as the kernel has it. */
export interface SettingsOptions {
  readonly all?: Partial<Ipv4Conf>;
  /** By ifname. */
  readonly links?: Readonly<Record<string, Partial<Ipv4Conf>>>;
  readonly ignoresEcho?: boolean;
}

export interface World {
  readonly links: HostLinkSpec[];
  readonly netnses: NetnsSpec[];
  readonly hostRoutes: (Partial<Route> & { readonly dst: string })[];
  readonly hostRules: Rule[];
  readonly hostNeighbours: Neighbour[];
  readonly filters: Map<string, readonly string[]>;
  /** By the namespace's name, or `host`; null where they could not be read. */
  readonly settings: Map<string, SettingsOptions | null>;
}

export const HOST_INODE = 4_026_531_840;
/** ifindex of the first link of the host after `lo`. */
export const FIRST_IFINDEX = 2;

const PREFIX = {
  parent: '52:54:00:00:00',
  child: '02:42:c0:00:02',
  shim: '06:d0:c7:00:00',
} as const;

export function macOf(kind: keyof typeof PREFIX, index: number): string {
  return `${PREFIX[kind]}:${(index + 0x10).toString(16).padStart(2, '0')}`;
}

export function list<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** The MAC of a link of the host that is there already. */
export function macIn({ links }: World, name: string): string | undefined {
  return links.find((link) => link.name === name)?.mac;
}

/** True when the link is admin up and the layer below is there. */
export function isRunning(options: LinkOptions): boolean {
  const isUp = options.up ?? true;
  return isUp && (options.carrier ?? true);
}

export const ENGINE: Engine = {
  endpoint: 'unix:///var/run/docker.sock',
  serverVersion: '28.1.1',
  operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
  kernelVersion: '6.1.0-32-amd64',
  osType: 'linux',
  name: 'nas',
  isRootless: false,
  flavour: 'docker',
};

export const PLATFORM: Platform = {
  os: 'linux',
  hostname: 'nas',
  kernel: '6.1.0-32-amd64',
  arch: 'x64',
  distribution: 'Debian GNU/Linux 12 (bookworm)',
  isWsl: false,
  isInUserNamespace: false,
  isInitialNetns: true,
  isContainer: false,
  privileges: { canEnterNamespaces: true, canOpenRawSockets: true, isRoot: true },
};

export function idOf(name: string): Pick<RuntimeContainer, 'id' | 'name'> {
  return { id: `id-${name}`.padEnd(64, '0'), name };
}

/** What is said of the child makes it a container of an engine. */
export function isContainer({ container, network, inspected }: ChildOptions): boolean {
  return container === true || network !== undefined || inspected !== undefined;
}

/** The namespace that the child is to live in, made where there is none yet. */
export function netnsFor(netnses: NetnsSpec[], name: string, options: ChildOptions): NetnsSpec {
  const existing = netnses.find((netns) => netns.name === (options.sameNetnsAs ?? name));
  if (existing !== undefined) return existing;
  const inode = 4_026_532_001 + netnses.length;
  const isDocker = isContainer(options);
  const mount = isDocker
    ? `/run/docker/netns/${inode.toString(16).padStart(12, '0')}`
    : `/run/netns/${name}`;
  const process = { pid: inode - 4_026_530_000, comm: name.slice(0, 15) };
  const netns: NetnsSpec = {
    name,
    inode,
    mounts: options.mounts ?? [mount],
    processes: options.processes ?? (isDocker ? [process] : []),
    links: [],
  };
  netnses.push(netns);
  return netns;
}
