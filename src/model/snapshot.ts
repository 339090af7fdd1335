// Everything the doctor saw, as plain JSON: checks replay from it anywhere, at any time.
import type { Fact } from './fact.js';
import type { NetnsRules, NetnsServices } from './filter.js';
import type { Machine, Nic, Traffic } from './machine.js';
import type { FdbEntry, Neighbour, NeighbourTable } from './neighbour.js';
import type { Netns } from './netns.js';
import type { Observation } from './observation.js';
import type { Plan } from './plan.js';
import type { MacvlanSupport, PersistentConfig, Platform } from './platform.js';
import type { Resolvers } from './resolver.js';
import type { RouteLookup } from './route.js';
import type { Runtime } from './runtime-network.js';
import type { Sweep } from './sweep.js';

/** Raised when an old reader would misread a new snapshot. */
export const SNAPSHOT_SCHEMA_VERSION = 1;

/** The facts, by source. A fact that depends on a namespace names it. */
export interface FactTypes {
  readonly platform: Platform;
  /**
   * The host's network namespace first, then by inode those with macvlan or ipvlan links and those that could not be
   * looked into. What lives in the others is nobody's business here, and is not kept.
   */
  readonly namespaces: readonly Netns[];
  /** Receive filters of the host's links. */
  readonly fdb: readonly FdbEntry[];
  /** ifnames of the host's wireless links. */
  readonly wireless: readonly string[];
  readonly macvlanSupport: MacvlanSupport;
  /** The container engine's view. */
  readonly runtime: Runtime;
  readonly persistentConfig: PersistentConfig;
  /** What the host's kernel would do with a packet to each child. */
  readonly routeLookups: readonly RouteLookup[];
  /** Neighbour tables once the probes were done, by namespace inode as text. */
  readonly neighboursAfter: Readonly<Record<string, readonly Neighbour[]>>;
  /** What the hardware, or what plays it, says of itself. */
  readonly machine: Machine;
  /** Drivers of the host's links that have one, by ifname. */
  readonly nics: Readonly<Record<string, Nic>>;
  /** The kernel's one ARP table, before anything was sent and once the probes were done. */
  readonly neighbourTable: NeighbourTable;
  readonly neighbourTableAfter: NeighbourTable;
  /** What the host's links had received once the probes were done, by ifname. */
  readonly traffic: Readonly<Record<string, Traffic>>;
  /** Who listens, by namespace inode as text: only where an answer was missing. */
  readonly services: Readonly<Record<string, NetnsServices>>;
  /** Packet filters once the probes were done, by namespace inode as text: only where an answer was missing. */
  readonly filters: Readonly<Record<string, NetnsRules>>;
  /** Whom the host and each namespace with a container ask for names, by namespace inode as text. */
  readonly resolvers: Readonly<Record<string, Resolvers>>;
  /** What the user means to make; `absent` where nothing is planned. */
  readonly plan: Plan;
  /** Who answered in the ranges of planned networks; `absent` where nothing is planned. */
  readonly sweeps: readonly Sweep[];
}
/** The name of a fact. */
export type FactKey = keyof FactTypes;
/** Every fact, known or not. */
export type Facts = { readonly [K in FactKey]: Fact<FactTypes[K]> };

/** Where a fact came from and what it cost. */
export interface Source {
  /** The gatherer's. */
  readonly id: string;
  /** What was read or asked: `RTM_GETLINK in 12 namespaces`, a path, an API call. */
  readonly reads: readonly string[];
  /** Milliseconds. */
  readonly durationMs: number;
}

/** What the user narrowed the run to; empty lists mean everything. */
export interface Scope {
  readonly parents: readonly string[];
  readonly networks: readonly string[];
  readonly containers: readonly string[];
}

/** Things that are legal and surprising, and that this user needs. */
export const EXPECTATIONS = ['host-access', 'sibling-access', 'lan-access', 'internet'] as const;
/** One of {@link EXPECTATIONS}. */
export type Expectation = (typeof EXPECTATIONS)[number];

/** One look at one host: all that the checks judge from. */
export interface Snapshot {
  readonly schemaVersion: typeof SNAPSHOT_SCHEMA_VERSION;
  readonly tool: { readonly name: string; readonly version: string };
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly scope: Scope;
  readonly facts: Facts;
  /** Empty when the run was passive; `probing` says why. */
  readonly observations: readonly Observation[];
  /** Known when probes ran, with the window; else why they did not. */
  readonly probing: Fact<{ readonly windowMs: number; readonly notes: readonly string[] }>;
  readonly sources: readonly Source[];
  /** How long the run took, milliseconds; absent in snapshots that no run made, or an early version. */
  readonly durationMs?: number;
  /** What the user said must work; absent as above. */
  readonly expectations?: readonly Expectation[];
}
