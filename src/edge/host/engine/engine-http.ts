// GET requests to a container engine: over a unix socket, a Windows pipe, TCP, or TCP with TLS; bounded in time and size.
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { homedir } from 'node:os';
import { type Fact, known, unknown } from '../../../model/fact.js';
import { parseEndpoint } from './engine-endpoint.js';
import { EngineError, failureFact } from './engine-failure.js';
import type { EngineDoor } from '../host.js';
import { peerNetns } from './peer-netns.js';

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
    async getJson(endpoint, path, { timeoutMs = bounds.timeoutMs, mayBeGone = false } = {}) {
      const place = parseEndpoint(endpoint, env, homedir());
      if ('state' in place) return place;
      try {
        const { request } = place.isTls ? await import('node:https') : await import('node:http');
        const wanted = { ...place.request, path, method: 'GET', agent: false };
        const patience = { ...bounds, timeoutMs: Math.min(timeoutMs, bounds.timeoutMs) };
        const answer = await exchange(request, wanted, patience);
        if (answer.status === 404 && mayBeGone)
          return unknown('absent', `${endpoint} has no ${path} any more`);
        return interpret(endpoint, path, answer);
      } catch (error) {
        return failureFact(endpoint, error);
      }
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One request and its whole answer, or the error that ended it. */
function exchange(
  request: (options: RequestOptions) => ClientRequest,
  options: RequestOptions,
  bounds: Bounds,
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
      collect(response, bounds.limitBytes, fail).then(
        (body) => {
          resolve({ status: response.statusCode ?? 0, body });
        },
        () => {
          fail('broke off its answer');
        },
      );
    });
    client.end();
  });
}

async function collect(
  response: IncomingMessage,
  limitBytes: number,
  fail: (why: string) => void,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes) fail(`answered more than ${String(limitBytes / 1024 / 1024)} MiB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function interpret(endpoint: string, path: string, answer: Answer): Fact<unknown> {
  if (answer.status === 401 || answer.status === 403) {
    return unknown('denied', `${endpoint} refused ${path} (HTTP ${answer.status})`);
  }
  if (answer.status !== 200)
    return unknown('failed', `${endpoint} answered ${path} with HTTP ${answer.status}`);
  try {
    return known(JSON.parse(answer.body) as unknown);
  } catch {
    return unknown('failed', `${endpoint} answered ${path} with something that is not JSON`);
  }
}
