// Networks and containers that nobody has made yet, as the user means to: from flags, or from a Compose file.
import { unknown } from './fact.js';
import type { PublishedPort } from './runtime-network.js';

/** Where in the user's own words something stands; a report points there. */
export interface Place {
  /** As the user named it; `-` is standard input. */
  readonly file: string;
  /** From 1, both. */
  readonly line: number;
  readonly column: number;
}

/** The user's words, as a path in them: `networks.lan.ipam.config[0].gateway`, `--gateway`. */
export interface Words {
  readonly path: string;
  /** Absent for flags. */
  readonly place?: Place;
}

/** A pool as it is asked for: texts as the user wrote them, which may be no addresses at all. */
export interface PlannedPool {
  readonly subnet?: string;
  readonly gateway?: string;
  readonly ipRange?: string;
  readonly auxAddresses: Readonly<Record<string, string>>;
}

/** A network that is to be made, or that is there already and is to be used. */
export interface PlannedNetwork {
  /** The name that the engine knows it by, or will. */
  readonly name: string;
  /** As of a network that is there. */
  readonly rank?: number;
  readonly driver: string;
  /** Somebody else made it: nothing is created (`external: true`, `--network NAME`). */
  readonly isExternal: boolean;
  readonly isInternal: boolean;
  readonly hasIpv6: boolean;
  readonly isAttachable: boolean;
  /** `-o` and `driver_opts`, `parent` and `macvlan_mode` among them. */
  readonly options: Readonly<Record<string, string>>;
  readonly pools: readonly PlannedPool[];
  /** What the client itself answers before it asks the engine, word for word. */
  readonly clientSays?: string;
  /** Where it stands, and where parts of it do, by their path within the network (`ipam.config[0].gateway`). */
  readonly words: Words;
  readonly parts: Readonly<Record<string, Words>>;
}

/** A container's place on a planned network. */
export interface PlannedEndpoint {
  /** Name of the planned network. */
  readonly network: string;
  /** Asked for (`--ip`, `ipv4_address`); else the engine chooses. */
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly mac?: string;
  /** `gw_priority`: the highest gives the container its default route, in engines that have it. */
  readonly gwPriority?: number;
  /** Of a snapshot with stand-ins: at which place its network's real name stood among those of the container. */
  readonly rank?: number;
  /** A MAC that nobody owns, drawn for this run: what the LAN is asked with on its behalf. */
  readonly trialMac: string;
  readonly words: Words;
}

/** A container that is to be run. */
export interface PlannedContainer {
  readonly name: string;
  /** False for one that stands for whatever will be run on a network: none was named. */
  readonly isNamed: boolean;
  readonly endpoints: readonly PlannedEndpoint[];
  /** `-p` and `ports:`. */
  readonly published: readonly PublishedPort[];
  readonly dns: readonly string[];
}

/** All that the user means to make. */
export interface Plan {
  /** Who read it: `flags`, `docker compose 2.29.1`, or our own rules: `yaml`. */
  readonly reader: string;
  readonly networks: readonly PlannedNetwork[];
  readonly containers: readonly PlannedContainer[];
  /** What was not understood, or left out on purpose, in one sentence each. */
  readonly notes: readonly string[];
}

/** Ids of planned networks and containers begin so, which no engine's do. */
export const PLANNED = 'planned:';

/** The fact of whoever looks at a host as it is: a saved one of a version that could not plan says the same. */
export const NOTHING_PLANNED = unknown('absent', 'nothing is planned');
