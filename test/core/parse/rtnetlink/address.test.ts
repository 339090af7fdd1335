import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIpAddresses } from '../../../../src/core/parse/ip-json.js';
import { parseAddresses } from '../../../../src/core/parse/rtnetlink/address.js';
import { linkNames, parseLinks } from '../../../../src/core/parse/rtnetlink/link.js';
import { request } from '../../../../src/core/parse/rtnetlink/message.js';
import {
  bytes,
  hostileMessages,
  printed,
  recorded,
  valueOf,
} from '../../../support/netlink-bytes.js';

const NEWADDR = 20;
const names = linkNames(parseLinks(recorded('links')));

function ipv6(flags: number, wideFlags?: number) {
  const header = Uint8Array.of(10, 64, flags, 253, ...bytes([4, 3]));
  const local = Uint8Array.of(0xfe, 0x80, ...new Uint8Array(13), 5);
  const wide = wideFlags === undefined ? [] : ([[8, bytes([4, wideFlags])]] as const);
  return request(NEWADDR, header, [[1, local], ...wide]);
}

describe('parseAddresses', () => {
  it('reads recorded addresses as iproute2 prints them', () => {
    const addresses = parseAddresses(recorded('addresses'), names);
    expect(addresses.length).toBeGreaterThan(8);
    expect(addresses).toStrictEqual(valueOf(parseIpAddresses(printed('addresses'))));
    expect(addresses).toContainEqual(
      expect.objectContaining({ local: '198.51.100.1', address: '198.51.100.2', prefixlen: 32 }),
    );
    expect(addresses).toContainEqual(
      expect.objectContaining({ local: '192.0.2.6', secondary: true }),
    );
  });

  it('reads flags, from the header where an old kernel has only that', () => {
    const found = parseAddresses([ipv6(0x40 | 0x08 | 0x80)], new Map([[3, 'eth0']]))[0];
    expect(found).toEqual({
      ifname: 'eth0',
      family: 'inet6',
      local: 'fe80::5',
      prefixlen: 64,
      scope: 'link',
      tentative: true,
      dadfailed: true,
    });
    expect(parseAddresses([ipv6(0, 0x201)], new Map())[0]).toMatchObject({
      ifname: 'if3',
      noprefixroute: true,
      dynamic: true,
    });
    expect(parseAddresses([ipv6(0, 0x201)], new Map())[0]).not.toHaveProperty('secondary');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(hostileMessages(NEWADDR, recorded('addresses')), (messages) => {
        for (const one of parseAddresses(messages, names)) expect(one.prefixlen).toBeLessThan(129);
      }),
    );
  });
});
