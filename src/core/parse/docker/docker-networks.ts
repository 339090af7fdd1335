// Networks of an engine (GET /networks, and Podman's GET /libpod/networks/json), cut down to the fields of RuntimeNetwork.
import type { Projection } from '../../../model/projection.js';
import type { IpamPool, RuntimeNetwork } from '../../../model/runtime-network.js';
import {
  asList,
  asRecord,
  asText,
  compareTexts,
  type Fields,
  firstText,
  textEntries,
} from './docker-fields.js';

const BRIDGE_NAME = 'com.docker.network.bridge.name';
/** `mode` is Podman's word for macvlan_mode and ipvlan_mode. */
const MODES = ['macvlan_mode', 'ipvlan_mode', 'mode'] as const;
const UNDERSTOOD = [...MODES, 'parent', 'ipvlan_flag', BRIDGE_NAME];

/** What is read of `/networks`; of options that nothing here understands only the name. */
export const NETWORKS_FIELDS: Projection = {
  list: {
    fields: {
      Id: 'value',
      Name: 'value',
      Driver: 'value',
      Scope: 'value',
      Internal: 'value',
      ConfigOnly: 'value',
      EnableIPv6: 'value',
      Attachable: 'value',
      ConfigFrom: { fields: { Network: 'value' } },
      Options: {
        fields: Object.fromEntries(UNDERSTOOD.map((name) => [name, 'value' as const])),
        others: 'presence',
      },
      IPAM: {
        fields: {
          Config: {
            list: {
              fields: {
                Subnet: 'value',
                Gateway: 'value',
                IPRange: 'value',
                AuxiliaryAddresses: { others: 'value' },
              },
            },
          },
        },
      },
    },
  },
};

/** What is read of Podman's own list. */
export const LIBPOD_NETWORKS_FIELDS: Projection = {
  list: { fields: { id: 'value', network_interface: 'value' } },
};

/** The networks, by name; entries without an id or a name are dropped. `libpod` is Podman's own list, when it is one. */
export function parseNetworks(answer: unknown, libpod?: unknown): readonly RuntimeNetwork[] {
  const own = new Map(
    asList(libpod).map((entry) => [asText(asRecord(entry)['id']), asRecord(entry)]),
  );
  return asList(answer)
    .flatMap((entry) => {
      const network = asRecord(entry);
      const parsed = parseNetwork(network, own.get(asText(network['Id'])) ?? {});
      return parsed === undefined ? [] : [parsed];
    })
    .toSorted((a, b) => compareTexts(a.name, b.name) || compareTexts(a.id, b.id));
}

/** Podman tells the parent, or the bridge, only in its own list, as `network_interface`. */
function parseNetwork(network: Fields, libpod: Fields): RuntimeNetwork | undefined {
  const id = asText(network['Id']);
  const name = asText(network['Name']);
  if (id === undefined || name === undefined) return undefined;
  const driver = asText(network['Driver']) ?? '';
  const configFrom = asText(asRecord(network['ConfigFrom'])['Network']);
  return {
    id,
    name,
    driver,
    scope: asText(network['Scope']) ?? '',
    isInternal: network['Internal'] === true,
    isConfigOnly: network['ConfigOnly'] === true,
    ...(configFrom !== undefined && { configFrom }),
    ...flag('hasIpv6', network['EnableIPv6']),
    ...flag('isAttachable', network['Attachable']),
    ...parseOptions(
      { id, driver },
      asRecord(network['Options']),
      asText(libpod['network_interface']),
    ),
    pools: asList(asRecord(network['IPAM'])['Config']).flatMap(parsePool),
  };
}

function flag<K extends string>(key: K, value: unknown): { readonly [key in K]?: boolean } {
  return typeof value === 'boolean' ? ({ [key]: value } as { readonly [key in K]: boolean }) : {};
}

/** Names of options that are kept of one network. */
const MOST_OTHERS = 32;

function parseOptions(
  { id, driver }: Pick<RuntimeNetwork, 'id' | 'driver'>,
  options: Fields,
  device: string | undefined,
): Partial<RuntimeNetwork> {
  const isBridge = driver === 'bridge';
  const parent = firstText(options['parent'], isBridge ? undefined : device);
  const mode = isBridge ? undefined : firstText(...MODES.map((name) => options[name]));
  const ipvlanFlag = asText(options['ipvlan_flag']);
  // Docker names a bridge after the network's id when nobody named it.
  const bridgeName = isBridge
    ? firstText(options[BRIDGE_NAME], device ?? `br-${id.slice(0, 12)}`)
    : undefined;
  const others = Object.keys(options).filter((name) => !UNDERSTOOD.includes(name));
  return {
    ...(parent !== undefined && { parent }),
    ...(mode !== undefined && { mode }),
    ...(ipvlanFlag !== undefined && { ipvlanFlag }),
    ...(others.length > 0 && { otherOptions: others.toSorted(compareTexts).slice(0, MOST_OTHERS) }),
    ...(bridgeName !== undefined && { bridgeName }),
  };
}

function parsePool(value: unknown): readonly IpamPool[] {
  const pool = asRecord(value);
  const subnet = asText(pool['Subnet']);
  if (subnet === undefined) return [];
  const gateway = gatewayOf(pool['Gateway']);
  const ipRange = asText(pool['IPRange']);
  return [
    {
      subnet,
      ...(gateway === undefined ? {} : { gateway }),
      ...(ipRange === undefined ? {} : { ipRange }),
      auxAddresses: Object.fromEntries(textEntries(pool['AuxiliaryAddresses'])),
    },
  ];
}

/** Podman writes `<nil>` where a pool has no gateway; old Docker may write it as a prefix. */
function gatewayOf(value: unknown): string | undefined {
  const text = asText(value);
  return text === undefined || text === '<nil>' ? undefined : text.replace(/\/\d+$/, '');
}
