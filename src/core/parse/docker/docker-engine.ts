// What an engine says of itself (GET /version and GET /info of the Docker Engine API), cut down to the fields of Engine.
import type { Projection } from '../../../model/projection.js';
import type { Engine } from '../../../model/runtime-network.js';
import { asList, asRecord, asText, firstText } from './docker-fields.js';

/** What is read of `/version`. */
export const VERSION_FIELDS: Projection = {
  fields: {
    Version: 'value',
    ApiVersion: 'value',
    KernelVersion: 'value',
    Os: 'value',
    Platform: { fields: { Name: 'value' } },
    Components: {
      list: { fields: { Name: 'value', Details: { fields: { APIVersion: 'value' } } } },
    },
  },
};

/** What is read of `/info`. */
export const INFO_FIELDS: Projection = {
  fields: {
    ServerVersion: 'value',
    OperatingSystem: 'value',
    KernelVersion: 'value',
    OSType: 'value',
    Name: 'value',
    Rootless: 'value',
    SecurityOptions: { list: 'value' },
    Swarm: { fields: { LocalNodeState: 'value' } },
  },
};

export interface EngineAnswers {
  readonly version: unknown;
  /** May be missing: an engine that answers only `/version` is still an engine. */
  readonly info?: unknown;
}

export interface EnginePlace {
  readonly endpoint: string;
  readonly context?: string;
}

/** Podman puts itself first among the components of `/version`; Docker's first is called `Engine`. */
const PODMAN_COMPONENT = 'Podman Engine';

/** The engine, or undefined when the answers are not those of a container engine at all. */
export function parseEngine(answers: EngineAnswers, place: EnginePlace): Engine | undefined {
  const version = asRecord(answers.version);
  const info = asRecord(answers.info);
  const apiVersion = asText(version['ApiVersion']);
  const swarmState = asText(asRecord(info['Swarm'])['LocalNodeState']);
  const serverVersion = firstText(info['ServerVersion'], version['Version']);
  if (serverVersion === undefined) return undefined;
  return {
    endpoint: place.endpoint,
    serverVersion,
    operatingSystem:
      firstText(info['OperatingSystem'], asRecord(version['Platform'])['Name']) ?? '',
    kernelVersion: firstText(info['KernelVersion'], version['KernelVersion']) ?? '',
    osType: firstText(info['OSType'], version['Os']) ?? '',
    name: asText(info['Name']) ?? '',
    isRootless: isRootless(info),
    ...(place.context === undefined ? {} : { context: place.context }),
    ...(apiVersion !== undefined && { apiVersion }),
    ...(swarmState !== undefined && { swarmState }),
    flavour: podmanComponent(version) === undefined ? 'docker' : 'podman',
  };
}

/** Version of Podman's own API (`5.4.0`), which its own paths must name; undefined for Docker. */
export function podmanApiVersion(version: unknown): string | undefined {
  const details = asRecord(podmanComponent(asRecord(version))?.['Details']);
  const api = asText(details['APIVersion']);
  return api !== undefined && /^\d+(\.\d+){0,2}$/.test(api) ? api : undefined;
}

function podmanComponent(
  version: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  return asList(version['Components'])
    .map(asRecord)
    .find((component) => component['Name'] === PODMAN_COMPONENT);
}

/** Docker lists `name=rootless` among its security options; Podman does too, and has a field of its own. */
function isRootless(info: Readonly<Record<string, unknown>>): boolean {
  if (info['Rootless'] === true) return true;
  return asList(info['SecurityOptions']).some(
    (option) => typeof option === 'string' && option.split(',').includes('name=rootless'),
  );
}
