import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIpRoutes } from '../../../../src/core/parse/ip-json.js';
import { linkNames, parseLinks } from '../../../../src/core/parse/rtnetlink/link.js';
import { request } from '../../../../src/core/parse/rtnetlink/message.js';
import {
  parseRouteLookup,
  parseRoutes,
  routeLookupRequest,
  sortRoutes,
} from '../../../../src/core/parse/rtnetlink/route.js';
import {
  bytes,
  hostileMessages,
  printed,
  recorded,
  valueOf,
} from '../../../support/netlink-bytes.js';

const NEWROUTE = 24;
const names = linkNames(parseLinks(recorded('links')));

function route(flags: number, attached: readonly (readonly [number, Uint8Array])[]) {
  const header = Uint8Array.of(2, 0, 0, 0, 254, 3, 0, 1, ...bytes([4, flags]));
  return request(NEWROUTE, header, attached);
}

function refused(code: number) {
  return [request(2, bytes([4, -code], [4, 0]))];
}

describe('parseRoutes', () => {
  it('reads recorded routes as iproute2 prints them', () => {
    const routes = parseRoutes(recorded('routes'), names);
    expect(routes.length).toBeGreaterThan(20);
    expect(routes).toStrictEqual(
      sortRoutes([
        ...valueOf(parseIpRoutes(printed('routes-inet'))),
        ...valueOf(parseIpRoutes(printed('routes-inet6'), 'inet6')),
      ]),
    );
  });

  it('reads next hops, gateways of the other family, tables and types', () => {
    const found = new Map(
      parseRoutes(recorded('routes'), names).map((one) => [`${one.family} ${one.dst}`, one]),
    );
    expect(found.get('inet 10.8.0.0/16')?.nexthops).toEqual([
      { gateway: '192.0.2.2', dev: 'eth0', flags: [] },
      { gateway: '192.0.2.3', dev: 'eth0', flags: ['onlink'] },
    ]);
    expect(found.get('inet 10.15.0.0/16')?.gateway).toBe('fe80::1');
    expect(found.get('inet 10.9.0.0/16')?.type).toBe('blackhole');
    expect(found.get('inet 10.12.0.0/16')).toMatchObject({ type: 'throw', table: '100' });
    expect(found.get('inet default')).toMatchObject({ protocol: 'dhcp', metric: 100 });
  });

  it('leaves out cached exceptions and families other than IP', () => {
    const other = request(NEWROUTE, Uint8Array.of(28, ...new Uint8Array(11)));
    expect(parseRoutes([route(0x200, []), other], names)).toEqual([]);
  });

  it('ends a list of next hops at an impossible length', () => {
    const hops = Uint8Array.of(
      ...bytes([2, 8], [2, 0], [4, 9]),
      ...bytes([2, 400], [2, 0], [4, 9]),
    );
    expect(parseRoutes([route(0x11, [[9, hops]])], names)[0]).toMatchObject({
      flags: ['dead', 'linkdown'],
      nexthops: [{ dev: expect.any(String) as string, flags: [] }],
    });
    expect(
      parseRoutes([route(0, [[9, bytes([2, 0], [2, 0], [4, 9])]])], names)[0],
    ).not.toHaveProperty('nexthops');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(hostileMessages(NEWROUTE, recorded('routes')), (messages) => {
        for (const one of parseRoutes(messages, names)) expect(one.dst).not.toBe('');
      }),
    );
  });
});

describe('parseRouteLookup', () => {
  it('reads the way of a packet', () => {
    expect(parseRouteLookup(recorded('route-lookup'), '203.0.113.5', names)).toMatchObject({
      dst: '203.0.113.5',
      dev: expect.any(String) as string,
      table: 'main',
      type: 'unicast',
    });
  });

  it('tells why the kernel refuses', () => {
    expect(parseRouteLookup(recorded('route-lookup-refused'), '10.10.0.1', names)).toEqual({
      dst: '10.10.0.1',
      error: 'No route to host',
    });
    expect(parseRouteLookup(refused(101), '1.2.3.4', names).error).toBe('Network is unreachable');
    expect(parseRouteLookup(refused(99), '1.2.3.4', names).error).toBe('error 99');
    expect(parseRouteLookup([], '1.2.3.4', names).error).toBe('the kernel gave no answer');
  });
});

describe('routeLookupRequest', () => {
  it('asks for one IPv4 address, with the table', () => {
    const sent = routeLookupRequest('192.0.2.7');
    expect(sent && [...sent.subarray(16)]).toEqual([
      2, 32, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 8, 0, 1, 0, 192, 0, 2, 7,
    ]);
    expect(['', '1.2.3', '1.2.3.256', 'fe80::1', '1.2.3.4.5'].map(routeLookupRequest)).toEqual(
      Array.from({ length: 5 }),
    );
  });
});
