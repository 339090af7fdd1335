import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksum } from '../../../src/core/frames/checksum.js';
import { echoRequest, readEchoReply } from '../../../src/core/frames/icmp.js';

const echo = fc.record({ id: fc.nat(0xff_ff), sequence: fc.nat(0xff_ff) });

/** The packet a raw socket hands over when the target answers: an IPv4 header of the given length, then the reply. */
function received(request: Uint8Array, headerWords = 5): Uint8Array {
  const header = new Uint8Array(headerWords * 4);
  header[0] = 0x40 | headerWords;
  header[9] = 1;
  const reply = Uint8Array.from(request);
  reply[0] = 0;
  return Uint8Array.from([...header, ...reply]);
}

describe('ICMP echo', () => {
  it('carries a checksum that sums to zero', () => {
    fc.assert(
      fc.property(echo, (value) => {
        expect(checksum(echoRequest(value))).toBe(0);
      }),
    );
  });

  it('knows RFC 1071 sums by heart', () => {
    expect(checksum(Uint8Array.from([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]))).toBe(
      0x220d,
    );
    expect(checksum(Uint8Array.from([0xff]))).toBe(0x00ff);
  });

  it('finds its own echo again, whatever the IP options', () => {
    fc.assert(
      fc.property(echo, fc.integer({ min: 5, max: 15 }), (value, words) => {
        expect(readEchoReply(received(echoRequest(value), words))).toEqual(value);
      }),
    );
  });

  it('takes no request and no cut packet for an answer', () => {
    const packet = received(echoRequest({ id: 1, sequence: 2 }));
    const request = Uint8Array.from(packet);
    request[20] = 8;
    expect(readEchoReply(request)).toBeUndefined();
    for (let length = 0; length < 28; length += 1) {
      expect(readEchoReply(packet.subarray(0, length))).toBeUndefined();
    }
  });
});
