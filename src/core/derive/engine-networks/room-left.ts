// How many addresses a network can still hand out by itself: as the engine says, or else counted.
import { valueOf } from '../../../model/fact.js';
import type {
  Engine,
  IpamPool,
  Runtime,
  RuntimeEndpoint,
  RuntimeNetwork,
} from '../../../model/runtime-network.js';
import { indexBy } from '../../../model/index-by.js';
import { oncePer, oncePerText } from '../../../model/once-per.js';
import type { Facts } from '../../../model/snapshot.js';
import { majorOf } from './refusals/rule.js';
import {
  contains,
  ipv4FromNumber,
  ipv4Range,
  isIpv4,
  isSamePrefix,
  parseCidr,
} from '../addressing/subnets.js';

/** Both ends included: what is counted can be off by what the engine does not tell. */
export interface RoomLeft {
  readonly least: number;
  readonly most: number;
  readonly source: 'told' | 'counted';
  /** Addresses that somebody has, of those that are handed out. */
  readonly taken: readonly string[];
  readonly size: number;
}

/** IPv4 only: nobody counts an IPv6 subnet to its end. */
export function roomLeft(
  network: RuntimeNetwork,
  pool: IpamPool,
  facts: Pick<Facts, 'runtime'>,
): RoomLeft | undefined {
  const runtime = valueOf(facts.runtime);
  const numbers = ipv4Range(pool.ipRange ?? pool.subnet);
  if (runtime === undefined || numbers === undefined) return undefined;
  const { engine } = runtime;
  const inside = (ip: string): boolean => contains(pool.ipRange ?? pool.subnet, ip);
  const taken = new Set(
    engine.flavour === 'docker'
      ? listsOf(runtime)(parseCidr(pool.subnet)?.text ?? pool.subnet).filter((ip) => inside(ip))
      : takenIn(network, runtime).filter((ip) => inside(ip)),
  );
  const reserved = reservedIn(pool).filter((ip) => inside(ip) && !taken.has(ip));
  const size = numbers.last - numbers.first + 1;
  const own = pool.gateway === undefined ? ownGateway(network, engine) : 0;
  const counted = size - reserved.length - taken.size - (own ?? 0);
  const told = pool.addressesLeft;
  if (told !== undefined) {
    return { least: told, most: told, source: 'told', taken: [...taken], size };
  }
  return {
    least: Math.max(0, counted - (own === undefined ? 1 : 0)),
    most: Math.max(0, counted),
    source: 'counted',
    taken: [...taken],
    size,
  };
}

/**
 * Without --gateway Docker took an address for one, and did not tell, until 28 (for internal networks until 27). Whether
 * any other engine did is not known.
 */
export function ownGateway({ isInternal }: RuntimeNetwork, engine: Engine): number | undefined {
  const last = isInternal ? 27 : 28;
  return engine.flavour === 'docker' && majorOf(engine) <= last ? 1 : undefined;
}

/** By subnet: Docker keeps one list of addresses for all networks that have it. */
const listsOf = oncePer((runtime: Runtime) =>
  oncePerText((subnet): readonly string[] => {
    const sharing = runtime.networks.filter(({ pools }) =>
      pools.some((pool) => isSamePrefix(pool.subnet, subnet)),
    );
    return [...new Set(sharing.flatMap((one) => takenIn(one, runtime)))];
  }),
);

/** By the id of the network that they are on: addresses of those that run. */
const runningOn = oncePer((runtime: Runtime): ReadonlyMap<string, readonly RuntimeEndpoint[]> => {
  const endpoints = runtime.containers
    .filter(({ state }) => state === 'running' || state === 'paused')
    .flatMap((container) => container.endpoints);
  return indexBy(endpoints, ({ networkId }) => networkId);
});

/** Held by somebody on the network, or kept back from everybody: gateways and aux-addresses of all who share the subnet. */
function takenIn({ id, held = [], pools }: RuntimeNetwork, runtime: Runtime): string[] {
  const kept = pools.flatMap(({ gateway, auxAddresses }) => [
    gateway,
    ...Object.values(auxAddresses),
  ]);
  const given = [...(runningOn(runtime).get(id) ?? []), ...held].map(({ ipv4 }) => ipv4);
  return [...given, ...kept].map((ip = '') => ip.split('/')[0] ?? '').filter((ip) => isIpv4(ip));
}

/** The first and the last address of the subnet, which engines give to nobody. */
function reservedIn({ subnet }: IpamPool): string[] {
  const range = ipv4Range(subnet);
  const net = parseCidr(subnet);
  if (range === undefined || net === undefined || net.prefixlen > 30) return [];
  return [net.network, ipv4FromNumber(range.last)];
}
