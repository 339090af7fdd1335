// A LAN whose addresses two hand out: the container engine, and the DHCP server that gave the host its own.
import type { Address } from '../../../model/address.js';
import { valueOf } from '../../../model/fact.js';
import type { IpamPool, RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Parent, Topology } from '../../../model/topology.js';
import { contentOf } from '../topology/content.js';
import { contains, covers, ipv4FromNumber, ipv4Range, parseCidr } from './subnets.js';

/** The host's own address in the pool, when a DHCP server gave it, and the pool is not narrower than the subnet. */
export function leaseIn({ subnet, ipRange }: IpamPool, parent: Parent): Address | undefined {
  if (ipRange !== undefined && !covers(ipRange, subnet)) return undefined;
  const own = [parent, ...parent.shims].flatMap(({ addresses }) => addresses);
  return own.find(
    ({ family, dynamic, local }) =>
      family === 'inet' && dynamic === true && contains(subnet, local),
  );
}

/** An address that a running container has of a pool. */
export interface Chosen {
  readonly name: string;
  readonly ip: string;
  readonly isWanted: boolean;
}

/** Stopped ones hold no address of the engine's; they get one with their next start, as every new one does. */
export function chosenByEngine(
  { id }: RuntimeNetwork,
  { subnet }: IpamPool,
  facts: Facts,
): Chosen[] {
  return (valueOf(facts.runtime)?.containers ?? [])
    .filter(({ state }) => state === 'running')
    .flatMap(({ name, endpoints }) =>
      endpoints.flatMap(({ networkId, ipv4 = '', wantedIpv4 }): Chosen[] => {
        const ip = ipv4.split('/')[0] ?? '';
        if (networkId !== id || !contains(subnet, ip)) return [];
        return [{ name, ip, isWanted: wantedIpv4 !== undefined }];
      }),
    );
}

/** Eighths of a subnet, by how seldom a router's default pool reaches into them; the last one has the router at times. */
const EIGHTHS = [6, 5, 4, 7, 3, 2] as const;

/** An eighth of the pool's subnet in which neither the host nor its neighbours have an address: as a prefix. */
export function freeEighth(
  { subnet, gateway, auxAddresses }: IpamPool,
  { topology }: { readonly topology: Topology },
): string | undefined {
  const range = ipv4Range(subnet);
  const prefixlen = parseCidr(subnet)?.prefixlen;
  // Less than eight addresses would be too little.
  if (range === undefined || prefixlen === undefined || prefixlen > 26) return undefined;
  const { addresses, neighbours } = contentOf(topology.host);
  const taken = [
    ...addresses.map(({ local }) => local),
    ...neighbours.map(({ dst }) => dst),
    gateway ?? '',
    ...Object.values(auxAddresses),
  ];
  const size = (range.last - range.first + 1) / 8;
  const all = EIGHTHS.map(
    (at) => `${ipv4FromNumber(range.first + at * size)}/${(prefixlen + 3).toString()}`,
  );
  return all.find((part) => !taken.some((ip) => contains(part, ip)));
}
