import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Projection, projectedText } from '../../../src/core/bundle/tool-projection.js';

const AS_IT_IS = { field: (_field: string, text: string) => text };
const projected = (value: unknown) => new Projection(AS_IT_IS).of(value);

/** As `ip -d -j link show` has it, with what people and later versions may add. */
const LINK = {
  ifindex: 2,
  ifname: 'lan0',
  ifalias: 'Ann’s desk, call 555-0100',
  flags: ['BROADCAST', 'UP'],
  mtu: 1500,
  linkinfo: { info_kind: 'macvlan', info_data: { mode: 'bridge', password: 'hunter2' } },
  altnames: ['enp3s0'],
  promiscuity: 0,
  inet6_addr_gen_mode: 'eui64',
  phys_port_id: '0011223344',
  gso: null,
  'call Ann (555-0100)': 1,
};

describe('what a tool printed', () => {
  it('keeps numbers, and the texts of listed keys, however deep they are', () => {
    expect(projected([LINK])).toEqual([
      {
        ifindex: 2,
        ifname: 'lan0',
        flags: ['BROADCAST', 'UP'],
        mtu: 1500,
        linkinfo: { info_kind: 'macvlan', info_data: { mode: 'bridge' } },
        altnames: [],
        promiscuity: 0,
        gso: null,
      },
    ]);
  });

  it.each([
    ['a text alone', 'Ann', undefined],
    ['texts in lists alone', ['Ann', ['Ann']], [[]]],
    ['what is not there', undefined, undefined],
    ['a number', 7, 7],
    ['a switch', true, true],
  ])('of %s keeps what nobody wrote', (_name, value, kept) => {
    expect(projected(value)).toEqual(kept);
  });

  it('keeps what the tool calls a table, and not what the host calls it', () => {
    const route = { dst: '192.0.2.0/24', table: 'acmevpn', protocol: 'smithproto', scope: 'uncle' };
    expect(projected([route])).toEqual([{ dst: '192.0.2.0/24' }]);
    expect(projected([{ ifname: 'lan0', group: 'tenants' }])).toEqual([{ ifname: 'lan0' }]);
    const plain = {
      table: 'main',
      protocol: 'kernel',
      scope: 'link',
      group: 'default',
      tos: '0x10',
    };
    expect(projected(plain)).toEqual(plain);
    const numbers = { table: '200', protocol: '99', scope: '3', group: '77' };
    expect(projected(numbers)).toEqual(numbers);
  });

  it('gives every text its stand-in by what it is, and says which words are its own', () => {
    const field = (kind: string, text: string) => (text === 'gone' ? undefined : `${kind} ${text}`);
    const rules = [
      { src: '10.7.3.0', srclen: 24, dst: 'all', iif: 'lan0', table: 'main' },
      { src: '10.7.3.9', oif: 'gone', flags: ['NOARP'] },
    ];
    const { text, words } = projectedText(rules, {
      field: (kind, given) => (given === '10.7.3.0/24' ? '10.9.9.0/24' : field(kind, given)),
    });
    expect(JSON.parse(text)).toEqual([
      { src: '10.9.9.0', srclen: 24, dst: 'all', iif: 'link lan0', table: 'main' },
      { src: 'address 10.7.3.9', flags: ['NOARP'] },
    ]);
    expect([...(words ?? [])].toSorted()).toEqual([
      'all',
      'dst',
      'flags',
      'iif',
      'main',
      'noarp',
      'src',
      'srclen',
      'table',
    ]);
  });

  it('leaves hardware addresses out that nothing masks in a text', () => {
    const infiniband = `80:00:02:08${':fe'.repeat(16)}`;
    const [address, broadcast] = [infiniband, '00:ff:ff:ff:ff:12:40:1b'];
    expect(projected({ ifname: 'ib0', address, broadcast })).toEqual({ ifname: 'ib0' });
    expect(projected({ address: '02:42:c0:00:02:05' })).toEqual({ address: '02:42:c0:00:02:05' });
  });

  it('holds texts of listed keys alone, whatever is in it', () => {
    const key = fc.constantFrom('ifname', 'dst', 'ifalias', 'comment', 'a b', 'é', '__proto__');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom('a text', 1, true, null),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        for (const [name, text] of textsIn(projected(value))) {
          expect(['ifname', 'dst']).toContain(name);
          expect(text).toBe('a text');
        }
      }),
    );
  });
});

/** Each with the key that it stands under, in a list or by itself. */
function textsIn(value: unknown, key?: string): [key: string | undefined, text: string][] {
  if (typeof value === 'string') return [[key, value]];
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => textsIn(one, name));
}
