import { describe, expect, it } from 'vitest';
import { contains, overlaps } from '../../../../src/core/derive/addressing/subnets.js';
import {
  cidrOf,
  drawSubnets,
  hostAddress,
  ipv4,
  sizeOf,
} from '../../../../src/edge/lab/plan/addresses.js';
import { drawFrom } from '../../../../src/edge/lab/plan/random.js';

const LAN = { base: 0xc0_00_02_00, prefixlen: 24 };

describe('addresses of a practice LAN', () => {
  it('counts hosts from both ends of the subnet', () => {
    expect(ipv4(LAN.base)).toBe('192.0.2.0');
    expect(cidrOf(LAN)).toBe('192.0.2.0/24');
    expect(sizeOf(LAN)).toBe(254);
    expect(hostAddress(LAN, 1)).toBe('192.0.2.1');
    expect(hostAddress(LAN, -1)).toBe('192.0.2.254');
    expect(hostAddress({ base: 0x0a_01_04_00, prefixlen: 22 }, 300)).toBe('10.1.5.44');
  });

  it('draws subnets that do not overlap, whatever the seed', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const [a = LAN, b = LAN, c = LAN] = drawSubnets(drawFrom(seed), 3, 30);
      for (const [one, other] of [
        [a, b],
        [a, c],
        [b, c],
      ] as const)
        expect(overlaps(cidrOf(one), cidrOf(other)), `seed ${seed}`).toBe(false);
    }
  });

  it('finds room for hundreds of stations', () => {
    for (const subnet of drawSubnets(drawFrom(5), 3, 520)) {
      expect(sizeOf(subnet)).toBeGreaterThanOrEqual(520);
      expect(contains(cidrOf(subnet), hostAddress(subnet, 520))).toBe(true);
    }
  });
});
