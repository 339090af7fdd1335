// The forms in which people write where a container engine listens (`DOCKER_HOST`, contexts), as options for node:http.
import { readFileSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { join } from 'node:path';
import { type Fact, unknown } from '../../../model/fact.js';

/** An endpoint as node:http or node:https takes it. */
export interface EnginePlace {
  readonly isTls: boolean;
  readonly request: RequestOptions;
}

/** Docker's own defaults for `tcp://` without a port. */
const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

/** Options for the request, or why this endpoint cannot be asked. */
export function parseEndpoint(
  endpoint: string,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): EnginePlace | Fact<never> {
  if (endpoint.startsWith('unix://')) return local(endpoint.slice('unix://'.length));
  if (endpoint.startsWith('npipe://')) return local(endpoint.slice('npipe://'.length));
  if (endpoint.startsWith('ssh://')) {
    return unknown(
      'skipped',
      `${endpoint} is behind SSH, which is not opened; run the doctor on that machine`,
    );
  }
  const match = /^(tcp|https?):\/\/(?:\[([\da-fA-F:.]+)\]|([^/:[\]@]+))(?::(\d{1,5}))?\/?$/.exec(
    endpoint,
  );
  const host = match?.[2] ?? match?.[3];
  if (match === null || host === undefined)
    return unknown('failed', `${endpoint} is not an address of an engine`);
  const isTls = match[1] === 'https' || (match[1] === 'tcp' && Boolean(env['DOCKER_TLS_VERIFY']));
  const port = match[4] === undefined ? (isTls ? TLS_PORT : PLAIN_PORT) : Number(match[4]);
  if (port === 0 || port > 65_535) return unknown('failed', `${endpoint} names no valid port`);
  return { isTls, request: { host, port, ...(isTls ? certificates(env, home) : {}) } };
}

/** A path in the file system, or a pipe's name; the name in `Host` is never looked up. */
function local(socketPath: string): EnginePlace | Fact<never> {
  if (socketPath === '') return unknown('failed', 'the address of the engine names no socket');
  return { isTls: false, request: { socketPath, headers: { host: 'localhost' } } };
}

/** As `docker` has it: ca.pem, cert.pem and key.pem in `DOCKER_CERT_PATH`, or in `~/.docker`; each is optional. */
function certificates(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): RequestOptions {
  const folder = env['DOCKER_CERT_PATH'] || join(home, '.docker');
  const read = (name: string): Buffer | undefined => {
    try {
      return readFileSync(join(folder, name));
    } catch {
      return undefined;
    }
  };
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
}
