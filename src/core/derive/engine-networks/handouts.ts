// Which parts of the LAN an engine hands out.
import type { IpamPool } from '../../../model/runtime-network.js';
import {
  ipv4Range,
  type Ipv4Range,
  overlaps,
  parseCidr,
  usableRange,
} from '../addressing/subnets.js';

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
