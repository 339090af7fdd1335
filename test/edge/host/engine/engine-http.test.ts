import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createEngineDoor } from '../../../../src/edge/host/engine/engine-http.js';
import { answering, babbling, hanging, type StandIn } from '../../../support/engine-servers.js';

const door = createEngineDoor({ env: {}, timeoutMs: 300, limitBytes: 64 * 1024 });
const ANY = { others: 'value' } as const;
const opened: StandIn[] = [];

async function keep(standIn: Promise<StandIn>): Promise<StandIn> {
  const made = await standIn;
  opened.push(made);
  return made;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map(async ({ close }) => close()));
});

describe('getJson', () => {
  it('asks with GET, and hands over the JSON', async () => {
    const { endpoint, asked } = await keep(answering({ '/version': { Version: '28.1.1' } }));
    expect(await door.getJson(endpoint, '/version', ANY)).toEqual({
      state: 'known',
      value: { Version: '28.1.1' },
    });
    expect(asked).toEqual(['GET /version']);
  });

  it('speaks to tcp://', async () => {
    const server = createServer((_request, response) => response.end('{"a":1}'));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const answer = await door.getJson(`tcp://127.0.0.1:${String(port)}`, '/version', ANY);
    server.close();
    expect(answer).toEqual({ state: 'known', value: { a: 1 } });
  });

  it('gives up on a socket that hangs', async () => {
    const { endpoint } = await keep(hanging());
    const started = performance.now();
    const answer = await door.getJson(endpoint, '/version', ANY);
    expect(answer).toEqual({
      state: 'failed',
      reason: `${endpoint} did not answer within 300 ms`,
    });
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('gives up on an answer that drips', async () => {
    const { endpoint } = await keep(
      babbling('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{', true),
    );
    expect(await door.getJson(endpoint, '/info', ANY)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('did not answer within') as string,
    });
  });

  it.each([
    ['SSH-2.0-OpenSSH_9.2\r\n', 'answered something that is not HTTP'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{', 'broke off its answer'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'something that is not JSON'],
    ['HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n', 'with HTTP 500'],
    ['', 'closed the connection without an answer'],
  ])('says what was wrong with %j', async (bytes, why) => {
    const { endpoint } = await keep(babbling(bytes));
    const answer = await door.getJson(endpoint, '/version', ANY);
    expect(answer.state).toBe('failed');
    expect('reason' in answer && answer.reason).toContain(why);
  });

  it('never holds what the projection leaves out', async () => {
    const { endpoint } = await keep(answering({ '/x': { Id: 'a', Env: ['A=secret'] } }));
    expect(await door.getJson(endpoint, '/x', { fields: { Id: 'value' } })).toEqual({
      state: 'known',
      value: { Id: 'a' },
    });
  });

  it('gives up on JSON that goes down without end', async () => {
    const { endpoint } = await keep(answering({ '/x': '['.repeat(50_000) }));
    expect(await door.getJson(endpoint, '/x', ANY)).toMatchObject({
      state: 'failed',
      reason: `${endpoint} answered /x with JSON that is nested too deeply`,
    });
  });

  it('knows what has vanished only where it was told that this may be', async () => {
    const { endpoint } = await keep(answering({}));
    const asking = { mayBeGone: true };
    expect(await door.getJson(endpoint, '/x', ANY, asking)).toMatchObject({ state: 'absent' });
    expect(await door.getJson(endpoint, '/x', ANY)).toMatchObject({ state: 'failed' });
  });

  it('has less patience where it is asked to', async () => {
    const { endpoint } = await keep(hanging());
    expect(await door.getJson(endpoint, '/x', ANY, { timeoutMs: 20 })).toMatchObject({
      reason: `${endpoint} did not answer within 20 ms`,
    });
  });

  it('takes a refusal for a denial', async () => {
    const { endpoint } = await keep(babbling('HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n'));
    expect(await door.getJson(endpoint, '/info', ANY)).toMatchObject({ state: 'denied' });
  });

  it('does not read without end', async () => {
    const { endpoint } = await keep(answering({ '/networks': ['x'.repeat(100_000)] }));
    expect(await door.getJson(endpoint, '/networks', ANY)).toMatchObject({
      state: 'failed',
      reason: `${endpoint} answered more than 0.0625 MiB`,
    });
  });

  it('tells a socket that is not there from one that nobody listens on, and from a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mvdt-'));
    const file = join(folder, 'file.sock');
    writeFileSync(file, '');
    const missing = await door.getJson(`unix://${folder}/none.sock`, '/version', ANY);
    const stale = await door.getJson(`unix://${file}`, '/version', ANY);
    rmSync(folder, { recursive: true });
    expect(missing).toMatchObject({ state: 'absent' });
    expect(stale).toMatchObject({ state: 'failed' });
  });

  it.each([
    ['ssh://ann@nas', 'skipped', /SSH/],
    ['unix://', 'failed', /no socket/],
    ['tcp://', 'failed', /not an address/],
    ['tcp://127.0.0.1:0', 'failed', /no valid port/],
    ['tcp://127.0.0.1:99999', 'failed', /no valid port/],
    ['tcp://user:secret@host:1', 'failed', /not an address/],
    ['ftp://host', 'failed', /not an address/],
    ['fd://', 'failed', /not an address/],
    ['rm -rf /', 'failed', /not an address/],
    ['tcp://127.0.0.1:1', 'failed', /refused the connection/],
  ])('answers %j without an engine', async (endpoint, state, reason) => {
    const answer = await door.getJson(endpoint, '/version', ANY);
    expect(answer.state).toBe(state);
    expect('reason' in answer && answer.reason).toMatch(reason);
  });
});
