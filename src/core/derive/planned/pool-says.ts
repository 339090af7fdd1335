// What the engine answers to pools that it does not take, in the order in which it looks: prefixes, then one pool after the other
// with its gateway and what is reserved in it (moby: daemon/network.go, libnetwork/network.go).
import type { PlannedNetwork, PlannedPool } from '../../../model/plan.js';
import type { IpamPool } from '../../../model/runtime-network.js';
import {
  contains,
  hasHostBits,
  ipv4FromNumber,
  ipv4Range,
  overlaps,
  parseCidr,
} from '../addressing/subnets.js';
import {
  GATEWAYS_ARE_TAKEN_BEFORE,
  OVERLAPS,
  runsInto,
  VALIDATES_SINCE,
  wantsGatewayOf,
} from '../engine-networks/pool-conflicts.js';
import type { Ground, Saying } from './engine-says.js';

/** Since then an IPv6 subnet is made up where none is given. */
const MAKES_UP_IPV6_SINCE = 27;
/** Refused by 20.10 and taken by 28.5; of those between nothing is said. */
const NO_TINY_POOLS_UP_TO = 20;

export function poolSaying(network: PlannedNetwork, ground: Ground): Saying | undefined {
  const wrong = firstOf(network.pools, (pool) => prefixSaying(pool, ground));
  if (wrong !== undefined) return wrong;
  return (
    firstOf(network.pools, (pool) => overlapSaying(pool, ground) ?? insideSaying(pool, ground)) ??
    ipv6Saying(network, ground)
  );
}

/** The answer, and the key of the pool that it is about. */
type Told = readonly [says: string, key: string] | undefined;

function prefixSaying({ subnet, ipRange, gateway }: PlannedPool, { major }: Ground): Told {
  if (subnet === undefined) return undefined;
  const isStrict = major >= VALIDATES_SINCE;
  const net = subnet.includes('/') ? parseCidr(subnet) : undefined;
  if (net === undefined) {
    if (Number.isNaN(major)) return [`invalid subnet ${subnet}`, 'subnet'];
    return isStrict
      ? [`${INVALID}invalid subnet ${subnet}: invalid CIDR block notation`, 'subnet']
      : [`Invalid subnet ${subnet} : invalid CIDR address: ${subnet}`, 'subnet'];
  }
  if (!isStrict) return undefined;
  if (hasHostBits(subnet)) {
    return [`${INVALID}invalid subnet ${subnet}: it should be ${net.text}`, 'subnet'];
  }
  const range = ipRange === undefined ? undefined : parseCidr(ipRange);
  if (ipRange !== undefined && range !== undefined && hasHostBits(ipRange)) {
    return [`${INVALID}invalid ip-range ${ipRange}: it should be ${range.text}`, 'ip_range'];
  }
  if (range !== undefined && !overlaps(range.text, net.text)) {
    const says = `invalid ip-range ${range.text}: parent subnet ${subnet} doesn't contain ip-range`;
    return [`${INVALID}${says}`, 'ip_range'];
  }
  if (gateway !== undefined && !contains(net.text, gateway)) {
    const says = `invalid gateway ${gateway}: parent subnet ${subnet} doesn't contain this address`;
    return [`${INVALID}${says}`, 'gateway'];
  }
  return undefined;
}

const INVALID = 'invalid network config:\n';

function overlapSaying({ subnet, ...pool }: PlannedPool, ground: Ground): Told {
  if (subnet === undefined) return undefined;
  const isHit = poolsThere(ground).some((other) => runsInto({ ...pool, subnet }, other));
  return isHit ? [OVERLAPS, 'subnet'] : undefined;
}

/** Templates take no addresses. */
function poolsThere({ networks }: Ground): readonly IpamPool[] {
  return networks.filter(({ isConfigOnly }) => !isConfigOnly).flatMap(({ pools }) => pools);
}

/** Gateway first, then what is reserved, in the order of its names. */
function insideSaying({ subnet = '', gateway, auxAddresses }: PlannedPool, ground: Ground): Told {
  const net = ipv4Range(subnet);
  if (gateway === undefined) {
    const isTiny = net !== undefined && net.last - net.first < 2;
    if (isTiny && ground.major <= NO_TINY_POOLS_UP_TO) {
      return ['failed to allocate gateway (): No available addresses on this pool', 'subnet'];
    }
  } else if (parseCidr(subnet) !== undefined && !contains(subnet, gateway)) {
    return [`failed to allocate gateway (${gateway})`, 'gateway'];
  } else if ((net !== undefined && isEdge(gateway, net)) || isTaken(gateway, subnet, ground)) {
    return [`failed to allocate gateway (${gateway}): Address already in use`, 'gateway'];
  }
  return reservedSaying({ subnet, auxAddresses, ...(gateway !== undefined && { gateway }) });
}

/** The subnet's own first and last address are nobody's. */
function isEdge(ip: string, { first, last }: { readonly first: number; readonly last: number }) {
  return last - first > 2 && (ip === ipv4FromNumber(first) || ip === ipv4FromNumber(last));
}

function isTaken(gateway: string, subnet: string, ground: Ground): boolean {
  return (
    ground.major < GATEWAYS_ARE_TAKEN_BEFORE &&
    poolsThere(ground).some((other) => wantsGatewayOf({ subnet, gateway }, other))
  );
}

function reservedSaying({ subnet = '', gateway, auxAddresses }: PlannedPool): Told {
  const taken = new Set([gateway]);
  for (const [name, ip] of Object.entries(auxAddresses)) {
    const key = `aux_addresses.${name}`;
    if (parseCidr(subnet) !== undefined && !contains(subnet, ip)) {
      return [`address: (${name}:${ip}) must belong to the master pool: ${subnet}`, key];
    }
    if (taken.has(ip)) {
      const says = `failed to allocate secondary ip address (${name}:${ip}): Address already in use`;
      return [says, key];
    }
    taken.add(ip);
  }
  return undefined;
}

function ipv6Saying({ hasIpv6, pools }: PlannedNetwork, { major }: Ground): Saying | undefined {
  const isGiven = pools.some(({ subnet = '' }) => subnet.includes(':'));
  if (!hasIpv6 || isGiven || !(major < MAKES_UP_IPV6_SINCE)) return undefined;
  const says =
    'could not find an available, non-overlapping IPv6 address pool among the defaults to assign to the network';
  return { says, part: 'enable_ipv6' };
}

function firstOf(
  pools: readonly PlannedPool[],
  look: (pool: PlannedPool) => Told,
): Saying | undefined {
  for (const [index, pool] of pools.entries()) {
    const [says, key] = look(pool) ?? [];
    if (says !== undefined && key !== undefined) {
      return { says, part: `ipam.config[${index.toString()}].${key}` };
    }
  }
  return undefined;
}
