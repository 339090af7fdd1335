// Networks of an engine (GET /networks, and Podman's GET /libpod/networks/json), cut down to the fields of RuntimeNetwork.
import type { IpamPool, RuntimeNetwork } from '../../../model/runtime-network.js';
import { asList, asRecord, asText, compareTexts, firstText, textEntries } from './docker-fields.js';

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
function parseNetwork(
  network: Readonly<Record<string, unknown>>,
  libpod: Readonly<Record<string, unknown>>,
): RuntimeNetwork | undefined {
  const id = asText(network['Id']);
  const name = asText(network['Name']);
  if (id === undefined || name === undefined) return undefined;
  const driver = asText(network['Driver']) ?? '';
  const options = asRecord(network['Options']);
  const device = asText(libpod['network_interface']);
  const isBridge = driver === 'bridge';
  const parent = firstText(options['parent'], isBridge ? undefined : device);
  const mode = firstText(
    options['macvlan_mode'],
    options['ipvlan_mode'],
    isBridge ? undefined : options['mode'],
  );
  // Docker names a bridge after the network's id when nobody named it.
  const bridgeName = isBridge
    ? firstText(options['com.docker.network.bridge.name'], device ?? `br-${id.slice(0, 12)}`)
    : undefined;
  return {
    id,
    name,
    driver,
    scope: asText(network['Scope']) ?? '',
    isInternal: network['Internal'] === true,
    isConfigOnly: network['ConfigOnly'] === true,
    ...(parent === undefined ? {} : { parent }),
    ...(mode === undefined ? {} : { mode }),
    ...(bridgeName === undefined ? {} : { bridgeName }),
    pools: asList(asRecord(network['IPAM'])['Config']).flatMap(parsePool),
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
