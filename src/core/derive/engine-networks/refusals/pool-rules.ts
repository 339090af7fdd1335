// What Docker wants of subnets and what is in them (moby, libnetwork/ipam; daemon/network.go and api/types/network/ipam.go).
import type { IpamPool, RuntimeNetwork } from '../../../../model/runtime-network.js';
import { contains, covers, hasHostBits, overlaps, parseCidr } from '../../addressing/subnets.js';
import {
  GATEWAYS_ARE_TAKEN_BEFORE,
  OVERLAPS,
  runsInto,
  VALIDATES_SINCE,
  wantsGatewayOf,
} from '../pool-conflicts.js';
import { type Ground, majorOf, type Refusal, type Rule } from './rule.js';

const overlap: Rule = (network, { engine, others }) => {
  if (engine.flavour !== 'docker' || network.isConfigOnly) return undefined;
  const pair = findPair(network, others, runsInto);
  if (pair === undefined) return undefined;
  const { pool, other, owner } = pair;
  const what = pool.ipRange === undefined ? pool.subnet : `the ip-range ${pool.ipRange}`;
  return {
    rule: 'pool-overlap',
    message: OVERLAPS,
    instead: `${what} of network ${network.name} runs into ${other.ipRange ?? other.subnet} of network ${owner.name}: use that network, or give this one an ip-range of its own.`,
    other: owner,
  };
};

const gatewayTaken: Rule = (network, { engine, others }) => {
  if (engine.flavour !== 'docker' || !(majorOf(engine) < GATEWAYS_ARE_TAKEN_BEFORE))
    return undefined;
  if (network.isConfigOnly) return undefined;
  const pair = findPair(network, others, wantsGatewayOf);
  const gateway = pair?.pool.gateway;
  if (pair === undefined || gateway === undefined) return undefined;
  return {
    rule: 'gateway-taken',
    message: `failed to allocate gateway (${gateway}): Address already in use`,
    instead: `Network ${pair.owner.name} has the gateway ${gateway} already, and Docker gives an address of one subnet away once: put the containers of ${network.name} on ${pair.owner.name} instead.`,
    other: pair.owner,
  };
};

interface Pair {
  readonly pool: IpamPool;
  readonly other: IpamPool;
  readonly owner: RuntimeNetwork;
}

/** The first pair of pools that cannot both be. Templates take no addresses. */
function findPair(
  network: RuntimeNetwork,
  others: readonly RuntimeNetwork[],
  isBad: (pool: IpamPool, other: IpamPool) => boolean,
): Pair | undefined {
  for (const pool of network.pools) {
    for (const owner of others) {
      const other = owner.isConfigOnly ? undefined : owner.pools.find((one) => isBad(pool, one));
      if (other !== undefined) return { pool, other, owner };
    }
  }
  return undefined;
}

/** Whether the engine refuses what it used to put right by itself. */
export function isStrict({ engine }: Pick<Ground, 'engine'>): boolean {
  return engine.flavour === 'docker' && majorOf(engine) >= VALIDATES_SINCE;
}

const cidr: Rule = (network, ground) => {
  if (!isStrict(ground)) return undefined;
  const [first] = network.pools.flatMap((pool) => poolMistakes(pool));
  return first === undefined ? undefined : refused(first, network);
};

function refused(message: string, { name }: RuntimeNetwork): Refusal {
  return {
    rule: 'cidr',
    message: `invalid network config:\n${message}`,
    instead: `Network ${name} would be refused (${message}).`,
  };
}

/** What such an engine says of a pool, one line each. */
export function poolMistakes({ subnet, ipRange, gateway, auxAddresses }: IpamPool): string[] {
  const net = parseCidr(subnet);
  if (net === undefined) return [`invalid subnet ${subnet}: invalid CIDR block notation`];
  const outside = (ip: string): boolean => !contains(net.text, ip);
  return [
    ...(hasHostBits(subnet) ? [`invalid subnet ${subnet}: it should be ${net.text}`] : []),
    ...rangeMistakes(ipRange, net.text, subnet),
    ...(gateway !== undefined && outside(gateway)
      ? [`invalid gateway ${gateway}: parent subnet ${subnet} doesn't contain this address`]
      : []),
    ...Object.entries(auxAddresses)
      .filter(([, ip]) => outside(ip))
      .map(
        ([name]) =>
          `invalid auxiliary address ${name}: parent subnet ${subnet} doesn't contain this address`,
      ),
  ];
}

function rangeMistakes(ipRange: string | undefined, net: string, subnet: string): string[] {
  if (ipRange === undefined) return [];
  const range = parseCidr(ipRange);
  if (range === undefined) return [`invalid ip-range ${ipRange}: invalid CIDR block notation`];
  return [
    ...(covers(range.text, net) && range.text !== net
      ? [`invalid ip-range ${ipRange}: CIDR block is bigger than its parent subnet ${subnet}`]
      : []),
    ...(hasHostBits(ipRange) ? [`invalid ip-range ${ipRange}: it should be ${range.text}`] : []),
    ...(overlaps(range.text, net)
      ? []
      : [`invalid ip-range ${ipRange}: parent subnet ${subnet} doesn't contain ip-range`]),
  ];
}

export const POOL_RULES: readonly Rule[] = [cidr, overlap, gatewayTaken];
