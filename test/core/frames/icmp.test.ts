import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksum } from '../../../src/core/frames/checksum.js';
import { echoRequest, readEchoError, readEchoReply } from '../../../src/core/frames/icmp.js';
import { ipv4Packet, readIpv4 } from '../../../src/core/frames/ipv4.js';

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

const ENDS = { source: '192.0.2.5', target: '192.0.2.1' };

/** An ICMP error of the router's that quotes a packet of ours, or as much of it as RFC 792 asks for. */
function errorAbout(quoted: Uint8Array, [type, code]: readonly [number, number], mtu = 0) {
  const icmp = Uint8Array.from([type, code, 0, 0, 0, 0, mtu >> 8, mtu & 0xff, ...quoted]);
  return ipv4Packet({ source: '192.0.2.1', target: '192.0.2.5' }, icmp);
}

describe('IPv4 packets', () => {
  it('are read as they were written, with a header that sums to zero', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.uint8Array(), (source, target, payload) => {
        const packet = ipv4Packet({ source, target }, payload);
        expect(checksum(packet.subarray(0, 20))).toBe(0);
        expect(readIpv4(packet)).toMatchObject({ source, target, protocol: 1, payload });
      }),
    );
  });

  it('have the length that was asked for, and may not be fragmented', () => {
    const packet = ipv4Packet(ENDS, echoRequest({ id: 1, sequence: 2 }, 1500));
    expect(packet).toHaveLength(1500);
    expect((packet[2] ?? 0) * 256 + (packet[3] ?? 0)).toBe(1500);
    expect((packet[6] ?? 0) & 0x40).toBe(0x40);
  });
});

describe('what routers say about an echo', () => {
  const echo = { id: 0x1234, sequence: 7 };
  const ours = ipv4Packet(ENDS, echoRequest(echo));

  it.each([
    ['too long', [3, 4], 1400, { echo, says: 'too-long', mtu: 1400 }],
    ['too long, by an old router', [3, 4], 0, { echo, says: 'too-long', mtu: 0 }],
    ['expired', [11, 0], 0, { echo, says: 'expired', mtu: 0 }],
  ] as const)('%s', (_what, kind, mtu, expected) => {
    expect(readEchoError(errorAbout(ours, kind, mtu))).toEqual(expected);
    expect(readEchoError(errorAbout(ours.subarray(0, 28), kind, mtu))).toEqual(expected);
  });

  it.each([
    ['another reason', errorAbout(ours, [3, 1])],
    ['a reassembly that took too long', errorAbout(ours, [11, 1])],
    ['a quoted reply', errorAbout(received(echoRequest(echo)), [3, 4])],
    ['a cut quotation', errorAbout(ours.subarray(0, 20), [3, 4])],
  ])('and nothing of %s', (_what, packet) => {
    expect(readEchoError(packet)).toBeUndefined();
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        readEchoError(bytes);
      }),
    );
  });
});
