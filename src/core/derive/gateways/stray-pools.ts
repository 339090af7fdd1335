// Gateways that lie outside the subnet of their own pool.
import type { RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Parent, Topology } from '../../../model/topology.js';
import { contains } from '../addressing/subnets.js';
import { macvlanNetworksOn } from '../topology/parents.js';
import { hostGatewaysOn } from './host-gateways.js';

export interface Stray {
  readonly network: RuntimeNetwork;
  readonly gateway: string;
  readonly subnet: string;
  /** The router of the host, where it is in that subnet. */
  readonly router: string | undefined;
}

/** A pool without a known subnet or with a link-local gateway (IPv6) has nothing wrong with it. */
export function strayPools(parent: Parent, topology: Pick<Topology, 'host'>): Stray[] {
  return macvlanNetworksOn(parent)
    .filter(({ isConfigOnly }) => !isConfigOnly)
    .flatMap((network) =>
      network.pools.flatMap(({ subnet, gateway }) => {
        const isFine =
          gateway === undefined || contains(subnet, gateway) || contains('fe80::/10', gateway);
        const router = hostGatewaysOn(parent, topology).find((ip) => contains(subnet, ip));
        return isFine ? [] : [{ network, gateway, subnet, router }];
      }),
    );
}
