import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arpRequestFrame, readArpReply } from '../../../src/core/frames/arp.js';
import { macBytes, macText } from '../../../src/core/frames/ethernet.js';

const mac = fc.uint8Array({ minLength: 6, maxLength: 6 }).map((bytes) => macText(bytes));
const ip = fc.ipV4();

/** The answer that the owner of `targetIp` gives to a request frame (RFC 826). */
function answer(request: Uint8Array, ownerMac: string): Uint8Array {
  const reply = Uint8Array.from(request);
  reply.set(request.subarray(6, 12), 0);
  reply.set(macBytes(ownerMac), 6);
  reply[21] = 2;
  reply.set(macBytes(ownerMac), 22);
  reply.set(request.subarray(38, 42), 28);
  reply.set(request.subarray(22, 32), 32);
  return reply;
}

describe('ARP frames', () => {
  it('is byte for byte what RFC 826 prescribes', () => {
    const frame = arpRequestFrame({
      ethernetSource: '02:00:00:00:00:01',
      senderMac: '02:00:00:00:00:02',
      senderIp: '0.0.0.0',
      targetIp: '192.0.2.1',
    });
    expect(Buffer.from(frame).toString('hex')).toBe(
      'ffffffffffff' +
        '020000000001' +
        '0806' +
        '0001' +
        '0800' +
        '06' +
        '04' +
        '0001' +
        '020000000002' +
        '00000000' +
        '000000000000' +
        'c0000201' +
        '00'.repeat(18),
    );
  });

  it('is filled up with zeros to any length, after the same message', () => {
    const request = {
      ethernetSource: '02:00:00:00:00:01',
      senderMac: '02:00:00:00:00:02',
      senderIp: '0.0.0.0',
      targetIp: '192.0.2.1',
    };
    const short = arpRequestFrame(request);
    const long = arpRequestFrame({ ...request, bytes: 1500 });
    expect(long).toHaveLength(1514);
    expect(long.subarray(0, short.length)).toEqual(short);
    expect(long.subarray(short.length).every((byte) => byte === 0)).toBe(true);
    expect(arpRequestFrame({ ...request, bytes: 1 })).toEqual(short);
  });

  it('reads the answer to any request it wrote', () => {
    fc.assert(
      fc.property(mac, mac, mac, ip, (source, sender, owner, targetIp) => {
        const request = {
          ethernetSource: source,
          senderMac: sender,
          senderIp: '0.0.0.0',
          targetIp,
        };
        expect(readArpReply(answer(arpRequestFrame(request), owner))).toEqual({
          senderMac: owner,
          senderIp: targetIp,
          targetMac: sender,
          targetIp: '0.0.0.0',
          ethernetDestination: source,
        });
      }),
    );
  });

  it('takes no request, no other protocol and no cut frame for an answer', () => {
    const request = arpRequestFrame({
      ethernetSource: '02:00:00:00:00:01',
      senderMac: '02:00:00:00:00:01',
      senderIp: '0.0.0.0',
      targetIp: '192.0.2.1',
    });
    expect(readArpReply(request)).toBeUndefined();
    const reply = answer(request, '02:00:00:00:00:09');
    for (let length = 0; length < 42; length += 1) {
      expect(readArpReply(reply.subarray(0, length))).toBeUndefined();
    }
    reply[13] = 0;
    expect(readArpReply(reply)).toBeUndefined();
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        readArpReply(bytes);
      }),
    );
  });
});
