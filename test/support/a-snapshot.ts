// Believable snapshots for tests: said in a line, written out as the kernel would tell them (iproute2's JSON forms).
import { buildTopology } from '../../src/core/derive/topology/topology.js';
import type { FdbEntry, Neighbour } from '../../src/model/neighbour.js';
import type { Observation, ProbeId } from '../../src/model/observation.js';
import type { MacvlanSupport, PersistentConfig, Platform } from '../../src/model/platform.js';
import type { Route, RouteLookup, Rule } from '../../src/model/route.js';
import type { Resolvers } from '../../src/model/resolver.js';
import type { Engine, RuntimeContainer } from '../../src/model/runtime-network.js';
import { known, unknown, type Fact } from '../../src/model/fact.js';
import {
  SNAPSHOT_SCHEMA_VERSION,
  type Expectation,
  type FactKey,
  type Facts,
  type FactTypes,
  type Scope,
  type Snapshot,
} from '../../src/model/snapshot.js';
import type { Topology } from '../../src/model/topology.js';
import { claimOf, runtimeOf } from './engine-view.js';
import { filterOf, lookUp, namespacesOf } from './kernel-view.js';
import { askOn, neighboursAfterOf, observe, type Lan, type Where } from './lan-view.js';
import {
  ENGINE,
  HOST_INODE,
  idOf,
  isContainer,
  netnsFor,
  macIn,
  macOf,
  PLATFORM,
  type ChildOptions,
  type LinkOptions,
  type NetworkOptions,
  type ParentOptions,
  type SettingsOptions,
  type World,
} from './world.js';

export type { Where } from './lan-view.js';
export type { ChildOptions, LinkOptions, ParentOptions } from './world.js';

/** Whom a host asks for names unless something is said of it: a server of nobody here. */
const FAR_RESOLVER: Resolvers = { nameservers: ['203.0.113.53'] };

/**
 * A host under construction. Everything has a believable default: `aSnapshot().parent('eth0').child('web')` is a sound
 * host at 192.0.2.10 with one bridge-mode child. Nothing is probed until something is said about probes.
 */
export class SnapshotBuilder {
  readonly #world: World = {
    links: [],
    netnses: [],
    hostRoutes: [],
    hostRules: [],
    hostNeighbours: [],
    filters: new Map(),
    settings: new Map(),
  };
  readonly #networks: NetworkOptions[] = [];
  readonly #gaps: string[] = [];
  readonly #resolvers: { readonly place: string; readonly resolvers: Resolvers }[] = [];
  readonly #containers: RuntimeContainer[] = [];
  readonly #facts = new Map<FactKey, Fact<unknown>>();
  readonly #lookups: RouteLookup[] = [];
  readonly #statements: ((topology: Topology, facts: Facts) => readonly Observation[])[] = [];
  readonly #after: { readonly place: string; readonly neighbour: Neighbour }[] = [];
  #engine: Engine | undefined;
  #platform: Platform = PLATFORM;
  #wireless: string[] = [];
  #persistent: PersistentConfig = { managers: ['systemd-networkd'], macvlans: [] };
  #scope: Scope = { parents: [], networks: [], containers: [] };
  #expectations: readonly Expectation[] = [];
  #lastParent = 'eth0';
  #isWholeRun = false;
  #lan: Lan = {};

  /** A link of the host that carries children. Default: an Ethernet card, up, with carrier, at 192.0.2.10/24. */
  parent(name: string, options: ParentOptions = {}): this {
    this.#lastParent = name;
    return this.hostLink(name, { address: '192.0.2.10/24', ...options });
  }

  /** Any other link of the host: `docker0`, `wg0`, the bridge that enslaves a parent. No address by default. */
  hostLink(name: string, options: ParentOptions = {}): this {
    const { isWireless, filter, ...link } = options;
    if (isWireless === true) this.#wireless.push(name);
    if (filter !== undefined) this.#world.filters.set(name, filter);
    this.#world.links.push({
      name,
      options: link,
      mac: link.mac ?? macOf('parent', this.#world.links.length),
    });
    return this;
  }

  /** A macvlan link in a namespace of its own. Default: `eth0` in `/run/netns/NAME`, bridge mode, up, 192.0.2.5N/24. */
  child(name: string, options: ChildOptions = {}): this {
    const count = this.#world.netnses.reduce((sum, netns) => sum + netns.links.length, 0);
    const parent = options.parent ?? this.#lastParent;
    const isIpvlan = options.kind === 'ipvlan';
    const link = {
      mode: isIpvlan ? 'l2' : 'bridge',
      address: `192.0.2.${(50 + count).toString()}/24`,
      gateway: '192.0.2.1',
      mac: (isIpvlan ? macIn(this.#world, parent) : undefined) ?? macOf('child', count),
      ...options,
      parent,
    };
    const netns = netnsFor(this.#world.netnses, name, options);
    netns.links.push({ ...link, ifname: options.ifname ?? `eth${netns.links.length.toString()}` });
    if (isContainer(options)) this.#claim(name, link);
    return this;
  }

  /** A macvlan link in the host's own namespace. Default: bridge mode, up, 192.0.2.250/32, no routes. */
  shim(
    name: string,
    options: LinkOptions & { readonly parent?: string; readonly mode?: string } = {},
  ): this {
    const { parent, mode, ...link } = options;
    const spec = { address: '192.0.2.250/32', ...link };
    this.#world.links.push({
      name,
      options: spec,
      mac: link.mac ?? macOf('shim', this.#world.links.length),
      macvlan: { parent: parent ?? this.#lastParent, mode: mode ?? 'bridge' },
    });
    return this;
  }

  /** A network of the container engine; the engine then answers. Default: macvlan 192.0.2.0/24 on the last parent. */
  network(options: NetworkOptions): this {
    this.#engine ??= ENGINE;
    this.#networks.push({ parent: this.#lastParent, ...options });
    return this;
  }

  /** A container without a namespace, such as a stopped one that still owns an address. */
  container(name: string, options: Partial<RuntimeContainer> = {}): this {
    this.#engine ??= ENGINE;
    this.#containers.push({
      ...idOf(name),
      state: 'exited',
      endpoints: [],
      ...options,
    });
    return this;
  }

  /** What of the engine could not be asked; the engine then answers all the same. */
  gap(...sentences: readonly string[]): this {
    this.#engine ??= ENGINE;
    this.#gaps.push(...sentences);
    return this;
  }

  /** Whom `host`, or a child's namespace, asks for names. Nothing is known of any place before the first is told. */
  resolvers(place: string, resolvers: Resolvers): this {
    this.#resolvers.push({ place, resolvers });
    return this;
  }

  engine(engine: Partial<Engine>): this {
    this.#engine = { ...(this.#engine ?? ENGINE), ...engine };
    return this;
  }

  platform(platform: Partial<Platform>): this {
    this.#platform = { ...this.#platform, ...platform };
    return this;
  }

  persistent(config: Partial<PersistentConfig>): this {
    this.#persistent = { ...this.#persistent, ...config };
    return this;
  }

  macvlanSupport(support: MacvlanSupport): this {
    return this.fact('macvlanSupport', known(support));
  }

  /** A route of the host's, such as one of a shim's: `hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' })`. */
  hostRoute(route: Partial<Route> & { readonly dst: string }): this {
    this.#world.hostRoutes.push(route);
    return this;
  }

  hostRule(rule: Rule): this {
    this.#world.hostRules.push(rule);
    return this;
  }

  hostNeighbour(neighbour: Neighbour): this {
    this.#world.hostNeighbours.push(neighbour);
    return this;
  }

  /** IPv4 settings of `host`, or of a child's namespace; `null` where they could not be read. Default: the kernel's own. */
  settings(place: string, settings: SettingsOptions | null): this {
    this.#world.settings.set(place, settings);
    return this;
  }

  /** What the host's kernel answers for one address, in place of the longest match in its main table. */
  routeLookup(lookup: RouteLookup): this {
    this.#lookups.push(lookup);
    return this;
  }

  /** Replaces one fact whole: `fact('neighboursAfter', unknown('denied', '…'))`. */
  fact<K extends FactKey>(key: K, fact: Fact<FactTypes[K]>): this {
    this.#facts.set(key, fact);
    return this;
  }

  scope(scope: Partial<Scope>): this {
    this.#scope = { ...this.#scope, ...scope };
    return this;
  }

  /** The run was told what must work: some probes are planned for that alone. */
  expecting(...expectations: readonly Expectation[]): this {
    this.#expectations = expectations;
    return this;
  }

  /** Every planned probe ends as it would on a sound LAN; `reflects`: the switch port sends frames back. */
  allHealthy(lan: Lan = {}): this {
    this.#lan = lan;
    this.#statements.push((topology, facts) =>
      observe({ topology, facts, lan, expectations: this.#expectations }),
    );
    return this;
  }

  /** The rounds after the first are played too, on a sound LAN. */
  wholeRun(): this {
    this.#isWholeRun = true;
    return this;
  }

  /** The planned steps that match were answered. Said after {@link allHealthy} it takes its place. */
  answered(probe: ProbeId, where: Where = {}): this {
    return this.#say({ probe, where, outcome: 'answered' });
  }

  /** The planned steps that match were sent and met silence. */
  silent(probe: ProbeId, where: Where = {}): this {
    return this.#say({ probe, where, outcome: 'silent' });
  }

  /** The planned steps that match could not be carried out. */
  failed(probe: ProbeId, where: Where, error: string): this {
    return this.#say({ probe, where, outcome: 'failed', error });
  }

  /** An observation given in full, planned or not. */
  observed(observation: Observation): this {
    this.#statements.push(() => [observation]);
    return this;
  }

  /** A neighbour entry as it stands after the probes; `place` is a child's name, or `host`. */
  neighbourAfter(place: string, neighbour: Neighbour): this {
    this.#after.push({ place, neighbour });
    return this;
  }

  build(): Snapshot {
    const isProbed = this.#statements.length > 0;
    const facts = this.#makeFacts();
    const topology = buildTopology({ facts, scope: this.#scope });
    const observations = new Map<string, Observation>();
    for (const statement of this.#statements) {
      for (const one of statement(topology, facts)) observations.set(keyOf(one), one);
    }
    const first = [...observations.values()];
    const world = { topology, facts, lan: this.#lan, expectations: this.#expectations };
    const seen = isProbed && this.#isWholeRun ? askOn(world, first) : first;
    return {
      schemaVersion: SNAPSHOT_SCHEMA_VERSION,
      tool: { name: 'macvlan-doctor', version: '0.0.0-test' },
      takenAt: '2026-01-31T12:00:00.000Z',
      scope: this.#scope,
      facts: isProbed
        ? { ...facts, neighboursAfter: this.#neighboursAfter(facts, topology, seen) }
        : facts,
      observations: seen,
      probing: isProbed
        ? known({ windowMs: 1000, notes: [] })
        : unknown('skipped', 'nothing was sent (--passive)'),
      sources: [],
    };
  }

  #say(input: {
    readonly probe: ProbeId;
    readonly where: Where;
    readonly outcome: 'answered' | 'silent' | 'failed';
    readonly error?: string;
  }): this {
    this.#statements.push((topology, facts) =>
      observe({ topology, facts, expectations: this.#expectations, ...input }),
    );
    return this;
  }

  #claim(name: string, link: ChildOptions & { readonly mac: string }): void {
    this.#engine ??= ENGINE;
    const owner = link.sameNetnsAs ?? name;
    const index = this.#containers.findIndex((container) => container.name === owner);
    const before = this.#containers[index];
    const pid = this.#world.netnses.find((netns) => netns.name === owner)?.processes[0]?.pid;
    const claimed = claimOf(before ?? { ...idOf(owner), ...(pid && { pid }) }, link);
    if (before === undefined) this.#containers.push(claimed);
    else this.#containers[index] = claimed;
  }

  #makeFacts(): Facts {
    const namespaces = namespacesOf(this.#world);
    const fdb: FdbEntry[] = filterOf(this.#world);
    const runtime =
      this.#engine === undefined
        ? unknown('absent', 'no container engine answered')
        : known(
            runtimeOf({
              engine: this.#engine,
              networks: this.#networks,
              containers: this.#containers,
              gaps: this.#gaps,
            }),
          );
    return {
      platform: known(this.#platform),
      namespaces: known(namespaces),
      fdb: known(fdb),
      wireless: known(this.#wireless),
      macvlanSupport: known({ available: true, evidence: 'a macvlan link exists' }),
      runtime,
      persistentConfig: known(this.#persistent),
      routeLookups: known(lookUp(this.#world, this.#lookups)),
      neighboursAfter: unknown('skipped', 'nothing was sent (--passive)'),
      machine: known({}),
      nics: known({}),
      neighbourTable: known({ entries: 12, gcThresh3: 1024, tableFulls: 0 }),
      neighbourTableAfter: unknown('skipped', 'nothing was sent (--passive)'),
      traffic: unknown('skipped', 'nothing was sent (--passive)'),
      services: unknown('skipped', 'no answer was missing'),
      filters: unknown('skipped', 'no answer was missing'),
      resolvers: this.#resolversFact(),
      plan: unknown('absent', 'nothing is planned'),
      sweeps: unknown('absent', 'nothing is planned'),
      ...Object.fromEntries(this.#facts),
    };
  }

  #resolversFact(): Facts['resolvers'] {
    if (this.#resolvers.length === 0) return known({ [HOST_INODE]: FAR_RESOLVER });
    const entries = this.#resolvers.map(({ place, resolvers }) => {
      const netns = this.#world.netnses.find(({ name }) => name === place);
      return [String(netns?.inode ?? HOST_INODE), resolvers] as const;
    });
    return known(Object.fromEntries(entries));
  }

  #neighboursAfter(
    facts: Facts,
    topology: Topology,
    observations: readonly Observation[],
  ): Facts['neighboursAfter'] {
    if (this.#facts.has('neighboursAfter')) return facts.neighboursAfter;
    const said = this.#after.map(({ place, neighbour }) => ({
      inode:
        this.#world.netnses.find((netns) => netns.name === place)?.inode ?? topology.host.inode,
      neighbour,
    }));
    return known(neighboursAfterOf({ facts, topology, observations, said }));
  }
}

export function aSnapshot(): SnapshotBuilder {
  return new SnapshotBuilder();
}

function keyOf(step: Observation): string {
  return [
    step.probe,
    step.from,
    step.to,
    step.parent,
    step.child ?? '',
    step.target,
    JSON.stringify(step.send),
  ].join(' ');
}
