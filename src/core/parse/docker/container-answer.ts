// A container's own answer (GET /containers/ID/json): what it publishes, whom it asks for names, and its places anew.
import type { Projection } from '../../../model/projection.js';
import type {
  PublishedPort,
  RuntimeContainer,
  RuntimeEndpoint,
  RuntimeNetwork,
} from '../../../model/runtime-network.js';
import { networkIds, parseEndpoints, PLUGGED_FIELDS } from './docker-containers.js';
import { asInteger, asList, asRecord, asText, compareTexts, type Fields } from './docker-fields.js';

/** What is read of a container's own answer. */
export const CONTAINER_FIELDS: Projection = {
  fields: {
    Id: 'value',
    State: { fields: { Status: 'value', Pid: 'value' } },
    HostConfig: {
      fields: {
        NetworkMode: 'value',
        Dns: { list: 'value' },
        PublishAllPorts: 'value',
        PortBindings: { others: { list: { fields: { HostIp: 'value', HostPort: 'value' } } } },
      },
    },
    Config: { fields: { ExposedPorts: { others: 'presence' } } },
    NetworkSettings: PLUGGED_FIELDS,
  },
};

/** Ports and name servers that are kept of one container: a range of thousands tells no more than its beginning. */
const MOST_PORTS = 256;
const MOST_SERVERS = 16;

/** The container as listed, with what it tells itself; undefined where the answer is not about it. */
export function parseContainerAnswer(
  listed: RuntimeContainer,
  answer: unknown,
  networks: readonly RuntimeNetwork[],
): RuntimeContainer | undefined {
  const container = asRecord(answer);
  if (asText(container['Id']) !== listed.id) return undefined;
  const hostConfig = asRecord(container['HostConfig']);
  const state = asRecord(container['State']);
  const endpoints = parseEndpoints(container, networkIds(networks));
  const networkMode = modeOf(asText(hostConfig['NetworkMode']), endpoints);
  const pid = asInteger(state['Pid']) ?? 0;
  const { networkMode: _listed, ...rest } = listed;
  return {
    ...rest,
    state: asText(state['Status'])?.toLowerCase() ?? listed.state,
    ...(endpoints.length > 0 && { endpoints }),
    published: parsePublished(hostConfig, asRecord(asRecord(container['Config'])['ExposedPorts'])),
    ...(networkMode !== undefined && { networkMode }),
    dns: asList(hostConfig['Dns'])
      .flatMap((ip) => asText(ip) ?? [])
      .slice(0, MOST_SERVERS),
    ...(pid > 0 && { pid }),
  };
}

/** Podman says `bridge` of a container on whatever network: of one that is on others only, it names nothing. */
function modeOf(
  mode: string | undefined,
  endpoints: readonly RuntimeEndpoint[],
): string | undefined {
  const isElsewhere =
    endpoints.length > 0 && endpoints.every(({ networkName }) => networkName !== 'bridge');
  return mode === 'bridge' && isElsewhere ? undefined : mode;
}

/** Those of `-p`, and with `-P` all that the image or `--expose` names. */
function parsePublished(hostConfig: Fields, exposed: Fields): readonly PublishedPort[] {
  const bound = Object.entries(asRecord(hostConfig['PortBindings'])).flatMap(([key, bindings]) =>
    parseBindings(key, asList(bindings)),
  );
  const isAsked = ({ port, protocol }: PublishedPort): boolean =>
    bound.some((one) => one.port === port && one.protocol === protocol);
  const rest =
    hostConfig['PublishAllPorts'] === true
      ? Object.keys(exposed)
          .flatMap(parsePort)
          .filter((one) => !isAsked(one))
      : [];
  return [...bound, ...rest].toSorted(byPort).slice(0, MOST_PORTS);
}

function parseBindings(key: string, bindings: readonly unknown[]): readonly PublishedPort[] {
  // `-p 80` leaves the port without any binding in some versions: any free port of the host.
  const wanted = bindings.length === 0 ? [{}] : bindings;
  return parsePort(key).flatMap((inside) =>
    wanted.map((binding) => ({ ...inside, ...parseBinding(asRecord(binding)) })),
  );
}

/** `80/tcp`, `53/udp`, `80`. */
function parsePort(key: string): readonly PublishedPort[] {
  const match = /^(\d{1,5})(?:\/(tcp|udp|sctp))?$/.exec(key);
  if (match === null) return [];
  return [{ port: Number(match[1]), protocol: match[2] ?? 'tcp' }];
}

const ANY_ADDRESS = new Set(['0.0.0.0', '::']);

/** A range of ports, such as `8000-8010`, stands for any free one of them. */
function parseBinding(binding: Fields): Pick<PublishedPort, 'hostIp' | 'hostPort'> {
  const hostIp = asText(binding['HostIp']);
  const hostPort = asText(binding['HostPort']);
  return {
    ...(hostIp !== undefined && !ANY_ADDRESS.has(hostIp) && { hostIp }),
    ...(hostPort !== undefined &&
      /^[1-9]\d{0,4}$/.test(hostPort) && { hostPort: Number(hostPort) }),
  };
}

function byPort(a: PublishedPort, b: PublishedPort): number {
  return (
    a.port - b.port ||
    compareTexts(a.protocol, b.protocol) ||
    (a.hostPort ?? 0) - (b.hostPort ?? 0) ||
    compareTexts(a.hostIp ?? '', b.hostIp ?? '')
  );
}
