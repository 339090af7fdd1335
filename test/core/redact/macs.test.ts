// Stand-ins for MACs: distinct ones stay distinct, and what a MAC says of itself stays true.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VENDOR_PARTS } from '../../../src/core/derive/platform/signs.js';
import { StandIns } from '../../../src/core/redact/stand-ins.js';
import { keyed } from '../../support/keyed.js';

const map = new StandIns(
  { mode: 'prefix', subnets: ['10.1.2.0/24'], names: [], ids: [] },
  keyed('a key'),
);
const [out, back] = [map.mapper('out'), map.mapper('back')];

const BYTE = fc.integer({ min: 0, max: 255 }).map((byte) => byte.toString(16).padStart(2, '0'));
const MAC = fc.oneof(
  fc.array(BYTE, { minLength: 6, maxLength: 6 }).map((bytes) => bytes.join(':')),
  fc.array(BYTE, { minLength: 4, maxLength: 4 }).map((bytes) => ['02:42', ...bytes].join(':')),
  fc
    .tuple(fc.constantFrom(...VENDOR_PARTS.keys()), BYTE, BYTE, BYTE)
    .map((parts) => parts.join(':')),
);

function firstBits(mac: string): number {
  return Number.parseInt(mac.slice(0, 2), 16) & 3;
}

describe('any MAC', () => {
  it('keeps its group and local bits, and comes back', () => {
    fc.assert(
      fc.property(MAC, (mac) => {
        expect(firstBits(out.mac(mac))).toBe(firstBits(mac));
        expect(back.mac(out.mac(mac))).toBe(mac);
      }),
    );
  });

  it('is of a virtual card, or not, as before', () => {
    const vendor = (mac: string): string | undefined => VENDOR_PARTS.get(mac.slice(0, 8));
    fc.assert(
      fc.property(MAC, (mac) => {
        expect(vendor(out.mac(mac))).toBe(vendor(mac));
        expect(out.mac(mac).startsWith('02:42:')).toBe(mac.startsWith('02:42:'));
      }),
    );
  });

  it('is another one, written the same way', () => {
    const like = out.mac('b8:27:eb:12:34:56');
    expect(like).not.toBe('b8:27:eb:12:34:56');
    expect(out.mac('B8:27:EB:12:34:56')).toBe(like.toUpperCase());
    expect(out.mac('b8-27-eb-12-34-56')).toBe(like.replaceAll(':', '-'));
    expect(out.mac('b827.eb12.3456')).toBe(
      like.replaceAll(':', '').replaceAll(/(?<=^.{4}|^.{8})/gu, '.'),
    );
    expect(out.mac('b827eb123456')).toBe(like.replaceAll(':', ''));
  });
});

describe('MACs that are nobody’s in particular', () => {
  it.each([
    'ff:ff:ff:ff:ff:ff',
    '00:00:00:00:00:00',
    '01:00:5e:00:00:fb',
    '33:33:00:00:00:01',
    '01:80:c2:00:00:0e',
    '00:00:5e:00:01:07',
    '00:00:5e:00:02:07',
    '00:00:0c:07:ac:01',
  ])('%s stays', (mac) => {
    expect(out.mac(mac)).toBe(mac);
  });
});

it('the group by which an IPv6 address is asked for tells nothing of it, and comes back', () => {
  const group = out.mac('33:33:ff:12:34:56');
  expect(group).toMatch(/^33:33:ff:/u);
  expect(group).not.toContain('12:34:56');
  expect(back.mac(group)).toBe('33:33:ff:12:34:56');
  const tail = group.slice(9).replaceAll(':', '');
  expect(out.ip('ff02::1:ff12:3456')).toBe(
    `ff02::1:ff${tail.slice(0, 2)}:${tail.slice(2).replace(/^0+(?=.)/u, '')}`,
  );
  expect(back.ip(out.ip('ff02::1:ff12:3456'))).toBe('ff02::1:ff12:3456');
});

it('what Docker drew for a bridge changes too', () => {
  for (const mac of ['02:42:f3:11:22:33', '02:42:00:aa:bb:cc', '02:42:7f:01:02:03'])
    expect(out.mac(mac)).not.toBe(mac);
});

it('tunnels and InfiniBand have hardware addresses of their own kind', () => {
  expect(out.mac('0a:01:02:07')).toBe(
    out
      .ip('10.1.2.7')
      .split('.')
      .map((byte) => Number(byte).toString(16).padStart(2, '0'))
      .join(':'),
  );
  const long = '80:00:02:08:fe:80:00:00:00:00:00:00:f4:52:14:03:00:7b:cb:a1';
  expect(out.mac(long)).toHaveLength(long.length);
  expect(back.mac(out.mac(long))).toBe(long);
  expect(out.mac(long)).not.toContain('f4:52:14');
  expect(out.mac('no mac at all')).toBe('no mac at all');
});
