// What the engine answers to a container that asks for an address it cannot have (moby, libnetwork/endpoint.go).
import type { PlannedContainer, PlannedEndpoint } from '../../../model/plan.js';
import type { RuntimeNetwork } from '../../../model/runtime-network.js';
import { contains, isIpv4 } from '../addressing/subnets.js';

export interface Refused {
  readonly container: string;
  readonly network: string;
  readonly ip: string;
  /** As the engine says it, as far as its versions agree. */
  readonly says: string;
  /** Who has it, where somebody has. */
  readonly owner?: string;
}

/** One for each address that is asked for in vain. Networks whose pools are not known are left out. */
export function refusedAddresses(
  containers: readonly PlannedContainer[],
  networks: readonly RuntimeNetwork[],
): Refused[] {
  const byName = new Map(networks.map((network) => [network.name, network]));
  const given = new Map<string, string>();
  return containers.flatMap(({ name, endpoints }) =>
    endpoints.flatMap((endpoint): Refused[] => {
      const network = byName.get(endpoint.network);
      const { ipv4 } = endpoint;
      if (network === undefined || ipv4 === undefined) return [];
      const about = { container: name, network: network.name, ip: ipv4 };
      const before = given.get(`${network.name} ${ipv4}`);
      given.set(`${network.name} ${ipv4}`, name);
      const refusal = refusalOf(endpoint, network, before);
      return refusal === undefined ? [] : [{ ...about, ...refusal }];
    }),
  );
}

function refusalOf(
  { ipv4 = '' }: PlannedEndpoint,
  { pools, held = [] }: RuntimeNetwork,
  before: string | undefined,
): Pick<Refused, 'says' | 'owner'> | undefined {
  if (!isIpv4(ipv4)) return { says: `invalid IPv4 address: ${ipv4}` };
  if (pools.length === 0) return { says: NO_SUBNET };
  const pool = pools.find(({ subnet }) => contains(subnet, ipv4));
  if (pool === undefined) {
    return { says: `address ${ipv4}: It does not belong to any of this network's subnets` };
  }
  if (pool.gateway === ipv4) return { says: TAKEN, owner: 'the gateway of the network' };
  const reserved = Object.entries(pool.auxAddresses).find(([, ip]) => ip === ipv4);
  if (reserved !== undefined) return { says: TAKEN, owner: `the aux-address ${reserved[0]}` };
  const holder = held.find((one) => one.ipv4?.split('/')[0] === ipv4);
  const owner = before ?? holder?.name;
  return owner === undefined ? undefined : { says: TAKEN, owner };
}

const NO_SUBNET =
  'user specified IP address is supported only when connecting to networks with user configured subnets';
const TAKEN = 'Address already in use';
