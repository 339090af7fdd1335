// Which parts of the LAN an engine hands out, and where two networks hand out the same.
import type { IpamPool, RuntimeNetwork } from '../../../model/runtime-network.js';
import {
  ipv4Range,
  type Ipv4Range,
  overlaps,
  parseCidr,
  usableRange,
} from '../addressing/subnets.js';
import type { PlacedNetwork } from './networks.js';

export interface Twice {
  readonly network: RuntimeNetwork;
  readonly other: RuntimeNetwork;
  readonly pool: IpamPool;
  readonly otherPool: IpamPool;
}

/** The part of the subnet that addresses are taken from. */
export function handedOut({ subnet, ipRange }: IpamPool): string {
  const part = ipRange ?? subnet;
  return parseCidr(part)?.text ?? part;
}

/**
 * The part of the pool that is handed out, as numbers: never the subnet's own first and last address. A range outside the
 * subnet is refused since Docker 25, and counted for nothing before.
 */
export function handoutRange({
  subnet,
  ipRange,
}: Pick<IpamPool, 'subnet' | 'ipRange'>): Ipv4Range | undefined {
  const whole = usableRange(subnet);
  const part = ipRange === undefined ? whole : ipv4Range(ipRange);
  if (whole === undefined || part === undefined) return undefined;
  const first = Math.max(whole.first, part.first);
  const last = Math.min(whole.last, part.last);
  if (!overlaps(ipRange ?? subnet, subnet)) return whole;
  return first > last ? undefined : { first, last };
}

/**
 * Pairs of networks on one parent that can give away the same address: Docker keeps one list for each subnet, so only
 * subnets of different lengths; Podman one for each network.
 */
export function handedOutTwice(
  placed: readonly PlacedNetwork[],
  flavour: 'docker' | 'podman',
): Twice[] {
  const known = placed.filter(({ parent }) => parent !== undefined);
  return known.flatMap(({ network, parent }, at) =>
    known
      .slice(0, at)
      .filter((one) => one.parent === parent)
      .flatMap(({ network: other }) => pairsOf(network, other, flavour)),
  );
}

function pairsOf(
  network: RuntimeNetwork,
  other: RuntimeNetwork,
  flavour: 'docker' | 'podman',
): Twice[] {
  return network.pools.flatMap((pool) =>
    other.pools
      .filter((otherPool) => {
        const isOneList =
          flavour === 'docker' &&
          parseCidr(pool.subnet)?.text === parseCidr(otherPool.subnet)?.text;
        return !isOneList && overlaps(handedOut(pool), handedOut(otherPool));
      })
      .map((otherPool) => ({ network, other, pool, otherPool })),
  );
}
