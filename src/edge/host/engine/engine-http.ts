// GET requests to a container engine: over a unix socket, a Windows pipe, TCP, or TCP with TLS; bounded in time and size.
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { homedir } from 'node:os';
import { type Fact, known, unknown } from '../../../model/fact.js';
import type { Projection } from '../../../model/projection.js';
import { parseEndpoint } from './engine-endpoint.js';
import { EngineError, failureFact } from './engine-failure.js';
import type { EngineDoor } from '../host.js';
import { peerNetns } from './peer-netns.js';
import { createJsonReader, JsonError } from './projected-json.js';

/** Bounds and surroundings; tests narrow them. */
export interface EngineDoorOptions {
  /** `DOCKER_TLS_VERIFY` and `DOCKER_CERT_PATH` are read from here; default: the process's own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** From the first byte out to the last byte in. An engine of this machine answers in a few milliseconds. */
  readonly timeoutMs?: number;
  /** 10,000 containers take about 12 MiB. */
  readonly limitBytes?: number;
}

interface Bounds {
  readonly timeoutMs: number;
  readonly limitBytes: number;
}

const DEFAULT_TIMEOUT_MS = 1500;
const DEFAULT_LIMIT_BYTES = 16 * 1024 * 1024;

/** The door to every engine; each call is a connection of its own, and never throws. */
export function createEngineDoor(options: EngineDoorOptions = {}): EngineDoor {
  const env = options.env ?? process.env;
  const bounds = {
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    limitBytes: options.limitBytes ?? DEFAULT_LIMIT_BYTES,
  };
  return {
    peerNetns,
    async getJson(
      endpoint,
      path,
      projection,
      { timeoutMs = bounds.timeoutMs, mayBeGone = false } = {},
    ) {
      const place = parseEndpoint(endpoint, env, homedir());
      if ('state' in place) return place;
      try {
        const { request } = place.isTls ? await import('node:https') : await import('node:http');
        const wanted = { ...place.request, path, method: 'GET', agent: false };
        const patience = { ...bounds, timeoutMs: Math.min(timeoutMs, bounds.timeoutMs) };
        const { status, value } = await exchange(request, wanted, { ...patience, projection });
        if (status === 200) return known(value);
        return refusal(endpoint, path, { status, mayBeGone });
      } catch (error) {
        return failureFact(endpoint, error);
      }
    },
  };
}

interface Answer {
  readonly status: number;
  /** What was kept of the answer; undefined where the status is not 200. */
  readonly value: unknown;
}

/** One request and its whole answer, or the error that ended it. */
function exchange(
  request: (options: RequestOptions) => ClientRequest,
  options: RequestOptions,
  bounds: Bounds & { readonly projection: Projection },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const client = request(options);
    // Destroying a request whose answer has begun reports a bare "aborted": the true reason is settled first.
    const fail = (why: string): void => {
      reject(new EngineError(why));
      client.destroy();
    };
    const late = `did not answer within ${String(bounds.timeoutMs)} ms`;
    const timer = setTimeout(fail, bounds.timeoutMs, late);
    client.on('error', reject);
    client.on('close', () => {
      clearTimeout(timer);
    });
    client.on('response', (response) => {
      const status = response.statusCode ?? 0;
      if (status !== 200) {
        resolve({ status, value: undefined });
        client.destroy();
        return;
      }
      collect(response, bounds).then(
        (value) => {
          resolve({ status, value });
        },
        (error: unknown) => {
          fail(whyGivenUp(error, options.path ?? ''));
        },
      );
    });
    client.end();
  });
}

/** What is kept of the body, which itself is never held as a whole. */
async function collect(
  response: IncomingMessage,
  { limitBytes, projection }: Pick<Bounds, 'limitBytes'> & { readonly projection: Projection },
): Promise<unknown> {
  const reader = createJsonReader(projection);
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes)
      throw new EngineError(`answered more than ${String(limitBytes / 1024 / 1024)} MiB`);
    reader.write(chunk);
  }
  return reader.end();
}

function whyGivenUp(error: unknown, path: string): string {
  if (error instanceof EngineError) return error.message;
  if (error instanceof JsonError) return `answered ${path} with ${error.message}`;
  return 'broke off its answer';
}

function refusal(
  endpoint: string,
  path: string,
  { status, mayBeGone }: { readonly status: number; readonly mayBeGone: boolean },
): Fact<never> {
  if (status === 401 || status === 403)
    return unknown('denied', `${endpoint} refused ${path} (HTTP ${status.toString()})`);
  if (status === 404 && mayBeGone) return unknown('absent', `${endpoint} has no ${path} any more`);
  return unknown('failed', `${endpoint} answered ${path} with HTTP ${status.toString()}`);
}
