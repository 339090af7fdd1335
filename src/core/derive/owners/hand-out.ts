// Addresses of shims that the container engine will hand out one day, because nobody told it that they are taken.
import { valueOf } from '../../../model/fact.js';
import type { IpamPool, RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Parent, Shim } from '../../../model/topology.js';
import {
  contains,
  covers,
  ipv4FromNumber,
  ipv4Range,
  isIpv4,
  usableRange,
} from '../addressing/subnets.js';
import { macvlanNetworksOn, upOnes } from '../topology/parents.js';
import type { Look } from './links-here.js';

/**
 * So many containers from now is soon. Without an ip-range the pool is the whole subnet, of which a home never uses more
 * than the bottom; who names an ip-range means to fill it.
 */
const SOON = { wholeSubnet: 8, ipRange: 32 } as const;

export interface Endangered {
  readonly shim: Shim;
  readonly ip: string;
  readonly network: RuntimeNetwork;
  readonly pool: IpamPool;
  /** It goes to the so-manieth new container. */
  readonly turn: number;
}

/** A container that does not run and that has the address by its configuration, or had it when it last ran. */
export interface Awaited {
  readonly shim: Shim;
  readonly ip: string;
  readonly container: string;
}

export function endangeredOn(parent: Parent, look: Look): Endangered[] {
  return shimAddresses(parent).flatMap(({ shim, ip }) =>
    macvlanNetworksOn(parent).flatMap((network) =>
      network.pools.flatMap((pool): Endangered[] => {
        if (network.isConfigOnly || !isInPool(ip, pool)) return [];
        const turn = turnOf(ip, { network, pool, look });
        return turn === undefined ? [] : [{ shim, ip, network, pool, turn }];
      }),
    ),
  );
}

export function awaitedOn(parent: Parent, { facts }: Look): Awaited[] {
  const networks = new Set(macvlanNetworksOn(parent).map(({ id }) => id));
  const asleep = (valueOf(facts.runtime)?.containers ?? []).filter(
    ({ state }) => state !== 'running',
  );
  return shimAddresses(parent).flatMap(({ shim, ip }) =>
    asleep
      .filter(({ endpoints }) =>
        endpoints.some(({ networkId, ipv4 }) => networks.has(networkId) && bare(ipv4) === ip),
      )
      .map(({ name }) => ({ shim, ip, container: name })),
  );
}

function shimAddresses({ shims }: Parent): { readonly shim: Shim; readonly ip: string }[] {
  return upOnes(shims).flatMap((shim) =>
    shim.addresses
      .filter(({ family, scope }) => family === 'inet' && scope === 'global')
      .map(({ local }) => ({ shim, ip: local })),
  );
}

function bare(cidr: string | undefined): string {
  return cidr?.split('/')[0] ?? '';
}

function isInPool(ip: string, { subnet, gateway, ipRange, auxAddresses }: IpamPool): boolean {
  return (
    isIpv4(ip) &&
    contains(ipRange ?? subnet, ip) &&
    gateway !== ip &&
    !Object.values(auxAddresses).includes(ip)
  );
}

interface Pool {
  readonly network: RuntimeNetwork;
  readonly pool: IpamPool;
  readonly look: Look;
}

/** Undefined for one that is not to be given away soon. Docker gives the lowest address that is free; Podman the next one after the last, and starts anew at the end. */
export function turnOf(ip: string, { network, pool, look }: Pool): number | undefined {
  const runtime = valueOf(look.facts.runtime);
  const range = usableRange(pool.ipRange ?? pool.subnet);
  if (range === undefined) return undefined;
  const taken = new Set([
    ...takenOf(network, look),
    pool.gateway,
    ...Object.values(pool.auxAddresses),
  ]);
  const numbers = [...taken].flatMap((one) => ipv4Range(`${one ?? ''}/32`)?.first ?? []);
  const inside = numbers.filter((one) => one >= range.first && one < range.last);
  const start =
    runtime?.engine.flavour === 'podman'
      ? Math.max(range.first, ...inside.map((one) => one + 1))
      : range.first;
  const isWhole = pool.ipRange === undefined || covers(pool.ipRange, pool.subnet);
  const most = isWhole ? SOON.wholeSubnet : SOON.ipRange;
  const size = range.last - range.first + 1;
  let turn = 1;
  for (let step = 0; step < size && turn <= most; step += 1) {
    const at = ipv4FromNumber(range.first + ((start - range.first + step) % size));
    if (at === ip) return turn;
    if (!taken.has(at)) turn += 1;
  }
  return undefined;
}

function takenOf({ id }: RuntimeNetwork, { facts }: Look): string[] {
  const endpoints = (valueOf(facts.runtime)?.containers ?? []).flatMap((one) => one.endpoints);
  return endpoints.filter(({ networkId }) => networkId === id).map(({ ipv4 }) => bare(ipv4));
}
