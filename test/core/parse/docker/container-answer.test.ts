import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContainerAnswer } from '../../../../src/core/parse/docker/container-answer.js';
import type { RuntimeContainer } from '../../../../src/model/runtime-network.js';

const LISTED: RuntimeContainer = { id: 'c1', name: 'web', state: 'created', endpoints: [] };

function answered(parts: Record<string, unknown>) {
  return parseContainerAnswer(LISTED, { Id: 'c1', ...parts }, []);
}

function published(hostConfig: Record<string, unknown>, exposed?: Record<string, unknown>) {
  return answered({ HostConfig: hostConfig, Config: { ExposedPorts: exposed } })?.published;
}

describe('parseContainerAnswer', () => {
  it('adds to the listed container what it tells itself', () => {
    const container = answered({
      State: { Status: 'Running', Pid: 4711 },
      HostConfig: { NetworkMode: 'lan', Dns: ['192.0.2.53'], PortBindings: {} },
      NetworkSettings: {
        Networks: {
          lan: { NetworkID: 'n1', IPAddress: '192.0.2.5', Gateway: '192.0.2.1', GwPriority: 7 },
        },
      },
    });
    expect(container).toEqual({
      id: 'c1',
      name: 'web',
      state: 'running',
      endpoints: [
        {
          networkId: 'n1',
          networkName: 'lan',
          ipv4: '192.0.2.5',
          gateway: '192.0.2.1',
          gwPriority: 7,
        },
      ],
      published: [],
      networkMode: 'lan',
      dns: ['192.0.2.53'],
      pid: 4711,
    });
  });

  it('keeps the places of the list where the answer has none, and no number of a process that has ended', () => {
    const endpoints = [{ networkId: 'n1', networkName: 'lan' }];
    const container = parseContainerAnswer(
      { ...LISTED, endpoints },
      { Id: 'c1', State: { Pid: 0 } },
      [],
    );
    expect(container).toEqual({ ...LISTED, endpoints, published: [], dns: [] });
  });

  it.each([
    [
      '-p 8080:80',
      { '80/tcp': [{ HostIp: '', HostPort: '8080' }] },
      [{ port: 80, protocol: 'tcp', hostPort: 8080 }],
    ],
    [
      '-p 0.0.0.0:53:53/udp',
      { '53/udp': [{ HostIp: '0.0.0.0', HostPort: '53' }] },
      [{ port: 53, protocol: 'udp', hostPort: 53 }],
    ],
    [
      '-p 192.0.2.10::80',
      { '80/tcp': [{ HostIp: '192.0.2.10', HostPort: '' }] },
      [{ port: 80, protocol: 'tcp', hostIp: '192.0.2.10' }],
    ],
    ['-p 80', { '80/tcp': null }, [{ port: 80, protocol: 'tcp' }]],
    ['-p 8000-8010:80', { '80': [{ HostPort: '8000-8010' }] }, [{ port: 80, protocol: 'tcp' }]],
    [
      'two places for one port',
      { '80/tcp': [{ HostPort: '8081' }, { HostPort: '8080' }] },
      [
        { port: 80, protocol: 'tcp', hostPort: 8080 },
        { port: 80, protocol: 'tcp', hostPort: 8081 },
      ],
    ],
    ['what is no port', { 'x/tcp': [], '-1': [], '80/icmp': [] }, []],
    ['what is no list', ['80/tcp'], []],
  ])('reads %s', (_name, bindings, ports) => {
    expect(published({ PortBindings: bindings })).toEqual(ports);
  });

  it('takes -P for every port that is exposed', () => {
    const bindings = { '80/tcp': [{ HostPort: '8080' }] };
    const exposed = { '80/tcp': {}, '443/tcp': {} };
    expect(published({ PortBindings: bindings, PublishAllPorts: true }, exposed)).toEqual([
      { port: 80, protocol: 'tcp', hostPort: 8080 },
      { port: 443, protocol: 'tcp' },
    ]);
    expect(published({ PortBindings: bindings }, exposed)).toHaveLength(1);
  });

  it('keeps a part of a range of thousands', () => {
    const bindings = Object.fromEntries(
      Array.from({ length: 5000 }, (_, at) => [`${String(at + 1)}/udp`, []]),
    );
    expect(published({ PortBindings: bindings })).toHaveLength(256);
  });

  it.each([null, [], 'x', {}, { Id: 'c2' }, { Id: 1 }])('takes %j for no answer', (answer) => {
    expect(parseContainerAnswer(LISTED, answer, [])).toBeUndefined();
  });

  it('never throws, whatever it is given', () => {
    const part = fc.dictionary(
      fc.constantFrom(
        'PortBindings',
        'Dns',
        'NetworkMode',
        'Networks',
        'Pid',
        'ExposedPorts',
        '__proto__',
      ),
      fc.jsonValue(),
    );
    const parts = fc.record(
      {
        State: fc.oneof(part, fc.jsonValue()),
        HostConfig: part,
        NetworkSettings: part,
        Config: part,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(parts, (given) => {
        const container = answered(given);
        expect(container?.name).toBe('web');
        for (const { port } of container?.published ?? []) expect(port).toBeLessThan(100_000);
      }),
    );
  });
});
