// A real engine's API, as Compose uses it: networks and containers without a client that has opinions of its own.
import { request } from 'node:http';
import type { RealEngine } from './real-engine.js';

export interface Answer {
  readonly ok: boolean;
  /** The engine's words where it refuses. */
  readonly says: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export function callEngine(
  { socket }: Pick<RealEngine, 'socket'>,
  method: 'DELETE' | 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const sent = request({ socketPath: socket, method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => {
        const ok = (response.statusCode ?? 500) < 400;
        const body = text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {};
        const { message } = body as { readonly message?: string };
        resolve({ ok, says: ok ? '' : (message ?? text), body });
      });
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
