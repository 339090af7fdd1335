import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIpLinks } from '../../../../src/core/parse/ip-json.js';
import {
  linkNames,
  linksRequest,
  nameOf,
  parseLinks,
} from '../../../../src/core/parse/rtnetlink/link.js';
import { request } from '../../../../src/core/parse/rtnetlink/message.js';
import {
  bytes,
  hostileMessages,
  printed,
  recorded,
  text,
  valueOf,
} from '../../../support/netlink-bytes.js';

const NEWLINK = 16;
type Attribute = readonly [number, Uint8Array];

function link(ifindex: number, name: string, attached: readonly Attribute[] = [], flags = 0x1003) {
  const header = bytes([2, 0], [2, 1], [4, ifindex], [4, flags], [4, 0]);
  return request(NEWLINK, header, [[3, text(name)], ...attached]);
}

/** IFLA_LINKINFO with IFLA_INFO_KIND and IFLA_INFO_DATA. */
function kind(name: string, data: readonly Attribute[]): Attribute {
  const inner = request(0, new Uint8Array(), data).subarray(16);
  return [
    18,
    request(0, new Uint8Array(), [
      [1, text(name)],
      [2, inner],
    ]).subarray(16),
  ];
}

function hardware(type: number, size: number) {
  const header = bytes([2, 0], [2, type], [4, 1], [4, 0], [4, 0]);
  const address = new Uint8Array(size).fill(1);
  const message = request(NEWLINK, header, [
    [3, text('t')],
    [1, address],
  ]);
  return parseLinks([message])[0];
}

describe('parseLinks', () => {
  it('reads recorded links as iproute2 prints them', () => {
    const links = parseLinks(recorded('links'));
    expect(links.length).toBeGreaterThan(8);
    expect(links).toStrictEqual(valueOf(parseIpLinks(printed('links'))));
  });

  it('reads a child in another namespace, its mode and the ids that lead to its parent', () => {
    const eth0 = parseLinks(recorded('links')).find(({ ifname }) => ifname === 'eth0');
    expect(eth0).toMatchObject({
      link_index: expect.any(Number) as number,
      link_netnsid: expect.any(Number) as number,
      address: '02:00:00:00:03:01',
      linkinfo: { info_kind: 'macvlan', info_data: { mode: 'bridge', flags: [] } },
    });
    expect(eth0).not.toHaveProperty('link');
  });

  it.each([
    [
      kind('macvlan', [
        [1, bytes([4, 1])],
        [2, bytes([2, 3])],
      ]),
      { mode: 'private', flags: ['nopromisc', 'nodst'] },
    ],
    [kind('macvtap', [[1, bytes([4, 64])]]), { mode: 'unknown', flags: [] }],
    [kind('macvlan', []), { mode: 'unknown', flags: [] }],
    [kind('ipvlan', [[1, bytes([2, 0])]]), { mode: 'l2' }],
    [kind('ipvlan', [[1, bytes([2, 2])]]), { mode: 'l3s' }],
    [
      kind('ipvlan', [
        [1, bytes([2, 0])],
        [2, bytes([2, 1])],
      ]),
      { mode: 'l2', flags: ['private'] },
    ],
    [
      kind('ipvtap', [
        [1, bytes([2, 1])],
        [2, bytes([2, 2])],
      ]),
      { mode: 'l3', flags: ['vepa'] },
    ],
    [
      kind('ipvlan', [
        [1, bytes([2, 0])],
        [2, bytes([2, 0])],
      ]),
      { mode: 'l2' },
    ],
    [kind('vlan', [[1, bytes([2, 42])]]), { id: 42 }],
    [kind('vxlan', [[1, bytes([4, 42])]]), undefined],
  ])('reads the data of a kind', (attribute, data) => {
    expect(parseLinks([link(5, 'x', [attribute])])[0]?.linkinfo?.info_data).toEqual(data);
  });

  it('finds parents and masters by name in the same dump, wherever they stand in it', () => {
    const links = parseLinks([
      link(4, 'vlan4', [[5, bytes([4, 2])]]),
      link(3, 'lost', [
        [5, bytes([4, 99])],
        [10, bytes([4, 2])],
      ]),
      link(2, 'eth0', [], 0x1002),
      link(6, 'alone', [[5, bytes([4, 0])]]),
    ]);
    expect(links.map(({ ifname, link: lower, master }) => [ifname, lower, master])).toEqual([
      ['eth0', undefined, undefined],
      ['lost', 'if99', 'eth0'],
      ['vlan4', 'eth0', undefined],
      ['alone', null, undefined],
    ]);
    expect(links.find(({ ifname }) => ifname === 'vlan4')?.flags).toContain('M-DOWN');
  });

  it('reads the address of a tunnel as an IP address and that of InfiniBand in full', () => {
    expect(hardware(768, 4)).toMatchObject({ link_type: 'ipip', address: '1.1.1.1' });
    expect(hardware(32, 20)?.address).toHaveLength(59);
    expect(hardware(0xfffe, 0)).not.toHaveProperty('address');
    expect(hardware(12345, 6)?.link_type).toBe('[12345]');
  });

  it('passes over a link without a name', () => {
    expect(parseLinks([request(NEWLINK, new Uint8Array(16)), new Uint8Array(3)])).toEqual([]);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(hostileMessages(NEWLINK, recorded('links')), (messages) => {
        for (const one of parseLinks(messages)) expect(one.ifname).not.toBe('');
      }),
    );
  });
});

describe('linksRequest', () => {
  it('asks for everything but statistics', () => {
    expect([...linksRequest()]).toEqual([
      40,
      0,
      0,
      0,
      18,
      0,
      1,
      3,
      ...Array.from({ length: 24 }, () => 0),
      8,
      0,
      29,
      0,
      8,
      0,
      0,
      0,
    ]);
  });
});

describe('linkNames', () => {
  it('names by ifindex, unknown ones as iproute2 does', () => {
    const names = linkNames(parseLinks([link(7, 'eth7')]));
    expect([nameOf(names, 7), nameOf(names, 8)]).toEqual(['eth7', 'if8']);
  });
});
