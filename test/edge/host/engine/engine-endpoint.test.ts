import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEndpoint } from '../../../../src/edge/host/engine/engine-endpoint.js';

describe('parseEndpoint', () => {
  it.each([
    ['unix:///var/run/docker.sock', { socketPath: '/var/run/docker.sock' }],
    ['npipe:////./pipe/docker_engine', { socketPath: '//./pipe/docker_engine' }],
    ['tcp://192.0.2.1', { host: '192.0.2.1', port: 2375 }],
    ['tcp://[2001:db8::1]:2377', { host: '2001:db8::1', port: 2377 }],
    ['http://nas:80/', { host: 'nas', port: 80 }],
  ])('reads %s', (endpoint, request) => {
    expect(parseEndpoint(endpoint, {}, '/root')).toMatchObject({ isTls: false, request });
  });

  it('takes certificates from DOCKER_CERT_PATH when DOCKER_TLS_VERIFY says so', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mvdt-'));
    for (const name of ['ca', 'cert', 'key']) writeFileSync(join(folder, `${name}.pem`), name);
    const env = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder };
    const place = parseEndpoint('tcp://nas', env, '/root');
    rmSync(folder, { recursive: true });
    expect(place).toEqual({
      isTls: true,
      request: {
        host: 'nas',
        port: 2376,
        ca: Buffer.from('ca'),
        cert: Buffer.from('cert'),
        key: Buffer.from('key'),
      },
    });
  });

  it('does without certificates that are not there', () => {
    const place = parseEndpoint('https://nas', {}, '/nonexistent');
    expect(place).toMatchObject({ isTls: true, request: { port: 2376 } });
  });
});
