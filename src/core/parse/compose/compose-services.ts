// `services:` of a Compose file, as planned containers: on which networks, with which addresses, with which ports.
import type { PlannedContainer, PlannedEndpoint } from '../../../model/plan.js';
import type { PublishedPort } from '../../../model/runtime-network.js';
import { mapIn, onlyKeys, textIn, textsIn } from './fields.js';
import { asMap } from './merge.js';
import { ComposeMistake, type MapValue, type Value } from './tree.js';

const ENDPOINT_KEYS = [
  'aliases',
  'driver_opts',
  'gw_priority',
  'interface_name',
  'ipv4_address',
  'ipv6_address',
  'link_local_ips',
  'mac_address',
  'priority',
];

export interface ServiceContext {
  readonly project: string;
  /** Real names by key. */
  readonly networkNames: ReadonlyMap<string, string>;
  readonly newMac: () => string;
}

/** Keys of the networks that a service is on; a service that says nothing is on `default`. */
export function networkKeysOf(service: MapValue, path: string): string[] {
  if (textIn(service.entries.get('network_mode'), `${path}.network_mode`) !== undefined) return [];
  const networks = service.entries.get('networks');
  if (networks === undefined) return ['default'];
  return [...(mapIn(asMap(networks), `${path}.networks`)?.entries.keys() ?? [])];
}

export function composeService(
  key: string,
  service: MapValue,
  context: ServiceContext,
): PlannedContainer {
  const path = `services.${key}`;
  const own = textIn(service.entries.get('container_name'), `${path}.container_name`);
  const networks = service.entries.get('networks');
  const map = networks === undefined ? undefined : mapIn(asMap(networks), `${path}.networks`);
  const endpoints = networkKeysOf(service, path).map((name) =>
    endpointOf(name, map?.entries.get(name), { path, service, context }),
  );
  return {
    name: own ?? `${context.project}-${key}-1`,
    isNamed: true,
    endpoints,
    published: portsOf(service.entries.get('ports'), `${path}.ports`),
    dns: textsIn(service.entries.get('dns'), `${path}.dns`),
  };
}

function endpointOf(
  name: string,
  value: Value | undefined,
  about: {
    readonly path: string;
    readonly service: MapValue;
    readonly context: ServiceContext;
  },
): PlannedEndpoint {
  const { service, context } = about;
  const path = `${about.path}.networks.${name}`;
  const network = context.networkNames.get(name);
  if (network === undefined) {
    throw new ComposeMistake(
      `${about.path} refers to undefined network ${name}`,
      value?.place ?? service.place,
    );
  }
  const map = mapIn(value, path);
  if (map !== undefined) onlyKeys(map, ENDPOINT_KEYS, path);
  const text = (key: string): string | undefined => textIn(map?.entries.get(key), `${path}.${key}`);
  const [ipv4, ipv6] = [text('ipv4_address'), text('ipv6_address')];
  const mac =
    text('mac_address') ?? textIn(service.entries.get('mac_address'), `${about.path}.mac_address`);
  const gwPriority = Number.parseInt(text('gw_priority') ?? '', 10);
  const at = map?.entries.get('ipv4_address') ?? map?.entries.get('ipv6_address');
  return {
    network,
    ...(ipv4 !== undefined && { ipv4 }),
    ...(ipv6 !== undefined && { ipv6 }),
    ...(mac !== undefined && { mac: mac.toLowerCase() }),
    ...(!Number.isNaN(gwPriority) && { gwPriority }),
    trialMac: context.newMac(),
    words:
      at === undefined
        ? { path, place: value?.place ?? service.place }
        : {
            path: `${path}.${ipv4 === undefined ? 'ipv6_address' : 'ipv4_address'}`,
            place: at.place,
          },
  };
}

/** The short form `[[HOST:]PUBLISHED:]TARGET[/PROTOCOL]`, with ranges of equal length, and the long one. */
function portsOf(value: Value | undefined, path: string): PublishedPort[] {
  if (value?.kind !== 'list') return [];
  return value.items.flatMap((item, index): PublishedPort[] => {
    const here = `${path}[${index.toString()}]`;
    if (item.kind === 'map') return longPort(item, here);
    return shortPort(textIn(item, here) ?? '');
  });
}

function longPort({ entries }: MapValue, path: string): PublishedPort[] {
  const text = (key: string): string | undefined => textIn(entries.get(key), `${path}.${key}`);
  const port = Number.parseInt(text('target') ?? '', 10);
  if (Number.isNaN(port)) return [];
  const hostPort = Number.parseInt(text('published') ?? '', 10);
  const hostIp = text('host_ip');
  return [
    {
      port,
      protocol: text('protocol') ?? 'tcp',
      ...(hostIp !== undefined && { hostIp }),
      ...(!Number.isNaN(hostPort) && { hostPort }),
    },
  ];
}

function shortPort(text: string): PublishedPort[] {
  const [, hostIp, published = '', target = '', protocol = 'tcp'] =
    /^(?:(\[[^\]]*\]|\d+\.[\d.]+):)?(?:([\d-]*):)?([\d-]+)(?:\/(\w+))?$/u.exec(text) ?? [];
  const [from, to] = [rangeOf(published), rangeOf(target)];
  return to.map((port, index): PublishedPort => {
    const hostPort = from.length === to.length ? from[index] : from[0];
    return {
      port,
      protocol,
      ...(hostIp !== undefined && { hostIp: hostIp.replaceAll(/[[\]]/gu, '') }),
      ...(hostPort !== undefined && { hostPort }),
    };
  });
}

/** Highest number of a port; a range of all of them is the longest. */
const LAST_PORT = 65_535;

/** `90-91`, or one number; nothing for what is neither. */
function rangeOf(text: string): number[] {
  const [, first = '', last = first] = /^(\d+)(?:-(\d+))?$/u.exec(text) ?? [];
  const [low, high] = [Number.parseInt(first, 10), Number.parseInt(last, 10)];
  if (Number.isNaN(low) || high > LAST_PORT || high < low) return [];
  return Array.from({ length: high - low + 1 }, (_none, index) => low + index);
}
