// Which address each planned container would have on each network: the one that it asks for, else the engine's next one.
import type { Plan, PlannedContainer, PlannedEndpoint } from '../../model/plan.js';
import type { IpamPool, Runtime, RuntimeNetwork } from '../../model/runtime-network.js';
import { isIpv4, parseCidr } from '../derive/addressing/subnets.js';
import { refusedAddresses } from '../derive/planned/address-says.js';
import { nextAddress, poolWith, withOwnGateway } from '../derive/engine-networks/pool-addresses.js';

/** A planned container on one network. */
export interface PlacedEndpoint {
  readonly asked: PlannedEndpoint;
  readonly network: RuntimeNetwork;
  readonly mac: string;
  /** Absent where the engine would have none to give, or the network has no IPv4 pool that is known. */
  readonly ipv4?: string;
  /** Of the IPv4 pool's subnet. */
  readonly prefixlen?: number;
  readonly gateway?: string;
}

export interface PlacedContainer {
  readonly container: PlannedContainer;
  readonly endpoints: readonly PlacedEndpoint[];
  /** An engine starts none that it has no address for, whether one was asked for or not. */
  readonly starts: boolean;
}

/** Those that ask for an address first: an engine hands that out to nobody else once it is held. */
export function placeContainers(
  plan: Plan,
  { networks: there, containers, engine }: Runtime,
): PlacedContainer[] {
  const networks = there.map((network) => withOwnGateway(network, engine));
  const byName = new Map(networks.map((network) => [network.name, network]));
  const taken = new Map(networks.map(({ id }) => [id, new Set<string>()]));
  const take = (id: string, ip: string | undefined): void => {
    if (ip !== undefined) taken.get(id)?.add(ip.split('/')[0] ?? ip);
  };
  for (const { endpoints } of containers) {
    for (const { networkId, ipv4 } of endpoints) take(networkId, ipv4);
  }
  for (const { id, held = [] } of networks) for (const { ipv4 } of held) take(id, ipv4);
  for (const { endpoints } of plan.containers) {
    for (const { network, ipv4 } of endpoints) take(byName.get(network)?.id ?? '', ipv4);
  }
  const refused = new Set(
    refusedAddresses(plan.containers, networks).map(({ container }) => container),
  );
  return plan.containers.map((container) => {
    const endpoints = container.endpoints.flatMap((asked) => {
      const network = byName.get(asked.network);
      if (network === undefined) return [];
      const placed = place(asked, network, taken.get(network.id) ?? new Set());
      take(network.id, placed.ipv4);
      return [placed];
    });
    const starts = !refused.has(container.name) && endpoints.every((one) => hasItsAddress(one));
    return { container, endpoints, starts };
  });
}

/** Of a network whose pools are not known, the engine has one. */
function hasItsAddress({ network, ipv4 }: PlacedEndpoint): boolean {
  return ipv4 !== undefined || !network.pools.some(({ subnet }) => !subnet.includes(':'));
}

function place(
  asked: PlannedEndpoint,
  network: RuntimeNetwork,
  taken: ReadonlySet<string>,
): PlacedEndpoint {
  const common = { asked, network, mac: asked.mac ?? asked.trialMac };
  const { pool, ipv4 } = choose(asked, network, taken);
  if (pool === undefined || ipv4 === undefined) return common;
  const { gateway } = pool;
  const prefixlen = parseCidr(pool.subnet)?.prefixlen ?? 32;
  const hasRouter = gateway !== undefined && !network.isInternal;
  return { ...common, ipv4, prefixlen, ...(hasRouter && { gateway }) };
}

function choose(
  { ipv4 }: PlannedEndpoint,
  { pools }: RuntimeNetwork,
  taken: ReadonlySet<string>,
): { readonly pool?: IpamPool | undefined; readonly ipv4?: string | undefined } {
  if (ipv4 !== undefined && isIpv4(ipv4)) return { pool: poolWith(pools, ipv4), ipv4 };
  const pool = pools.find(({ subnet }) => parseCidr(subnet)?.family === 'inet');
  return pool === undefined ? {} : { pool, ipv4: nextAddress(pool, taken) };
}
