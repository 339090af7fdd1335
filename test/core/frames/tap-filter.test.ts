import { describe, expect, it } from 'vitest';
import { arpRequestFrame } from '../../../src/core/frames/arp.js';
import { reflectionFrame } from '../../../src/core/frames/reflection.js';
import { encodeFilter, TAP_FILTER } from '../../../src/core/frames/tap-filter.js';

/** Runs the program as the kernel would (bpf(4)): how many bytes of the frame pass. */
function run(frame: Uint8Array): number {
  let accumulator = 0;
  for (let at = 0; at < TAP_FILTER.length; at += 1) {
    const step = TAP_FILTER[at];
    if (step === undefined) break;
    if (step.code === 0x06) return step.k;
    if (step.code === 0x28) {
      if (step.k + 1 >= frame.length) return 0;
      accumulator = ((frame[step.k] ?? 0) << 8) | (frame[step.k + 1] ?? 0);
    } else {
      at += accumulator === step.k ? step.jumpTrue : step.jumpFalse;
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

describe('the tap filter', () => {
  it('passes ARP replies and our experimental frames, and nothing else', () => {
    const reply = Uint8Array.from(request);
    reply[21] = 2;
    const ipv4 = Uint8Array.from(request);
    ipv4.set([0x08, 0x00], 12);
    expect(run(reply)).toBeGreaterThan(0);
    expect(
      run(reflectionFrame({ source: '02:00:00:00:00:01', destination: 'broadcast' })),
    ).toBeGreaterThan(0);
    expect(run(request)).toBe(0);
    expect(run(ipv4)).toBe(0);
    expect(run(new Uint8Array(13))).toBe(0);
  });

  it('is laid out as struct sock_filter', () => {
    const bytes = encodeFilter(TAP_FILTER, true);
    expect(bytes.length).toBe(TAP_FILTER.length * 8);
    expect(Buffer.from(bytes.subarray(0, 16)).toString('hex')).toBe(
      '280000000c000000' + '15000300b5880000',
    );
  });
});
