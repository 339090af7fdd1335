import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseBridgeFdb,
  parseIpAddresses,
  parseIpLinks,
  parseIpNeighbours,
  parseIpRoutes,
  parseIpRules,
} from '../../../src/core/parse/ip-json.js';
import { known } from '../../../src/model/fact.js';

const PARSERS = [
  parseIpLinks,
  parseIpAddresses,
  parseIpRoutes,
  parseIpRules,
  parseIpNeighbours,
  parseBridgeFdb,
];

describe('every parser', () => {
  it.each(PARSERS)('%o takes no output for an empty list', (parse) => {
    expect([parse(''), parse(' \n'), parse('[ ]'), parse('[{}]')]).toEqual(
      Array.from({ length: 4 }, () => known([])),
    );
  });

  it.each(PARSERS)('%o says what is not its JSON', (parse) => {
    expect(parse('1: lo: <LOOPBACK>')).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('is not JSON') as string,
    });
    expect(parse('{"ifindex":1}')).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('is not a list') as string,
    });
  });

  it.each(PARSERS)('%o never throws', (parse) => {
    const keys = [
      'ifindex',
      'ifname',
      'dst',
      'dev',
      'priority',
      'addr_info',
      'nexthops',
      'linkinfo',
    ];
    const entry = fc.dictionary(fc.constantFrom(...keys, 'state', 'mac', 'via'), fc.jsonValue());
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.array(entry).map((all) => JSON.stringify(all)),
        ),
        (text) => {
          expect(['known', 'failed']).toContain(parse(text).state);
        },
      ),
    );
  });
});

describe('parseIpLinks', () => {
  it('keeps what the doctor knows of, and older spellings of flags', () => {
    const text = JSON.stringify([
      {
        ifindex: 9,
        link: null,
        ifname: 'mv0',
        flags: ['BROADCAST', 'UP'],
        mtu: 1500,
        master: 'br0',
        operstate: 'UP',
        link_type: 'ether',
        address: '02:00:00:00:00:01',
        linkinfo: {
          info_kind: 'macvlan',
          info_data: { mode: 'passthru', nopromisc: null },
          info_slave_kind: 'bridge',
        },
      },
      { ifindex: 2, ifname: 'v', linkinfo: { info_kind: 'vlan', info_data: { id: 7 } } },
      { ifindex: 3, ifname: 'i', linkinfo: { info_kind: 'ipvlan', info_data: { mode: 'l3' } } },
      {
        ifindex: 4,
        ifname: 'j',
        linkinfo: { info_kind: 'ipvlan', info_data: { mode: 'l2', private: true, vepa: false } },
      },
    ]);
    expect(parseIpLinks(text)).toMatchObject(
      known([
        { ifname: 'v', linkinfo: { info_data: { id: 7 } }, operstate: 'UNKNOWN', promiscuity: 0 },
        { ifname: 'i', linkinfo: { info_data: { mode: 'l3' } } },
        { ifname: 'j', linkinfo: { info_data: { mode: 'l2', flags: ['private'] } } },
        {
          ifname: 'mv0',
          link: null,
          master: 'br0',
          linkinfo: {
            info_data: { mode: 'passthru', flags: ['nopromisc'] },
            info_slave_kind: 'bridge',
          },
        },
      ]),
    );
  });
});

describe('parseIpRoutes', () => {
  it('gives what is left out its meaning, and tells the families apart', () => {
    const text = JSON.stringify([
      { dst: 'default', gateway: '192.0.2.254', dev: 'eth0', flags: [] },
      { dst: 'default', gateway: 'fe80::1', dev: 'eth0', metric: 1024, pref: 'medium' },
      { dst: 'default', dev: 'ppp0', table: 100 },
      { dst: '10.15.0.0/16', via: { family: 'inet6', host: 'fe80::1' }, dev: 'eth0' },
    ]);
    const common = { type: 'unicast', protocol: 'boot', scope: 'global', flags: [] };
    expect(parseIpRoutes(text)).toEqual(
      known([
        { ...common, family: 'inet', table: '100', dst: 'default', dev: 'ppp0' },
        {
          ...common,
          family: 'inet',
          table: 'main',
          dst: '10.15.0.0/16',
          gateway: 'fe80::1',
          dev: 'eth0',
        },
        {
          ...common,
          family: 'inet',
          table: 'main',
          dst: 'default',
          gateway: '192.0.2.254',
          dev: 'eth0',
        },
        {
          ...common,
          family: 'inet6',
          table: 'main',
          dst: 'default',
          gateway: 'fe80::1',
          dev: 'eth0',
          metric: 1024,
        },
      ]),
    );
    expect(parseIpRoutes('[{"dst":"default","dev":"wg0"}]', 'inet6')).toMatchObject(
      known([{ family: 'inet6' }]),
    );
  });
});

describe('parseIpRules', () => {
  it('puts prefixes and marks together', () => {
    const text = JSON.stringify([
      { priority: 9, src: '192.0.2.0', srclen: 24, fwmark: '0x1', fwmask: '0xff', table: 'main' },
      { priority: 1, not: null, src: 'all', dst: '2001:db8::1', nop: null },
    ]);
    expect(parseIpRules(text)).toEqual(
      known([
        { family: 'inet', priority: 9, src: '192.0.2.0/24', fwmark: '0x1/0xff', table: 'main' },
        { family: 'inet6', priority: 1, src: 'all', dst: '2001:db8::1', action: 'nop' },
      ]),
    );
  });
});
