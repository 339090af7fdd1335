// Which addresses an engine takes of a pool: its own gateway, and the next one that it would hand out.
import type { Engine, IpamPool, RuntimeNetwork } from '../../../model/runtime-network.js';
import { contains, ipv4FromNumber } from '../addressing/subnets.js';
import { handoutRange } from './handouts.js';
import { isPlanned } from './networks.js';
import { ownGateway } from './room-left.js';

/** Where none is given the engine takes the first one that it may hand out. */
export function defaultGateway(pool: {
  readonly subnet: string;
  readonly ipRange?: string | undefined;
}): string | undefined {
  const { subnet, ipRange } = pool;
  const range = handoutRange({ subnet, ...(ipRange !== undefined && { ipRange }) });
  return range === undefined ? undefined : ipv4FromNumber(range.first);
}

/** One that is there, with the gateways that an engine of its time took and does not tell. */
export function withOwnGateway(network: RuntimeNetwork, engine: Engine): RuntimeNetwork {
  if (isPlanned(network) || ownGateway(network, engine) !== 1) return network;
  const pools = network.pools.map((pool) => {
    const gateway = pool.gateway ?? defaultGateway(pool);
    return gateway === undefined ? pool : { ...pool, gateway };
  });
  return { ...network, pools };
}

/** Longest look for a free address: past it the pool counts as full. */
const MOST_LOOKED_AT = 65_536;

/** The lowest address of the pool that is neither its gateway nor anybody's; undefined where none is left. */
export function nextAddress(pool: IpamPool, taken: ReadonlySet<string>): string | undefined {
  const range = handoutRange(pool);
  if (range === undefined) return undefined;
  const aux = new Set(Object.values(pool.auxAddresses));
  const last = Math.min(range.last, range.first + MOST_LOOKED_AT);
  for (let value = range.first; value <= last; value += 1) {
    const ip = ipv4FromNumber(value);
    if (ip !== pool.gateway && !aux.has(ip) && !taken.has(ip)) return ip;
  }
  return undefined;
}

/** The pool of a network that has the address. */
export function poolWith(pools: readonly IpamPool[], ip: string): IpamPool | undefined {
  return pools.find(({ subnet }) => contains(subnet, ip));
}
