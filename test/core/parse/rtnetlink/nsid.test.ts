import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { request } from '../../../../src/core/parse/rtnetlink/message.js';
import { nsidRequest, parseNsid } from '../../../../src/core/parse/rtnetlink/nsid.js';
import { bytes, hostileMessages, recorded } from '../../../support/netlink-bytes.js';

const NEWNSID = 88;

function answer(id: number) {
  return [request(NEWNSID, new Uint8Array(4), [[1, bytes([4, id])]])];
}

describe('parseNsid', () => {
  it('reads the id', () => {
    expect(parseNsid(recorded('nsid'))).toBeGreaterThanOrEqual(0);
    expect(parseNsid(answer(0))).toBe(0);
    expect(parseNsid(answer(7))).toBe(7);
  });

  it('is null when there is none, or no answer', () => {
    expect(parseNsid(answer(-1))).toBeNull();
    expect(parseNsid([])).toBeNull();
    expect(parseNsid([request(2, bytes([4, -22]))])).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(hostileMessages(NEWNSID, recorded('nsid')), (messages) => {
        expect(parseNsid(messages) ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('asks with a file descriptor', () => {
    expect([...nsidRequest(9)]).toEqual([
      28,
      0,
      0,
      0,
      90,
      0,
      1,
      0,
      ...new Uint8Array(12),
      8,
      0,
      3,
      0,
      9,
      0,
      0,
      0,
    ]);
  });
});
