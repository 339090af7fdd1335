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
  /** `ApiVersion` of `/version`: which fields its answers can have (`1.41`). */
  readonly apiVersion?: string;
  /** `Swarm.LocalNodeState`: `inactive`, `active`, … */
  readonly swarmState?: string;
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
  /** Addresses that it can still hand out by itself; told since API 1.52 (`Status.IPAM.Subnets`). */
  readonly addressesLeft?: number;
}

/** An address that the engine holds for somebody, running or not (`Containers` of a network's own answer). */
export interface HeldAddress {
  /** Of the container, or of what the engine calls the endpoint where no container is left. */
  readonly name: string;
  readonly containerId: string;
  readonly ipv4?: string;
  readonly mac?: string;
}

/** A network as the engine lists it. */
export interface RuntimeNetwork {
  readonly id: string;
  readonly name: string;
  /** Of a snapshot with stand-ins: at which place its real name stood among those of all networks. */
  readonly rank?: number;
  /** `macvlan`, `ipvlan`, `bridge`, … Networks of every driver are kept: subnets collide across drivers. */
  readonly driver: string;
  readonly scope: string;
  /** `--internal`: its containers get no default route. */
  readonly isInternal: boolean;
  /** `--config-only`: a template for others, with no containers of its own. */
  readonly isConfigOnly: boolean;
  /** Name of the config-only network that its parent and pools come from. */
  readonly configFrom?: string;
  /** `--ipv6`. */
  readonly hasIpv6?: boolean;
  /** `--attachable`: single containers may join a network of the swarm. */
  readonly isAttachable?: boolean;
  /** `-o parent=`; absent when none was given. */
  readonly parent?: string;
  /** `-o macvlan_mode=` or `-o ipvlan_mode=`. */
  readonly mode?: string;
  /** `-o ipvlan_flag=`: `bridge`, `private`, `vepa`. */
  readonly ipvlanFlag?: string;
  /** Names of its other `-o` options, sorted; macvlan ignores what it does not know. Their values are not kept. */
  readonly otherOptions?: readonly string[];
  /** Linux bridge behind a `bridge` network, when the engine names it. */
  readonly bridgeName?: string;
  readonly pools: readonly IpamPool[];
  /** Absent where the network itself was not asked (its driver is neither macvlan nor ipvlan), or did not answer. */
  readonly held?: readonly HeldAddress[];
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
  /** The same for IPv6 (`--ip6`, `ipv6_address`). */
  readonly wantedIpv6?: string;
  /** IPv4 gateway that the engine gave the endpoint. */
  readonly gateway?: string;
  /** `gw-priority`, of engines that have it (28 and later): the highest gives the container its default route. */
  readonly gwPriority?: number;
}

/** A port that the user asked to be published (`-p`, `ports:`). */
export interface PublishedPort {
  /** Inside the container. */
  readonly port: number;
  readonly protocol: string;
  /** Address of the host that it was asked for; absent: all. */
  readonly hostIp?: string;
  /** Absent: any free one. */
  readonly hostPort?: number;
}

/** A container, running or not. */
export interface RuntimeContainer {
  readonly id: string;
  readonly name: string;
  /** `running`, `exited`, `created`, … */
  readonly state: string;
  readonly endpoints: readonly RuntimeEndpoint[];
  /** `HostConfig.NetworkMode`: the network it was run on, by name; `host`, `none`, `container:…`. */
  readonly networkMode?: string;
  /** What follows is told by the container's own answer, and absent where that was not asked for or did not come. */
  readonly published?: readonly PublishedPort[];
  /** `--dns`. */
  readonly dns?: readonly string[];
  /** PID of its first process in the engine's pid namespace; absent while it does not run. */
  readonly pid?: number;
}

/** Everything that one engine said. */
export interface Runtime {
  readonly engine: Engine;
  readonly networks: readonly RuntimeNetwork[];
  readonly containers: readonly RuntimeContainer[];
  /** What of the engine could not be asked, one clause each, as the reason of a fact is. */
  readonly gaps?: readonly string[];
}
