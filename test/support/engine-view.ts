// What the container engine of a test's world says of itself, its networks and its containers, once all of them were asked.
import type {
  Engine,
  HeldAddress,
  IpamPool,
  Runtime,
  RuntimeContainer,
  RuntimeEndpoint,
  RuntimeNetwork,
} from '../../src/model/runtime-network.js';
import { type ChildOptions, list, type NetworkOptions } from './world.js';

export interface EngineWorld {
  readonly engine: Engine;
  readonly networks: readonly NetworkOptions[];
  readonly containers: readonly RuntimeContainer[];
  readonly gaps: readonly string[];
}

export function runtimeOf({ engine, networks, containers, gaps }: EngineWorld): Runtime {
  return {
    engine,
    networks: networks.map((options) => networkOf(options, containers)),
    containers,
    ...(gaps.length > 0 && { gaps }),
  };
}

/** The container with one more link on a network: running, and asked for all that it tells. */
export function claimOf(
  container: Pick<RuntimeContainer, 'id' | 'name' | 'pid'> & Partial<RuntimeContainer>,
  link: ChildOptions & { readonly mac: string },
): RuntimeContainer {
  const networkName = link.network ?? 'lan';
  const asked = { published: [], networkMode: networkName, dns: [] };
  const { pid, ...unasked } = container;
  const isAsked = link.inspected !== null;
  return {
    state: 'running',
    ...(isAsked && asked),
    ...(isAsked ? container : unasked),
    endpoints: [...(container.endpoints ?? []), endpointOf(networkName, link, isAsked)],
    ...link.inspected,
  };
}

function endpointOf(
  networkName: string,
  link: ChildOptions & { readonly mac: string },
  isAsked: boolean,
): RuntimeEndpoint {
  const ipv4 = list(link.address ?? []).find((address) => !address.includes(':'));
  return {
    networkId: `net-${networkName}`,
    networkName,
    // Docker tells no MAC of an endpoint that has its parent's.
    ...(link.kind !== 'ipvlan' && { mac: link.mac }),
    ...(ipv4 !== undefined && { ipv4: ipv4.split('/')[0] ?? ipv4 }),
    ...(isAsked && { gwPriority: 0, ...(link.gateway && { gateway: link.gateway }) }),
    ...link.endpoint,
  };
}

function networkOf(
  options: NetworkOptions,
  containers: readonly RuntimeContainer[],
): RuntimeNetwork {
  const { name, parent, subnet, gateway, ipRange, aux, addressesLeft, held, ...said } = options;
  const id = `net-${name}`;
  const pool: Omit<IpamPool, 'subnet'> = {
    ...(gateway !== undefined && { gateway }),
    ...(ipRange !== undefined && { ipRange }),
    auxAddresses: aux ?? {},
    ...(addressesLeft !== undefined && { addressesLeft }),
  };
  const driver = said.driver ?? 'macvlan';
  const isAsked = driver === 'macvlan' || driver === 'ipvlan';
  const holders = held === undefined && isAsked ? heldOn(id, containers) : held;
  return {
    id,
    name,
    driver,
    scope: 'local',
    isInternal: false,
    isConfigOnly: false,
    ...said,
    ...(parent !== null && parent !== undefined && { parent }),
    pools: list(subnet ?? '192.0.2.0/24').map((one) => ({ subnet: one, ...pool })),
    ...(holders && { held: holders }),
  };
}

function heldOn(networkId: string, containers: readonly RuntimeContainer[]): HeldAddress[] {
  return containers.flatMap(({ id, name, state, endpoints }) => {
    const endpoint = endpoints.find((one) => one.networkId === networkId);
    if (state !== 'running' || endpoint === undefined) return [];
    const { ipv4, mac } = endpoint;
    return [{ name, containerId: id, ...(ipv4 && { ipv4 }), ...(mac && { mac }) }];
  });
}
