// What Docker has against two pools at a time, be the one planned or there already (moby, libnetwork/ipam).
import type { IpamPool } from '../../../model/runtime-network.js';
import { isSamePrefix, overlaps } from '../addressing/subnets.js';

/** Said by every Docker; since 27 behind `invalid pool request: `. */
export const OVERLAPS = 'Pool overlaps with other one on this address space';

/** Before, host bits were cleared without a word. */
export const VALIDATES_SINCE = 25;

/** Seen with Docker 20.10; what engines do with it that hand out no gateways of their own (29) is not known. */
export const GATEWAYS_ARE_TAKEN_BEFORE = 29;

type Wanted = Pick<IpamPool, 'subnet' | 'ipRange' | 'gateway'>;

/**
 * A pool with an ip-range may lie in another network's subnet, unless that has the very same range; one without must lie
 * in nobody's, whatever the driver. Routes of the host do not matter.
 */
export function runsInto({ subnet, ipRange }: Wanted, other: IpamPool): boolean {
  return ipRange === undefined
    ? overlaps(subnet, other.subnet)
    : isSamePrefix(ipRange, other.ipRange ?? '') && isSamePrefix(subnet, other.subnet);
}

/** Networks of one subnet share its addresses, and each takes its gateway for itself. */
export function wantsGatewayOf({ subnet, gateway }: Wanted, other: IpamPool): boolean {
  return gateway !== undefined && gateway === other.gateway && isSamePrefix(subnet, other.subnet);
}
