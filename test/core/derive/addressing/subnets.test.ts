// CIDR arithmetic: known answers, laws, and odd input.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareIps,
  contains,
  covers,
  ipv4FromNumber,
  ipv4Range,
  isIpv4,
  networkOf,
  overlaps,
  parseCidr,
  usableRange,
} from '../../../../src/core/derive/addressing/subnets.js';

const cidr4 = fc
  .tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }))
  .map(([ip, len]) => `${ip}/${len}`);
const cidr6 = fc
  .tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 }))
  .map(([ip, len]) => `${ip}/${len}`);
const cidr = fc.oneof(cidr4, cidr6);

describe('known answers', () => {
  it('clears host bits', () => {
    expect(parseCidr('192.0.2.77/24')?.text).toBe('192.0.2.0/24');
    expect(parseCidr('192.0.2.77')?.text).toBe('192.0.2.77/32');
    expect(networkOf('10.1.2.3', 9)).toBe('10.0.0.0/9');
    expect(networkOf('2001:db8::beef', 64)).toBe('2001:db8::/64');
    expect(networkOf('192.0.2.1', 0)).toBe('0.0.0.0/0');
  });

  it('tells what lies in what', () => {
    expect(contains('192.0.2.0/24', '192.0.2.255')).toBe(true);
    expect(contains('192.0.2.0/25', '192.0.2.128')).toBe(false);
    expect(contains('::/0', '192.0.2.1')).toBe(false);
    expect(covers('192.0.2.0/24', '192.0.2.64/26')).toBe(true);
    expect(covers('192.0.2.64/26', '192.0.2.0/24')).toBe(false);
    expect(overlaps('192.168.0.0/16', '192.168.1.0/24')).toBe(true);
    expect(overlaps('2001:db8::/32', '2001:db8:1::/48')).toBe(true);
    expect(overlaps('192.168.0.0/24', '192.168.1.0/24')).toBe(false);
  });

  it('knows which addresses hosts may have', () => {
    expect(usableRange('192.0.2.0/30')).toEqual({ first: 3_221_225_985, last: 3_221_225_986 });
    expect(usableRange('192.0.2.0/31')).toEqual(ipv4Range('192.0.2.0/31'));
    expect(usableRange('2001:db8::/64')).toBeUndefined();
  });

  it('sorts by family, then value, and oddities last', () => {
    const sorted = ['::1', 'x', '10.0.0.10', '10.0.0.9'].sort(compareIps);
    expect(sorted).toEqual(['10.0.0.9', '10.0.0.10', '::1', 'x']);
  });
});

describe('odd input', () => {
  it.each([
    '',
    '/',
    '192.0.2',
    '010.0.0.1',
    '192.0.2.1/33',
    '192.0.2.1/-1',
    '192.0.2.1/',
    'fe80::1%eth0',
    '1/2/3',
    'default',
    '::/129',
  ])('refuses %j', (text) => {
    expect(parseCidr(text)).toBeUndefined();
    expect(contains(text, '192.0.2.1')).toBe(false);
    expect(overlaps(text, '0.0.0.0/0')).toBe(false);
    expect(usableRange(text)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer(), (a, b, n) => {
        parseCidr(a);
        networkOf(a, n);
        overlaps(a, b);
        isIpv4(a);
        compareIps(a, b);
        return true;
      }),
    );
  });
});

describe('laws', () => {
  it('a prefix contains its own address, and clearing host bits twice changes nothing', () => {
    fc.assert(
      fc.property(cidr, (text) => {
        const parsed = parseCidr(text);
        expect(contains(text, text.split('/')[0] ?? '')).toBe(true);
        expect(parseCidr(parsed?.text ?? '')).toEqual(parsed);
      }),
    );
  });

  it('overlap is symmetric, and means that one covers the other', () => {
    fc.assert(
      fc.property(cidr, cidr, (a, b) => {
        expect(overlaps(a, b)).toBe(overlaps(b, a));
        expect(overlaps(a, b)).toBe(covers(a, b) || covers(b, a));
      }),
    );
  });

  it('containment of IPv4 is containment of numbers', () => {
    fc.assert(
      fc.property(cidr4, fc.ipV4(), (text, ip) => {
        const range = ipv4Range(text);
        const value = ipv4Range(ip)?.first ?? -1;
        expect(contains(text, ip)).toBe(
          range !== undefined && value >= range.first && value <= range.last,
        );
        expect(ipv4FromNumber(value)).toBe(ip);
      }),
    );
  });

  it('comparison is an order', () => {
    const ip = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string());
    fc.assert(
      fc.property(ip, ip, ip, (a, b, c) => {
        expect(Math.sign(compareIps(a, b)) + Math.sign(compareIps(b, a))).toBe(0);
        if (compareIps(a, b) <= 0 && compareIps(b, c) <= 0)
          expect(compareIps(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
