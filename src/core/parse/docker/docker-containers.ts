// Containers of an engine (GET /containers/json?all=1), cut down to who they are and where they are plugged in.
import type { Projection } from '../../../model/projection.js';
import type {
  RuntimeContainer,
  RuntimeEndpoint,
  RuntimeNetwork,
} from '../../../model/runtime-network.js';
import {
  asInteger,
  asList,
  asRecord,
  asText,
  compareTexts,
  type Fields,
  firstText,
} from './docker-fields.js';

/** What is read of where a container is plugged in. */
export const PLUGGED_FIELDS: Projection = {
  fields: {
    Networks: {
      others: {
        fields: {
          NetworkID: 'value',
          MacAddress: 'value',
          IPAddress: 'value',
          GlobalIPv6Address: 'value',
          Gateway: 'value',
          GwPriority: 'value',
          IPAMConfig: { fields: { IPv4Address: 'value', IPv6Address: 'value' } },
        },
      },
    },
  },
};

/** What is read of `/containers/json`. */
export const CONTAINERS_FIELDS: Projection = {
  list: {
    fields: {
      Id: 'value',
      Names: { list: 'value' },
      State: 'value',
      HostConfig: { fields: { NetworkMode: 'value' } },
      NetworkSettings: PLUGGED_FIELDS,
    },
  },
};

/** The containers, by name; entries without an id are dropped. */
export function parseContainers(
  answer: unknown,
  networks: readonly RuntimeNetwork[],
): readonly RuntimeContainer[] {
  const idByName = networkIds(networks);
  return asList(answer)
    .flatMap((entry) => {
      const container = asRecord(entry);
      const id = asText(container['Id']);
      return id === undefined ? [] : [parseContainer(id, container, idByName)];
    })
    .toSorted((a, b) => compareTexts(a.name, b.name) || compareTexts(a.id, b.id));
}

function parseContainer(
  id: string,
  container: Fields,
  idByName: ReadonlyMap<string, string>,
): RuntimeContainer {
  const networkMode = asText(asRecord(container['HostConfig'])['NetworkMode']);
  return {
    id,
    name: nameOf(container['Names']) ?? id.slice(0, 12),
    state: asText(container['State'])?.toLowerCase() ?? 'unknown',
    endpoints: parseEndpoints(container, idByName),
    ...(networkMode !== undefined && { networkMode }),
  };
}

/** Ids by name, for endpoints that name their network only. */
export function networkIds(networks: readonly RuntimeNetwork[]): ReadonlyMap<string, string> {
  return new Map(networks.map((network) => [network.name, network.id]));
}

/** Where a container is plugged in, by the network's name; lists of containers and a container's own answer agree on it. */
export function parseEndpoints(
  container: Fields,
  idByName: ReadonlyMap<string, string>,
): readonly RuntimeEndpoint[] {
  const plugged = asRecord(asRecord(container['NetworkSettings'])['Networks']);
  return Object.entries(plugged)
    .filter(([networkName]) => networkName !== '')
    .map(([networkName, value]) => parseEndpoint(networkName, asRecord(value), idByName))
    .toSorted((a, b) => compareTexts(a.networkName, b.networkName));
}

/** `Names` holds `/web`, and one `/other/alias` for every legacy link to it. */
function nameOf(names: unknown): string | undefined {
  const texts = asList(names).flatMap((name) => asText(name)?.replace(/^\//, '') ?? []);
  return texts.find((name) => !name.includes('/')) ?? texts[0];
}

/**
 * A container that was created and never started has empty ids and addresses here: its network is known by name, and the
 * address that it will ask for stands in `IPAMConfig`.
 */
function parseEndpoint(
  networkName: string,
  endpoint: Fields,
  idByName: ReadonlyMap<string, string>,
): RuntimeEndpoint {
  const wanted = asRecord(endpoint['IPAMConfig']);
  const mac = asText(endpoint['MacAddress'])?.toLowerCase();
  const wantedIpv4 = asText(wanted['IPv4Address']);
  const ipv4 = firstText(endpoint['IPAddress'], wantedIpv4);
  const gateway = asText(endpoint['Gateway']);
  const gwPriority = asInteger(endpoint['GwPriority']);
  const wantedIpv6 = asText(wanted['IPv6Address']);
  const ipv6 = firstText(endpoint['GlobalIPv6Address'], wantedIpv6);
  return {
    networkId: asText(endpoint['NetworkID']) ?? idByName.get(networkName) ?? '',
    networkName,
    ...(mac === undefined ? {} : { mac }),
    ...(ipv4 === undefined ? {} : { ipv4 }),
    ...(ipv6 === undefined ? {} : { ipv6 }),
    ...(wantedIpv4 === undefined ? {} : { wantedIpv4 }),
    ...(gateway === undefined ? {} : { gateway }),
    ...(gwPriority === undefined ? {} : { gwPriority }),
    ...(wantedIpv6 === undefined ? {} : { wantedIpv6 }),
  };
}
