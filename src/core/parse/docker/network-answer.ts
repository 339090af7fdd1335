// A network's own answer (GET /networks/ID): whom the engine holds addresses for, and how many it has left.
import type { Projection } from '../../../model/projection.js';
import type { HeldAddress, IpamPool, RuntimeNetwork } from '../../../model/runtime-network.js';
import { asInteger, asRecord, asText, compareTexts, type Fields } from './docker-fields.js';

/** What is read of a network's own answer. */
export const NETWORK_FIELDS: Projection = {
  fields: {
    Id: 'value',
    Containers: {
      others: { fields: { Name: 'value', MacAddress: 'value', IPv4Address: 'value' } },
    },
    Status: {
      fields: {
        IPAM: { fields: { Subnets: { others: { fields: { DynamicIPsAvailable: 'value' } } } } },
      },
    },
  },
};

/** The network as listed, with what it tells itself; undefined where the answer is not about it. */
export function parseNetworkAnswer(
  listed: RuntimeNetwork,
  answer: unknown,
): RuntimeNetwork | undefined {
  const network = asRecord(answer);
  if (asText(network['Id']) !== listed.id) return undefined;
  const counts = asRecord(asRecord(asRecord(network['Status'])['IPAM'])['Subnets']);
  return {
    ...listed,
    pools: listed.pools.map((pool) => withCount(pool, asRecord(counts[pool.subnet]))),
    held: Object.entries(asRecord(network['Containers']))
      .map(([holder, value]) => parseHeld(holder, asRecord(value)))
      .toSorted(
        (a, b) => compareTexts(a.name, b.name) || compareTexts(a.containerId, b.containerId),
      ),
  };
}

/** An endpoint whose container is gone is listed under `ep-` and its own id, by the name that the container had. */
function parseHeld(holder: string, held: Fields): HeldAddress {
  const ipv4 = asText(held['IPv4Address'])?.replace(/\/\d+$/, '');
  const mac = asText(held['MacAddress'])?.toLowerCase();
  return {
    name: asText(held['Name']) ?? holder.slice(0, 15),
    containerId: holder,
    ...(ipv4 !== undefined && { ipv4 }),
    ...(mac !== undefined && { mac }),
  };
}

function withCount(pool: IpamPool, counts: Fields): IpamPool {
  const addressesLeft = asInteger(counts['DynamicIPsAvailable']);
  return addressesLeft === undefined ? pool : { ...pool, addressesLeft };
}
