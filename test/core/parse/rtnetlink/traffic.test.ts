import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { request } from '../../../../src/core/parse/rtnetlink/message.js';
import { parseTraffic } from '../../../../src/core/parse/rtnetlink/traffic.js';
import { bytes, hostileMessages, text } from '../../../support/netlink-bytes.js';

const RTM_NEWLINK = 16;
const [IFNAME, STATS64] = [3, 23];

function link(name: string, ...attached: readonly (readonly [number, Uint8Array])[]): Uint8Array {
  return request(RTM_NEWLINK, new Uint8Array(16), [[IFNAME, text(name)], ...attached]);
}

const eth0 = link('eth0', [STATS64, bytes([4, 7], [4, 2], [4, 99], [4, 0])]);

describe('counters of links', () => {
  it('are 64 bits wide, and absent where a link has none', () => {
    expect([...parseTraffic([eth0, link('lo')])]).toEqual([
      ['eth0', { rxPackets: 2 * 2 ** 32 + 7 }],
    ]);
  });

  it('survive whatever the kernel might send', () => {
    fc.assert(
      fc.property(hostileMessages(RTM_NEWLINK, [eth0]), (messages) => {
        for (const { rxPackets } of parseTraffic(messages).values()) {
          expect(rxPackets).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
