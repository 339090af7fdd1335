import { describe, expect, it } from 'vitest';
import { arpRequestFrame } from '../../../src/core/frames/arp.js';
import { ETHERTYPE_IPV4, ethernetFrame } from '../../../src/core/frames/ethernet.js';
import { echoRequest } from '../../../src/core/frames/icmp.js';
import { ipv4Packet } from '../../../src/core/frames/ipv4.js';
import { reflectionFrame } from '../../../src/core/frames/reflection.js';
import { encodeFilter, tapFilter, type Instruction } from '../../../src/core/frames/tap-filter.js';

const ID = 0x1234;
const FILTER = tapFilter(ID);
const ANCILLARY = 0xff_ff_f0_00;

/** What the load instructions bring into the accumulator; undefined beyond the frame's end, which drops it. */
function loaded(code: number, at: number, frame: Uint8Array, vlan?: number): number | undefined {
  if (code === 0x20) return at === ANCILLARY + 48 ? Number(vlan !== undefined) : (vlan ?? 0);
  const size = code === 0x30 || code === 0x50 ? 1 : 2;
  const bytes = frame.subarray(at, at + size);
  if (bytes.length < size) return undefined;
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** Runs the program as the kernel would (bpf(4)): how many bytes of the frame pass. `vlan` is the tag that was taken off. */
function run(frame: Uint8Array, vlan?: number): number {
  let a = 0;
  let x = 0;
  for (let at = 0; at < FILTER.length; at += 1) {
    const { code, k, jumpTrue, jumpFalse } = FILTER[at] as Instruction;
    if (code === 0x06) return k;
    switch (code) {
      case 0x15: {
        at += a === k ? jumpTrue : jumpFalse;
        break;
      }
      case 0x45: {
        at += (a & k) === 0 ? jumpFalse : jumpTrue;
        break;
      }
      case 0xb1: {
        x = ((frame[k] ?? 0) & 0x0f) * 4;
        break;
      }
      default: {
        const value = loaded(code, code === 0x48 || code === 0x50 ? x + k : k, frame, vlan);
        if (value === undefined) return 0;
        a = value;
      }
    }
  }
  throw new Error('the program ran off its end');
}

const request = arpRequestFrame({
  ethernetSource: '02:00:00:00:00:01',
  senderMac: '02:00:00:00:00:01',
  senderIp: '0.0.0.0',
  targetIp: '192.0.2.1',
});
const reply = Uint8Array.from(request);
reply[21] = 2;

interface EchoFrame {
  readonly id?: number;
  readonly type?: number;
  readonly protocol?: number;
  readonly options?: number;
  readonly fragment?: number;
}

function echoFrame({ id = ID, type = 8, protocol = 1, options = 0, fragment = 0 }: EchoFrame) {
  const icmp = echoRequest({ id, sequence: 7 });
  icmp[0] = type;
  const plain = ipv4Packet({ source: '192.0.2.5', target: '192.0.2.1' }, icmp);
  const packet = Uint8Array.from([
    ...plain.subarray(0, 20),
    ...new Uint8Array(options * 4),
    ...plain.subarray(20),
  ]);
  packet[0] = 0x45 + options;
  packet[9] = protocol;
  packet[7] = fragment;
  const ends = { source: '02:00:00:00:00:01', destination: '02:00:00:00:00:02' };
  return ethernetFrame({ ...ends, etherType: ETHERTYPE_IPV4 }, packet);
}

/** "Time exceeded" that quotes a whole echo request with that id. */
function expired(id: number): Uint8Array {
  const quoted = echoFrame({ id }).subarray(14);
  const icmp = Uint8Array.from([11, 0, 0, 0, 0, 0, 0, 0, ...quoted]);
  const packet = ipv4Packet({ source: '192.0.2.1', target: '192.0.2.5' }, icmp);
  const ends = { source: '02:00:00:00:00:02', destination: '02:00:00:00:00:01' };
  return ethernetFrame({ ...ends, etherType: ETHERTYPE_IPV4 }, packet);
}

describe('the tap filter', () => {
  it.each([
    ['an ARP reply', reply],
    [
      'one of our frames',
      reflectionFrame({ source: '02:00:00:00:00:01', destination: 'broadcast' }),
    ],
    ['an echo request of this run', echoFrame({})],
    ['an echo reply of this run', echoFrame({ type: 0 })],
    ['an echo behind IP options', echoFrame({ options: 3 })],
    ['the end of an echo’s time', expired(ID)],
  ])('passes %s', (_what, frame) => {
    expect(run(frame)).toBeGreaterThanOrEqual(frame.length);
  });

  it.each([
    ['an ARP request', request],
    ['somebody else’s echo', echoFrame({ id: ID + 1 })],
    ['another ICMP message', echoFrame({ type: 3 })],
    ['the end of somebody else’s echo', expired(ID + 1)],
    ['another protocol', echoFrame({ protocol: 6 })],
    ['the rest of a fragmented packet', echoFrame({ fragment: 5 })],
    ['a cut frame', new Uint8Array(13)],
    ['a cut echo', echoFrame({}).subarray(0, 30)],
  ])('drops %s', (_what, frame) => {
    expect(run(frame)).toBe(0);
  });

  it('leaves frames of another VLAN to the tap of that VLAN, and keeps those with a priority only', () => {
    expect(run(reply, 10)).toBe(0);
    expect(run(reply, 0x20_0a)).toBe(0);
    expect(run(reply, 0x20_00)).toBeGreaterThan(0);
  });

  it('is laid out as struct sock_filter', () => {
    const bytes = encodeFilter(FILTER, true);
    expect(bytes.length).toBe(FILTER.length * 8);
    expect(Buffer.from(bytes.subarray(0, 16)).toString('hex')).toBe(
      '20000000' + '30f0ffff' + '15000200' + '00000000',
    );
  });
});
