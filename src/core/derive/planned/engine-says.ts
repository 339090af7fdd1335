// What the client and the engine answer to a network that they do not make, in the order in which they look: the part of the
// answer that all versions of Docker have in common, word for word (docker/cli, network create; moby, libnetwork).
import { MACVLAN_MODES } from '../../../model/link.js';
import { PLANNED, type Plan, type PlannedNetwork } from '../../../model/plan.js';
import { valueOf } from '../../../model/fact.js';
import type { Link } from '../../../model/link.js';
import type { LinkDriver } from '../../../model/platform.js';
import type { RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Facts } from '../../../model/snapshot.js';
import { withOwnGateway } from '../engine-networks/pool-addresses.js';
import { vlanToMake } from '../engine-networks/vlan-names.js';
import { findLink } from '../topology/content.js';
import { poolSaying } from './pool-says.js';

/** What the engine looks at besides the network itself. */
export interface Ground {
  /** Else its networks are not known. */
  readonly isEngineKnown: boolean;
  readonly networks: readonly RuntimeNetwork[];
  /** The first number of its version; NaN, of which nothing is less or more, where that is not known. */
  readonly major: number;
  /** What Podman answers is not known. */
  readonly isPodman: boolean;
  /** The host's, without those that are still to be made. */
  readonly links: readonly Link[];
  /** Drivers that the kernel certainly has not. */
  readonly lacks: readonly LinkDriver[];
}

/** The facts that an answer rests on. */
export type Known = Pick<Facts, 'runtime' | 'namespaces' | 'macvlanSupport'>;

/** An answer, and the part of the network that it is to. */
export interface Saying {
  readonly says: string;
  /** As in a Compose file: `ipam.config[0].gateway`. */
  readonly part: string;
  /** What goes instead, where the answer does not say what is wrong. */
  readonly instead?: string;
}

/** A planned network that is not made. */
export interface RefusedNetwork {
  readonly network: PlannedNetwork;
  readonly said: Saying;
}

/** Those that the engine would not make, one after the other, as Compose makes them: each finds those that were made before it. */
export function refusedNetworks(plan: Plan, known: Known): RefusedNetwork[] {
  const made = new Set<string>();
  return plan.networks.flatMap((network) => {
    const said = refusalTo(network, groundOf(known, made));
    if (said !== undefined) return [{ network, said }];
    made.add(network.name);
    return [];
  });
}

/** Of what is planned it has those networks that are made by then; an engine that nobody has seen has no endpoint. */
function groundOf(known: Known, made: ReadonlySet<string>): Ground {
  const runtime = valueOf(known.runtime);
  const host = valueOf(known.namespaces)?.find(({ isHost }) => isHost);
  const links = (host && valueOf(host.content)?.links) ?? [];
  return {
    isEngineKnown: runtime !== undefined && runtime.engine.endpoint !== '',
    networks:
      runtime?.networks
        .filter(({ id, name }) => !id.startsWith(PLANNED) || made.has(name))
        .map((network) => withOwnGateway(network, runtime.engine)) ?? [],
    isPodman: runtime?.engine.flavour === 'podman',
    major: Number.parseInt(runtime?.engine.serverVersion ?? '', 10),
    links: links.filter(({ ifindex }) => ifindex > 0),
    lacks: valueOf(known.macvlanSupport)?.lacks ?? [],
  };
}

type Rule = (network: PlannedNetwork, ground: Ground) => Saying | undefined;

/** Names of the engine's own (moby, runconfig: IsPreDefinedNetwork). */
const PREDEFINED = new Set(['bridge', 'default', 'host', 'none']);
/** Drivers that every engine on Linux has. */
const DRIVERS = new Set(['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay']);
/** Docker's; the kernel knows `source` as well. */
const MODES = new Set(MACVLAN_MODES.filter((mode) => mode !== 'source'));

const client: Rule = ({ clientSays }) =>
  clientSays === undefined ? undefined : { says: clientSays, part: '' };

const predefined: Rule = ({ name }) =>
  PREDEFINED.has(name)
    ? { says: `operation is not permitted on predefined ${name} network`, part: 'name' }
    : undefined;

const taken: Rule = ({ name }, { networks }) =>
  networks.some((one) => one.name === name)
    ? { says: `network with name ${name} already exists`, part: 'name' }
    : undefined;

const driver: Rule = ({ driver: name }) =>
  DRIVERS.has(name) || name.includes('/') || name.includes(':')
    ? undefined
    : { says: `plugin "${name}" not found`, part: 'driver' };

const mode: Rule = ({ driver: name, options }) => {
  const wanted = options['macvlan_mode'] ?? '';
  if (name !== 'macvlan' || wanted === '' || MODES.has(wanted as 'bridge')) return undefined;
  return {
    says: `requested macvlan mode '${wanted}' is not valid, 'bridge' mode is the macvlan driver default`,
    part: 'driver_opts.macvlan_mode',
  };
};

const loopback: Rule = ({ driver: name, options }) =>
  name === 'macvlan' && options['parent'] === 'lo'
    ? { says: 'loopback interface is not a valid macvlan parent link', part: 'driver_opts.parent' }
    : undefined;

/** Docker took one macvlan network per parent until 27.0. */
const SHARES_PARENTS_SINCE = 27;

const shared: Rule = ({ driver: name, options }, { networks, major }) => {
  const parent = options['parent'] ?? '';
  const other = networks.find(
    (one) => one.driver === 'macvlan' && !one.isConfigOnly && one.parent === parent,
  );
  if (name !== 'macvlan' || other === undefined || !(major < SHARES_PARENTS_SINCE))
    return undefined;
  // The id of one that is planned as well is not known yet.
  const id = other.id.startsWith(PLANNED) ? '' : `network dm-${other.id.slice(0, 12)} `;
  const says = `${id}is already using parent interface ${parent}`;
  return { says, part: 'driver_opts.parent' };
};

/** The links that Docker makes along with a network, where the kernel has none of their kind. */
const notSupported: Rule = ({ driver: name, options }, { links, lacks }) => {
  const parent = options['parent'] ?? '';
  const kind = parent === '' ? 'dummy' : '8021q';
  if (name !== 'macvlan' || !lacks.includes(kind)) return undefined;
  const isToBeMade = parent === '' || vlanToMake(parent, links) !== undefined;
  if (!isToBeMade || findLink(links, parent) !== undefined) return undefined;
  const instead =
    kind === 'dummy'
      ? 'Name the device that is on the LAN as the parent: without one Docker makes a dummy link, and this kernel has none.'
      : `Name another parent than ${parent}: this kernel has no VLAN links (8021q).`;
  return { says: 'operation not supported', part: 'driver_opts.parent', instead };
};

/** Of a network that others made, all that matters is that it is there. */
const external: Rule = ({ name, isExternal }, { networks, isEngineKnown }) =>
  isExternal && isEngineKnown && !networks.some((one) => one.name === name)
    ? { says: `network ${name} declared as external, but could not be found`, part: 'external' }
    : undefined;

const RULES: readonly Rule[] = [
  client,
  predefined,
  taken,
  driver,
  poolSaying,
  mode,
  loopback,
  shared,
  notSupported,
];

/** The first answer that is a no. */
function refusalTo(network: PlannedNetwork, ground: Ground): Saying | undefined {
  if (network.isExternal) return external(network, ground);
  if (ground.isPodman) return undefined;
  for (const rule of RULES) {
    const said = rule(network, ground);
    if (said !== undefined) return said;
  }
  return undefined;
}
