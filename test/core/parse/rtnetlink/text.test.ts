import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byText,
  cString,
  colonHex,
  familyOf,
  ipText,
  ipv4Bytes,
} from '../../../../src/core/parse/rtnetlink/text.js';

function ipv6(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

describe('ipText', () => {
  it.each([
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['fe800000000000000000000000000001', 'fe80::1'],
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['20010db8000100020003000400050006', '2001:db8:1:2:3:4:5:6'],
    ['20010db8000000010002000300040005', '2001:db8:0:1:2:3:4:5'],
    ['20010db8000100000000000000000000', '2001:db8:1::'],
    ['00000000000000000000ffffc0000201', '::ffff:192.0.2.1'],
    ['000000000000000000000000c0000201', '::192.0.2.1'],
    ['ff020000000000000000000000010002', 'ff02::1:2'],
  ])('%s', (hex, text) => {
    expect(ipText(ipv6(hex))).toBe(text);
  });

  it('knows IPv4, and nothing of another length', () => {
    expect(ipText(Uint8Array.of(192, 0, 2, 255))).toBe('192.0.2.255');
    expect([0, 3, 5, 15, 17].map((size) => ipText(new Uint8Array(size)))).toEqual(
      Array.from({ length: 5 }),
    );
  });

  it('and ipv4Bytes are each other’s reverse', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), (address) => {
        expect(ipv4Bytes(ipText(address) ?? '')).toEqual(address);
      }),
    );
  });
});

describe('cString', () => {
  it('is UTF-8 up to the NUL, as TextEncoder wrote it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 0x10ffff })), (codes) => {
        const scalars = codes.filter((code) => code < 0xd800 || code > 0xdfff);
        const value = String.fromCodePoint(...scalars);
        expect(cString(new TextEncoder().encode(`${value}\0rest`)) ?? '').toBe(value);
      }),
    );
  });

  it('never throws and keeps no half characters', () => {
    expect(cString(Uint8Array.of(0x65, 0xff, 0xe2, 0x82, 0x30))).toBe('e\uFFFD\uFFFD\uFFFD0');
    expect(cString(Uint8Array.of(0xed, 0xa0, 0x80))).not.toContain('\uD800');
    expect(cString(Uint8Array.of(0xc0, 0x80))).toBe('\uFFFD\uFFFD');
    expect(cString(Uint8Array.of(0))).toBeUndefined();
    expect(cString(undefined)).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array(), (noise) => {
        expect(cString(noise)).not.toBe('');
      }),
    );
  });
});

describe('the rest', () => {
  it('is plain', () => {
    expect(colonHex(Uint8Array.of(2, 0, 255))).toBe('02:00:ff');
    expect([2, 10, 7, undefined].map(familyOf)).toEqual(['inet', 'inet6', undefined, undefined]);
    expect([byText('a', 'b'), byText('b', 'a'), byText('a', 'a')]).toEqual([-1, 1, 0]);
  });
});
