import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contains,
  covers,
  ipv4FromNumber,
  ipv4Range,
  overlaps,
  parseCidr,
} from '../../../../src/core/derive/addressing/subnets.js';
import { freeBlock, shimAddress, type Ground } from '../../../../src/core/plan/suggest/range.js';

function ground(subnet: string, more: Partial<Ground> & { used?: readonly number[] } = {}): Ground {
  const { used = [], ...rest } = more;
  const first = ipv4Range(subnet)?.first ?? 0;
  const taken = new Set(used.map((at) => ipv4FromNumber(first + at)));
  return { subnet, taken, others: [], ...rest };
}

describe('a free block', () => {
  it.each([
    ['an empty /24, its end left out', ground('192.0.2.0/24'), 1, '192.0.2.240/29'],
    ['the router at the top', ground('192.0.2.0/24', { used: [254] }), 1, '192.0.2.240/29'],
    ['one device in the way', ground('192.0.2.0/24', { used: [243] }), 1, '192.0.2.232/29'],
    ['more containers', ground('192.0.2.0/24'), 8, '192.0.2.224/28'],
    ['a tiny subnet', ground('192.0.2.0/29', { used: [1] }), 1, '192.0.2.4/30'],
    ['the end of a small one', ground('192.0.2.0/28', { used: [1] }), 1, '192.0.2.8/29'],
    ['others', ground('192.0.2.0/24', { others: ['192.0.2.128/25'] }), 1, '192.0.2.120/29'],
    [
      'what was asked through alone',
      ground('10.0.0.0/8', { asked: ['10.0.7.0/26'] }),
      1,
      '10.0.7.56/29',
    ],
    ['a /31', ground('192.0.2.0/31'), 1, undefined],
    ['nothing that was asked', ground('192.0.2.0/24', { asked: [] }), 1, undefined],
    ['nothing that is free', ground('192.0.2.0/24', { others: ['192.0.2.0/23'] }), 1, undefined],
  ])('is found beside %s', (_what, where, containers, block) => {
    expect(freeBlock(where, containers)).toBe(block);
  });

  it.each([
    ['192.0.2.64/26', ground('192.0.2.0/24'), '192.0.2.64/26'],
    ['192.0.2.64/26', ground('192.0.2.0/24', { used: [70] }), '192.0.2.240/29'],
    ['198.51.100.0/26', ground('192.0.2.0/24'), '192.0.2.240/29'],
    ['10.0.0.0/8', ground('10.0.0.0/8', { asked: ['10.0.0.0/8'] }), '10.255.255.240/29'],
  ])('is the one that was wanted where that is free: %s', (wanted, where, block) => {
    expect(freeBlock(where, 1, wanted)).toBe(block);
  });

  const grounds = fc
    .record({
      prefixlen: fc.integer({ min: 20, max: 30 }),
      at: fc.nat(0xff_ff_ff),
      used: fc.uniqueArray(fc.nat(300), { maxLength: 60 }),
      containers: fc.integer({ min: 1, max: 40 }),
    })
    .map(({ prefixlen, at, used, containers }) => ({
      where: ground(parseCidr(`${ipv4FromNumber(0x0a_00_00_00 + at)}/${prefixlen}`)?.text ?? '', {
        used,
      }),
      containers,
    }));

  it('is aligned, inside, nobody’s and large enough; the shim has an address of its own', () => {
    fc.assert(
      fc.property(grounds, ({ where, containers }) => {
        const block = freeBlock(where, containers);
        if (block === undefined) return;
        expect(parseCidr(block)?.text).toBe(block);
        expect(covers(where.subnet, block)).toBe(true);
        const net = ipv4Range(where.subnet) ?? { first: 0, last: 0 };
        const ends = [ipv4FromNumber(net.first), ipv4FromNumber(net.last)];
        const inside = [...where.taken].filter((ip) => contains(block, ip));
        expect(inside.filter((ip) => !ends.includes(ip))).toEqual([]);
        const { first, last } = ipv4Range(block) ?? { first: 0, last: 0 };
        expect(last - first + 1).toBeGreaterThan(containers);
        const shim = shimAddress(where, block) ?? '';
        expect(contains(where.subnet, shim) && !where.taken.has(shim)).toBe(true);
        expect(ends).not.toContain(shim);
      }),
    );
  });

  it('never overlaps what others hand out', () => {
    fc.assert(
      fc.property(grounds, fc.integer({ min: 24, max: 30 }), ({ where, containers }, width) => {
        const other =
          parseCidr(`${where.subnet.split('/')[0] ?? ''}/${width.toString()}`)?.text ?? '';
        const block = freeBlock({ ...where, others: [other] }, containers);
        expect(block === undefined || !overlaps(block, other)).toBe(true);
      }),
    );
  });
});
