// Why an engine did not answer, in words for a report.
import { type Fact, type UnknownState, unknown } from '../../../model/fact.js';

/** A failure that is found here and not by the operating system; the message goes on after the engine's address. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}

const REASONS: ReadonlyMap<string, readonly [UnknownState, string]> = new Map(
  Object.entries({
    ENOENT: ['absent', 'does not exist'],
    ENOTDIR: ['absent', 'does not exist'],
    EACCES: ['denied', 'may not be opened by this user; run as root or join the docker group'],
    EPERM: ['denied', 'may not be opened by this user; run as root or join the docker group'],
    ECONNREFUSED: ['failed', 'refused the connection: the engine is not running'],
    ENOTSOCK: ['failed', 'is not a socket'],
    EAGAIN: ['failed', 'takes no more connections: the engine does not keep up'],
    ENOTFOUND: ['failed', 'has a host name that is not known'],
    EAI_AGAIN: ['failed', 'has a host name that could not be looked up'],
    ECONNRESET: ['failed', 'closed the connection without an answer'],
    EPIPE: ['failed', 'closed the connection without an answer'],
  }),
);

/** The fact that stands for a thrown error. */
export function failureFact(endpoint: string, error: unknown): Fact<never> {
  if (error instanceof EngineError) return unknown('failed', `${endpoint} ${error.message}`);
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code.startsWith('HPE_'))
    return unknown('failed', `${endpoint} answered something that is not HTTP`);
  const [state, why] = REASONS.get(code) ?? ['failed', `could not be asked (${code})`];
  return unknown(state, `${endpoint} ${why}`);
}
