// Stand-ins for addresses keep what a diagnosis rests on: who is in whose subnet, what kind of address it is, who is .1.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contains,
  covers,
  ipv4FromNumber,
  isPublicIpv4,
  networkOf,
} from '../../../src/core/derive/addressing/subnets.js';
import { StandIns } from '../../../src/core/redact/stand-ins.js';
import type { CaseMemory } from '../../../src/model/case-memory.js';
import { keyed } from '../../support/keyed.js';

const BARE: CaseMemory = { mode: 'prefix', subnets: [], names: [], ids: [] };

function mapped(subnets: readonly string[], mode: CaseMemory['mode'] = 'prefix', key = 'a key') {
  const map = new StandIns({ ...BARE, mode, subnets }, keyed(key));
  return { out: map.mapper('out'), back: map.mapper('back') };
}

const IPV4 = fc.integer({ min: 0, max: 0xff_ff_ff_ff }).map((value) => ipv4FromNumber(value));
const HEXTET = fc.integer({ min: 0, max: 0xff_ff }).map((value) => value.toString(16));
const IPV6 = fc
  .tuple(
    fc.constantFrom('2001:db8', '2a02:8106', 'fd00:1', 'fe80:0', 'ff02:0', '0:0', '64:ff9b'),
    fc.array(HEXTET, { minLength: 6, maxLength: 6 }),
  )
  .map(([head, rest]) => `${head}:${rest.join(':')}`);
const MODE = fc.constantFrom('prefix' as const, 'strict' as const);

describe('any address', () => {
  it('shares as many leading bits with another as before, and comes back', () => {
    fc.assert(
      fc.property(IPV4, IPV4, fc.integer({ min: 0, max: 32 }), MODE, (a, b, length, mode) => {
        const { out, back } = mapped([], mode);
        expect(covers(networkOf(out.ip(a), length), out.ip(b))).toBe(
          covers(networkOf(a, length), b),
        );
        expect(back.ip(out.ip(a))).toBe(a);
      }),
    );
  });

  it('comes back in IPv6 as well', () => {
    fc.assert(
      fc.property(IPV6, MODE, (ip, mode) => {
        const { out, back } = mapped(['2001:db8::/64', 'fd00:1::/64'], mode);
        expect(networkOf(back.ip(out.ip(ip)), 128)).toBe(networkOf(ip, 128));
      }),
    );
  });

  it('is public, or not, as before', () => {
    const { out } = mapped([]);
    fc.assert(
      fc.property(IPV4, (ip) => {
        expect(isPublicIpv4(out.ip(ip))).toBe(isPublicIpv4(ip));
      }),
    );
  });

  it('has another stand-in in another case', () => {
    const ips = Array.from({ length: 50 }, (_, at) => `10.7.${at.toString()}.9`);
    const [one, other] = [mapped([], 'prefix', 'T-1'), mapped([], 'prefix', 'T-2')];
    const same = ips.filter((ip) => one.out.ip(ip) === other.out.ip(ip));
    expect(same.length).toBeLessThan(5);
  });
});

describe('ranges with a meaning of their own', () => {
  it.each([
    '10.0.0.0/8',
    '172.16.0.0/12',
    '172.17.0.0/16',
    '172.20.0.0/14',
    '192.168.0.0/16',
    '100.64.0.0/10',
    '169.254.0.0/16',
    '198.18.0.0/15',
    '192.0.2.0/24',
    'fe80::/64',
    'fd00::/8',
    'fc00::/8',
    '2001:db8::/32',
    '64:ff9b::/96',
    '2000::/3',
  ])('%s is neither left nor entered', (range) => {
    const { out } = mapped([]);
    const any = range.includes(':') ? IPV6 : IPV4;
    fc.assert(
      fc.property(any, (ip) => {
        expect(contains(range, out.ip(ip))).toBe(contains(range, ip));
      }),
    );
    expect(out.cidr(range)).toBe(range);
  });

  it.each([
    '0.0.0.0',
    '127.0.0.1',
    '127.0.0.11',
    '127.0.0.53',
    '224.0.0.251',
    '239.255.255.250',
    '255.255.255.255',
    '240.0.0.1',
    '::',
    '::1',
    'ff02::1',
    'ff02::fb',
    'default',
    'all',
    '',
  ])('%s stays', (text) => {
    expect(mapped(['127.0.0.0/8', '224.0.0.0/4']).out.ip(text)).toBe(text);
  });

  it.each(['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '::/0', '224.0.0.0/4', '10.0.0.0/8'])(
    'the prefix %s stays',
    (cidr) => {
      expect(mapped([]).out.cidr(cidr)).toBe(cidr);
    },
  );
});

describe('known subnets', () => {
  const SUBNET = fc
    .tuple(IPV4, fc.integer({ min: 8, max: 30 }))
    .map(([ip, length]) => networkOf(ip, length));

  it('keep every host’s place in them', () => {
    fc.assert(
      fc.property(SUBNET, fc.double({ min: 0, max: 1, noNaN: true }), (subnet, share) => {
        const [network = '', length = ''] = subnet.split('/');
        const size = 2 ** (32 - Number(length));
        const first = network.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
        const { out } = mapped([subnet]);
        const start = out.cidr(subnet).split('/')[0] ?? '';
        const other = start.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
        const at = Math.floor(share * (size - 1));
        expect(out.ip(ipv4FromNumber(first + at))).toBe(ipv4FromNumber(other + at));
      }),
    );
  });

  it.each(['10.1.2.0/24', '10.1.0.0/16', '10.1.2.64/27', '8.8.8.0/24', '172.30.0.0/20'])(
    'keep network, first, last and broadcast of %s in strict mode too',
    (subnet) => {
      const { out } = mapped([subnet], 'strict');
      const ends = (cidr: string): string[] => {
        const [network = '', length = ''] = cidr.split('/');
        const first = network.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
        const last = first + 2 ** (32 - Number(length)) - 1;
        return [first, first + 1, last - 1, last].map((value) => ipv4FromNumber(value));
      };
      expect(ends(subnet).map((ip) => out.ip(ip))).toEqual(ends(out.cidr(subnet)));
    },
  );

  it('are others under every key, as long as one bit of them may change', () => {
    const subnets = ['192.168.77.0/24', '192.168.77.192/27', '192.168.128.0/17', '172.20.0.0/15'];
    const keys = Array.from({ length: 1000 }, (_, at) => at.toString());
    const standIns = new Set(
      keys.flatMap((key) =>
        (['prefix', 'strict'] as const).flatMap((mode) => {
          const { out, back } = mapped(subnets, mode, key);
          const others = subnets.map((subnet) => out.cidr(subnet));
          expect(others.map((other) => back.cidr(other))).toEqual(subnets);
          const [whole = '', range = ''] = others;
          expect(contains(whole, range.split('/')[0] ?? '')).toBe(true);
          return others;
        }),
      ),
    );
    expect(subnets.filter((subnet) => standIns.has(subnet))).toEqual([]);
  });

  it('keep small numbers in IPv6, and nothing that a host made up', () => {
    const { out } = mapped(['2a02:8106:1:2::/64']);
    const prefix = out.cidr('2a02:8106:1:2::/64').replace('::/64', '');
    expect(out.ip('2a02:8106:1:2::1')).toBe(`${prefix}::1`);
    expect(out.ip('2a02:8106:1:2::5:10')).not.toBe(`${prefix}::5:10`);
    expect(out.ip('2a02:8106:1:2::1f0')).toBe(`${prefix}::1f0`);
    const made = out.ip('2a02:8106:1:2:91c3:77aa:4e1d:9b02');
    expect(made.startsWith(`${prefix}:`)).toBe(true);
    expect(made).not.toContain('9b02');
  });
});

describe('what is made of something else', () => {
  const { out, back } = mapped(['192.168.1.0/24']);

  it('Docker’s MAC follows its IPv4 address', () => {
    const bytes = out.ip('192.168.1.200').split('.');
    const tail = bytes.map((byte) => Number(byte).toString(16).padStart(2, '0')).join(':');
    expect(out.mac('02:42:c0:a8:01:c8')).toBe(`02:42:${tail}`);
  });

  it('EUI-64 follows its MAC, and Docker’s IPv6 its IPv4 address', () => {
    const [a = '', b = '', c = '', d = '', e = '', f = ''] = out
      .mac('b8:27:eb:12:34:56')
      .split(':');
    const flipped = (Number.parseInt(a, 16) ^ 2).toString(16).padStart(2, '0');
    const expected = `fe80::${flipped}${b}:${c}ff:fe${d}:${e}${f}/128`;
    expect(networkOf(out.ip('fe80::ba27:ebff:fe12:3456'), 128)).toBe(
      networkOf(expected.replace('/128', ''), 128),
    );
    const [x = '', y = ''] = out.ip('172.17.0.2').split('.').slice(2);
    expect(out.ip('fd00::242:ac11:2')).toMatch(
      new RegExp(`:242:ac11:${(Number(x) * 256 + Number(y)).toString(16)}$`, 'u'),
    );
  });

  it.each(['fe80::ba27:ebff:fe12:3456', 'fd00::242:ac11:2', '64:ff9b::808:808', '::ffff:10.1.2.3'])(
    '%s comes back',
    (ip) => {
      expect(networkOf(back.ip(out.ip(ip)), 128)).toBe(networkOf(ip, 128));
      expect(networkOf(out.ip(ip), 128)).not.toBe(networkOf(ip, 128));
    },
  );
});
