// What the engine would say once everything planned were made.
import { valueOf } from '../../model/fact.js';
import { PLANNED, type Plan, type PlannedNetwork, type PlannedPool } from '../../model/plan.js';
import type {
  Engine,
  IpamPool,
  Runtime,
  RuntimeContainer,
  RuntimeNetwork,
} from '../../model/runtime-network.js';
import type { Facts } from '../../model/snapshot.js';
import { inventsGateways } from '../derive/engine-traffic/gateway-choice.js';
import { isOnLan } from '../derive/engine-traffic/plugged.js';
import { defaultGateway } from '../derive/engine-networks/pool-addresses.js';
import type { PlacedContainer } from './place-containers.js';

/** Where no engine answered, nothing is known of the one that will make the networks. */
const UNKNOWN_ENGINE: Engine = {
  endpoint: '',
  serverVersion: '',
  operatingSystem: '',
  kernelVersion: '',
  osType: 'linux',
  name: '',
  isRootless: false,
  flavour: 'docker',
};

/** The engine's view with the planned networks in it. A name that is taken is not taken twice: its network stays. */
export function plannedRuntime(facts: Facts, plan: Plan): Runtime {
  const seen = valueOf(facts.runtime) ?? { engine: UNKNOWN_ENGINE, networks: [], containers: [] };
  const names = new Set(seen.networks.map(({ name }) => name));
  const made = plan.networks.filter(({ name, isExternal }) => !isExternal && !names.has(name));
  return {
    ...seen,
    networks: [...seen.networks, ...made.map((one) => networkOf(one, seen.engine))],
  };
}

function networkOf(planned: PlannedNetwork, engine: Engine): RuntimeNetwork {
  const { name, rank, driver, options, isInternal, hasIpv6, isAttachable } = planned;
  const parent = options['parent'] ?? '';
  const mode = options[`${driver}_mode`] ?? '';
  const isInvented = isOnLan({ network: { driver } }) ? inventsGateways(engine) : true;
  return {
    id: PLANNED + name,
    name,
    ...(rank !== undefined && { rank }),
    driver,
    scope: 'local',
    isInternal,
    isConfigOnly: false,
    hasIpv6,
    isAttachable,
    ...(parent !== '' && { parent }),
    ...(mode !== '' && { mode }),
    pools: planned.pools.flatMap((pool) => poolOf(pool, isInvented)),
  };
}

/** A pool without a subnet gets one of the engine's own, which nobody knows before. */
function poolOf(
  { subnet, gateway, ipRange, auxAddresses }: PlannedPool,
  isInvented: boolean,
): IpamPool[] {
  if (subnet === undefined) return [];
  const router = gateway ?? (isInvented ? defaultGateway({ subnet, ipRange }) : undefined);
  return [
    {
      subnet,
      ...(router !== undefined && { gateway: router }),
      ...(ipRange !== undefined && { ipRange }),
      auxAddresses,
    },
  ];
}

export function containerOf({ container, endpoints, starts }: PlacedContainer): RuntimeContainer {
  return {
    id: PLANNED + container.name,
    name: container.name,
    state: starts ? 'running' : 'created',
    endpoints: endpoints.map(({ asked, network, ipv4, gateway, mac }) => ({
      networkId: network.id,
      networkName: network.name,
      mac,
      ...(ipv4 !== undefined && { ipv4 }),
      ...(asked.ipv6 !== undefined && { ipv6: asked.ipv6 }),
      ...(asked.ipv4 !== undefined && { wantedIpv4: asked.ipv4 }),
      ...(gateway !== undefined && { gateway }),
      ...(asked.gwPriority !== undefined && { gwPriority: asked.gwPriority }),
    })),
    published: container.published,
    dns: container.dns,
  };
}
