// What is to be different in a network that is made anew: its engine changes nothing of a living one.
import type { IpamPool, RuntimeNetwork } from '../../../model/runtime-network.js';
import { contains, covers } from '../addressing/subnets.js';

export interface NetworkChange {
  readonly parent?: string;
  readonly mode?: string;
  /** What becomes of each of its pools; default: they stay. */
  readonly pool?: (pool: IpamPool) => IpamPool;
}

/** The network as it is to be. */
export function changed(network: RuntimeNetwork, change: NetworkChange): RuntimeNetwork {
  const { parent, mode, pool = (same: IpamPool): IpamPool => same } = change;
  return {
    ...network,
    ...(parent === undefined ? {} : { parent }),
    ...(mode === undefined ? {} : { mode }),
    pools: network.pools.map((one) => pool(one)),
  };
}

/** Each gateway for the pool that it lies in; the others keep theirs. */
export function withGateway(...gateways: readonly string[]): NetworkChange {
  return {
    pool: (pool) => {
      const gateway = gateways.find((one) => contains(pool.subnet, one));
      return gateway === undefined ? pool : { ...pool, gateway };
    },
  };
}

/** Another subnet for the pool that these addresses are of. The engine goes on handing out from where it did, as far as that is inside. */
export function withSubnet(addresses: readonly string[], subnet: string): NetworkChange {
  return {
    pool: (pool) =>
      addresses.some((ip) => contains(pool.subnet, ip)) ? resized(pool, subnet) : pool,
  };
}

function resized(pool: IpamPool, subnet: string): IpamPool {
  const { ipRange, gateway, auxAddresses } = pool;
  const range = ipRange ?? pool.subnet;
  return {
    subnet,
    auxAddresses: Object.fromEntries(
      Object.entries(auxAddresses).filter(([, ip]) => contains(subnet, ip)),
    ),
    ...(gateway !== undefined && contains(subnet, gateway) ? { gateway } : {}),
    ...(range !== subnet && covers(subnet, range) ? { ipRange: range } : {}),
  };
}
