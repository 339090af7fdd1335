// What the client and the engine answer to a network that they do not make, in the order in which they look: the part of the
// answer that all versions of Docker have in common, word for word (docker/cli, network create; moby, libnetwork).
import { MACVLAN_MODES } from '../../../model/link.js';
import { PLANNED, type PlannedNetwork, type PlannedPool } from '../../../model/plan.js';
import type { Runtime, RuntimeNetwork } from '../../../model/runtime-network.js';
import { contains, parseCidr } from '../addressing/subnets.js';

/** What the engine looks at besides the network itself. */
export interface Ground {
  /** Else its networks are not known. */
  readonly isEngineKnown: boolean;
  readonly networks: readonly RuntimeNetwork[];
}

/** An answer, and the part of the network that it is to. */
export interface Saying {
  readonly says: string;
  /** As in a Compose file: `ipam.config[0].gateway`. */
  readonly part: string;
}

/** The engine as it is, without what is planned; one that nobody has seen has no endpoint. */
export function groundOf(runtime: Runtime | undefined): Ground {
  return {
    isEngineKnown: runtime !== undefined && runtime.engine.endpoint !== '',
    networks: (runtime?.networks ?? []).filter(({ id }) => !id.startsWith(PLANNED)),
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

/** The client sorts these out itself; what a Compose file says reaches the engine as it is. */
const gateway: Rule = ({ pools }) =>
  firstOf(pools, ({ gateway: ip, subnet }) =>
    ip !== undefined && isOutside(ip, subnet)
      ? [`failed to allocate gateway (${ip})`, 'gateway']
      : undefined,
  );

const reserved: Rule = ({ pools }) =>
  firstOf(pools, ({ auxAddresses, subnet = '' }) => {
    const stray = Object.entries(auxAddresses).find(([, ip]) => isOutside(ip, subnet));
    if (stray === undefined) return undefined;
    const [name, ip] = stray;
    return [
      `address: (${name}:${ip}) must belong to the master pool: ${subnet}`,
      `aux_addresses.${name}`,
    ];
  });

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
  gateway,
  reserved,
  mode,
  loopback,
];

/** The first answer that is a no. Of Docker; what other engines say is not known. */
export function refusalTo(network: PlannedNetwork, ground: Ground): Saying | undefined {
  if (network.isExternal) return external(network, ground);
  for (const rule of RULES) {
    const said = rule(network, ground);
    if (said !== undefined) return said;
  }
  return undefined;
}

function firstOf(
  pools: readonly PlannedPool[],
  look: (pool: PlannedPool) => readonly [string, string] | undefined,
): Saying | undefined {
  for (const [index, pool] of pools.entries()) {
    const [says, part] = look(pool) ?? [];
    if (says !== undefined && part !== undefined) {
      return { says, part: `ipam.config[${index.toString()}].${part}` };
    }
  }
  return undefined;
}

function isOutside(ip: string, subnet = ''): boolean {
  return parseCidr(subnet) !== undefined && !contains(subnet, ip);
}
