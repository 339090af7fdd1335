// What kind of machine the doctor runs on.

/** System, kernel, and what we may do there. */
export interface Platform {
  /** Node's `process.platform`: `linux`, `darwin`, `win32`, … */
  readonly os: string;
  readonly hostname: string;
  /** `uname -r`. */
  readonly kernel: string;
  /** `x64`, `arm64`, … */
  readonly arch: string;
  /** PRETTY_NAME of os-release(5); undefined elsewhere. */
  readonly distribution?: string;
  readonly isWsl: boolean;
  /** True when root here is not root of the machine: the doctor runs inside a user namespace. */
  readonly isInUserNamespace: boolean;
  /** True when the host's network namespace is the one of PID 1; undefined when that could not be read. */
  readonly isInitialNetns?: boolean;
  /** The doctor itself runs in a container, whose namespace then is the host's. */
  readonly isContainer: boolean;
  readonly privileges: Privileges;
}

/** Effective capabilities that change what can be seen (capabilities(7)). */
export interface Privileges {
  /** CAP_SYS_ADMIN: enter other network namespaces. */
  readonly canEnterNamespaces: boolean;
  /** CAP_NET_RAW: raw and packet sockets. */
  readonly canOpenRawSockets: boolean;
  readonly isRoot: boolean;
}

/** Drivers that engines need for links which they make along with a macvlan network: for a VLAN, and where no parent is named. */
export type LinkDriver = '8021q' | 'dummy';

/** Whether this kernel can make macvlan links, and how that is known. */
export interface MacvlanSupport {
  readonly available: boolean;
  /** `a macvlan link exists`, `CONFIG_MACVLAN=y in /proc/config.gz`, … */
  readonly evidence: string;
  /** Drivers of other links that this kernel certainly has not; absent where it has them, or nobody knows. */
  readonly lacks?: readonly LinkDriver[];
}

/** Who can write a host's persistent network configuration. */
export type ManagerId = 'systemd-networkd' | 'NetworkManager' | 'ifupdown' | 'netplan';

/** Who writes this host's network configuration, and which of its files speak of macvlan. */
export interface PersistentConfig {
  /** The managers in use, the one that owns most of the parents first; empty when none was recognised. */
  readonly managers: readonly ManagerId[];
  /** Configuration that names a macvlan link, one entry per link and file. */
  readonly macvlans: readonly ConfiguredMacvlan[];
  /** The .network file by which systemd-networkd manages a link, by ifname (`NETWORK_FILE=` in /run/systemd/netif). */
  readonly networkFiles?: Readonly<Record<string, string>>;
}

/** A macvlan link that a configuration file speaks of. */
export interface ConfiguredMacvlan {
  /** `ifname` of the link that the file would make at boot. */
  readonly name: string;
  /** Whose file it is; `unit` for a systemd service that calls `ip`. */
  readonly manager: ManagerId | 'unit';
  readonly path: string;
  /** False when something is missing, so that nothing is made at boot; `gap` says what. */
  readonly isComplete: boolean;
  readonly gap?: string;
}
