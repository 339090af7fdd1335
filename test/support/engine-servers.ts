// Stand-ins for a container engine on a unix socket: one that answers, and ones that behave badly.
import { createServer as createHttpServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface StandIn {
  readonly endpoint: string;
  readonly path: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

/** Answers each path with its body: text as it is, anything else as JSON; other paths are 404. */
export async function answering(bodies: Readonly<Record<string, unknown>>): Promise<StandIn> {
  const asked: string[] = [];
  const server = createHttpServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const body = bodies[request.url ?? ''];
    response.statusCode = body === undefined ? 404 : 200;
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  });
  return listen(server, asked);
}

/** Accepts and never says a word. */
export async function hanging(): Promise<StandIn> {
  return listen(createServer(() => undefined));
}

/** Says the same bytes to everybody, then hangs up or stays. */
export async function babbling(bytes: string, stays = false): Promise<StandIn> {
  return listen(
    createServer((socket) => {
      socket.on('error', () => undefined);
      if (stays) socket.write(bytes);
      else socket.end(bytes);
    }),
  );
}

async function listen(server: Server, asked: readonly string[] = []): Promise<StandIn> {
  const folder = mkdtempSync(join(tmpdir(), 'mvdt-'));
  const path = join(folder, 'engine.sock');
  const sockets = new Set<{ destroy: () => void }>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(path, resolve);
  });
  return {
    endpoint: `unix://${path}`,
    path,
    asked,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
