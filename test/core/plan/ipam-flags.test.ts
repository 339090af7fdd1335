import { describe, expect, it } from 'vitest';
import { consolidated } from '../../../src/core/plan/ipam-flags.js';

const NONE = { subnets: [], gateways: [], ipRanges: [], auxAddresses: [] };

describe('flags of one network', () => {
  it('are sorted by the subnet that holds them, whatever their order', () => {
    expect(
      consolidated({
        subnets: ['192.0.2.0/24', '2001:db8::/64'],
        gateways: ['2001:db8::1', '192.0.2.1'],
        ipRanges: ['192.0.2.64/26'],
        auxAddresses: ['tv=192.0.2.65', 'nas=2001:db8::5'],
      }),
    ).toEqual({
      pools: [
        {
          subnet: '192.0.2.0/24',
          gateway: '192.0.2.1',
          ipRange: '192.0.2.64/26',
          auxAddresses: { tv: '192.0.2.65' },
        },
        { subnet: '2001:db8::/64', gateway: '2001:db8::1', auxAddresses: { nas: '2001:db8::5' } },
      ],
    });
  });

  it.each([
    [
      'a gateway alone',
      { gateways: ['192.0.2.1'] },
      'every ip-range or gateway must have a corresponding subnet',
    ],
    [
      'two that overlap',
      { subnets: ['192.0.2.0/24', '192.0.2.128/25'] },
      'multiple overlapping subnet configuration is not supported',
    ],
    [
      'a gateway elsewhere',
      { subnets: ['192.0.2.0/24'], gateways: ['198.51.100.1'] },
      'no matching subnet for gateway 198.51.100.1',
    ],
    [
      'a range elsewhere',
      { subnets: ['192.0.2.0/24'], ipRanges: ['198.51.100.0/28'] },
      'no matching subnet for range 198.51.100.0/28',
    ],
    [
      'a reserved address elsewhere',
      { subnets: ['192.0.2.0/24'], auxAddresses: ['a=198.51.100.9'] },
      'no matching subnet for aux-address 198.51.100.9',
    ],
    [
      'two gateways',
      { subnets: ['192.0.2.0/24', '198.51.100.0/24'], gateways: ['192.0.2.1', '192.0.2.2'] },
      'cannot configure multiple gateways (192.0.2.2, 192.0.2.1) for the same subnet (192.0.2.0/24)',
    ],
    [
      'two ranges',
      { subnets: ['192.0.2.0/24', '198.51.100.0/24'], ipRanges: ['192.0.2.0/28', '192.0.2.32/28'] },
      'cannot configure multiple ranges (192.0.2.32/28, 192.0.2.0/28) on the same subnet (192.0.2.0/24)',
    ],
  ])('with %s are refused as the client refuses them', (_what, flags, says) => {
    expect(consolidated({ ...NONE, ...flags }).clientSays).toBe(says);
  });
});
