// `networks:` of a Compose file, as planned networks with the places of all their parts.
import type { PlannedNetwork, PlannedPool, Words } from '../../../model/plan.js';
import { flagIn, listIn, mapIn, onlyKeys, pairsIn, textIn } from './fields.js';
import { ComposeMistake, type MapValue, type Value } from './tree.js';

const NETWORK_KEYS = [
  'attachable',
  'driver',
  'driver_opts',
  'enable_ipv4',
  'enable_ipv6',
  'external',
  'internal',
  'ipam',
  'labels',
  'name',
];
const POOL_KEYS = ['subnet', 'ip_range', 'gateway', 'aux_addresses'];

/** The network under `key`; `project` is what Compose puts before its name. */
export function composeNetwork(key: string, value: Value, project: string): PlannedNetwork {
  const path = `networks.${key}`;
  const map = mapIn(value, path);
  const get = (name: string): Value | undefined => map?.entries.get(name);
  if (map !== undefined) onlyKeys(map, NETWORK_KEYS, path);
  const ipam = mapIn(get('ipam'), `${path}.ipam`);
  if (ipam !== undefined) onlyKeys(ipam, ['driver', 'config', 'options'], `${path}.ipam`);
  const config = listIn(ipam?.entries.get('config'), `${path}.ipam.config`)?.items ?? [];
  const { isExternal, oldName } = externalOf(get('external'), path);
  const own = textIn(get('name'), `${path}.name`) ?? oldName;
  return {
    name: own ?? (isExternal ? key : `${project}_${key}`),
    driver: textIn(get('driver'), `${path}.driver`) ?? 'bridge',
    isExternal,
    isInternal: flagIn(get('internal'), `${path}.internal`),
    hasIpv6: flagIn(get('enable_ipv6'), `${path}.enable_ipv6`),
    isAttachable: flagIn(get('attachable'), `${path}.attachable`),
    options: pairsIn(get('driver_opts'), `${path}.driver_opts`),
    pools: config.map((pool, index) => poolOf(pool, `${path}.ipam.config[${index.toString()}]`)),
    words: { path, place: value.place },
    parts: partsOf(map, path),
  };
}

/** `external: true`, or the old mapping with the name in it. */
function externalOf(
  value: Value | undefined,
  path: string,
): { readonly isExternal: boolean; readonly oldName?: string } {
  if (value?.kind !== 'map') return { isExternal: flagIn(value, `${path}.external`) };
  const oldName = textIn(value.entries.get('name'), `${path}.external.name`);
  return { isExternal: true, ...(oldName !== undefined && { oldName }) };
}

function poolOf(value: Value, path: string): PlannedPool {
  const map = mapIn(value, path);
  if (map === undefined) throw new ComposeMistake(`${path} must be a mapping`, value.place);
  onlyKeys(map, POOL_KEYS, path);
  const text = (key: string): string | undefined => textIn(map.entries.get(key), `${path}.${key}`);
  const [subnet, gateway, ipRange] = [text('subnet'), text('gateway'), text('ip_range')];
  return {
    ...(subnet !== undefined && { subnet }),
    ...(gateway !== undefined && { gateway }),
    ...(ipRange !== undefined && { ipRange }),
    auxAddresses: pairsIn(map.entries.get('aux_addresses'), `${path}.aux_addresses`),
  };
}

/** Every value below the network, by its path within it. */
function partsOf(map: MapValue | undefined, path: string): Record<string, Words> {
  const parts: Record<string, Words> = {};
  const walk = (value: Value, inner: string): void => {
    if (inner !== '') parts[inner] = { path: `${path}.${inner}`, place: value.place };
    if (value.kind === 'map') {
      for (const [key, one] of value.entries) walk(one, inner === '' ? key : `${inner}.${key}`);
    } else if (value.kind === 'list') {
      for (const [index, one] of value.items.entries()) walk(one, `${inner}[${index.toString()}]`);
    }
  };
  if (map !== undefined) walk(map, '');
  return parts;
}
