// What a container engine says of itself, its macvlan and ipvlan networks, and who is on them. Allow-listed fields only:
// environment, labels, commands and mounts are never read into memory structures.

/** A container engine that answered. */
export interface Engine {
  /** Where it answered: `unix:///var/run/docker.sock`, `tcp://…`. */
  readonly endpoint: string;
  readonly serverVersion: string;
  /** `OperatingSystem` of `docker info`: `Debian GNU/Linux 12`, `Docker Desktop`, `OrbStack`, … */
  readonly operatingSystem: string;
  readonly kernelVersion: string;
  /** The system that containers run on: `linux` or `windows`. */
  readonly osType: string;
  /** The engine's own host name. */
  readonly name: string;
  /** The daemon runs as an ordinary user, in a network namespace of its own. */
  readonly isRootless: boolean;
  /** The docker context that led to it. */
  readonly context?: string;
  /** `docker`, or `podman` behind the Docker-compatible API. */
  readonly flavour: 'docker' | 'podman';
}

/** A subnet of a network, and what of it the engine hands out. */
export interface IpamPool {
  readonly subnet: string;
  readonly gateway?: string;
  /** The part of the subnet that addresses are taken from; absent: all of it. */
  readonly ipRange?: string;
  /** Addresses that the engine will not hand out, by the name that the user gave them. */
  readonly auxAddresses: Readonly<Record<string, string>>;
}

/** A network as the engine lists it. */
export interface RuntimeNetwork {
  readonly id: string;
  readonly name: string;
  /** `macvlan`, `ipvlan`, `bridge`, … Networks of every driver are kept: subnets collide across drivers. */
  readonly driver: string;
  readonly scope: string;
  /** `--internal`: its containers get no default route. */
  readonly isInternal: boolean;
  /** `--config-only`: a template for others, with no containers of its own. */
  readonly isConfigOnly: boolean;
  /** `-o parent=`; absent when none was given. */
  readonly parent?: string;
  /** `-o macvlan_mode=` or `-o ipvlan_mode=`. */
  readonly mode?: string;
  /** Linux bridge behind a `bridge` network, when the engine names it. */
  readonly bridgeName?: string;
  readonly pools: readonly IpamPool[];
}

/** A container's place on a network; addresses are absent while it does not run. */
export interface RuntimeEndpoint {
  readonly networkId: string;
  readonly networkName: string;
  readonly mac?: string;
  readonly ipv4?: string;
  readonly ipv6?: string;
  /** The IPv4 address that the user asked for (`--ip`, `ipv4_address`); absent where the engine chose one, or does not tell. */
  readonly wantedIpv4?: string;
}

/** A container, running or not. */
export interface RuntimeContainer {
  readonly id: string;
  readonly name: string;
  /** `running`, `exited`, `created`, … */
  readonly state: string;
  readonly endpoints: readonly RuntimeEndpoint[];
}

/** Everything that one engine said. */
export interface Runtime {
  readonly engine: Engine;
  readonly networks: readonly RuntimeNetwork[];
  readonly containers: readonly RuntimeContainer[];
}
