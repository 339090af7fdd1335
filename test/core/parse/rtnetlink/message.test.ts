import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attributeList,
  attributes,
  dumpRequest,
  errorOf,
  i32,
  nested,
  payloadsOf,
  readMessage,
  request,
  u16,
  u32,
  u8,
} from '../../../../src/core/parse/rtnetlink/message.js';
import { bytes } from '../../../support/netlink-bytes.js';

describe('messages', () => {
  it('come back as they were built', () => {
    const built = request(24, Uint8Array.of(1, 2, 3, 4), [
      [1, Uint8Array.of(9)],
      [2, Uint8Array.of(7, 7, 7, 7)],
    ]);
    expect(built.length % 4).toBe(0);
    const message = readMessage(built);
    expect(message?.type).toBe(24);
    expect(attributeList(message?.payload ?? new Uint8Array(), 4)).toEqual([
      [1, Uint8Array.of(9)],
      [2, Uint8Array.of(7, 7, 7, 7)],
    ]);
    expect(u16(dumpRequest(24, new Uint8Array(4)), 6)).toBe(0x301);
  });

  it('are cut to what is there, and too short ones are none', () => {
    const built = request(24, new Uint8Array(8));
    built.set(bytes([4, 0xff_ff_ff_ff]));
    expect(readMessage(built)?.payload).toHaveLength(8);
    built.set(bytes([4, 3]));
    expect(readMessage(built)?.payload).toHaveLength(0);
    expect(readMessage(new Uint8Array(15))).toBeUndefined();
    expect(payloadsOf([built, new Uint8Array(2)], 25)).toEqual([]);
  });

  it('tell their errno, also at the end of a dump', () => {
    expect(errorOf([request(2, bytes([4, -13]))])).toBe(13);
    expect(errorOf([request(24, new Uint8Array(4)), request(3, bytes([4, -95]))])).toBe(95);
    expect(errorOf([request(2, bytes([4, 0]))])).toBeUndefined();
    expect(errorOf([request(2, new Uint8Array())])).toBeUndefined();
  });
});

describe('attributes', () => {
  it('end at the first impossible length', () => {
    const good = bytes([2, 5], [2, 0x8001], [4, 0x2a]);
    const bad = (length: number) => bytes([2, length], [2, 2], [4, 0]);
    for (const length of [0, 3, 9, 0xffff]) {
      expect(attributes(Uint8Array.of(...good, ...bad(length)))).toEqual(
        new Map([[1, Uint8Array.of(0x2a)]]),
      );
    }
    expect(nested(new Map(), 5)).toEqual(new Map());
  });

  it('never throw and never reach beyond the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(40), (noise, offset) => {
        for (const [type, value] of attributeList(noise, offset)) {
          expect(type).toBeLessThan(0x4000);
          expect(value.length).toBeLessThanOrEqual(noise.length);
        }
        readMessage(noise);
        errorOf([noise]);
      }),
    );
  });
});

describe('numbers', () => {
  it('are as a DataView reads them, and undefined beyond the end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 12 }), fc.nat(14), (noise, offset) => {
        const view = new DataView(noise.buffer, noise.byteOffset, noise.byteLength);
        const fits = (size: number) => offset + size <= noise.length;
        expect(u8(noise, offset)).toBe(fits(1) ? view.getUint8(offset) : undefined);
        expect(u16(noise, offset)).toBe(fits(2) ? view.getUint16(offset, true) : undefined);
        expect(u32(noise, offset)).toBe(fits(4) ? view.getUint32(offset, true) : undefined);
        expect(i32(noise, offset)).toBe(fits(4) ? view.getInt32(offset, true) : undefined);
      }),
    );
    expect([u8(undefined), u16(undefined), u32(undefined), i32(undefined)]).toEqual(
      Array.from({ length: 4 }),
    );
  });
});
