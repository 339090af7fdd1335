import { describe, expect, it } from 'vitest';
import { linkFlags, linkType, operstate } from '../../../../src/core/parse/rtnetlink/link-names.js';

describe('linkFlags', () => {
  it.each([
    [0x11043, undefined, ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP']],
    [0x1003, undefined, ['NO-CARRIER', 'BROADCAST', 'MULTICAST', 'UP']],
    [0x1002, undefined, ['BROADCAST', 'MULTICAST']],
    [0x11143, 0x1, ['BROADCAST', 'MULTICAST', 'PROMISC', 'UP', 'LOWER_UP']],
    [0x1003, 0x1002, ['NO-CARRIER', 'BROADCAST', 'MULTICAST', 'UP', 'M-DOWN']],
    [0x10049, undefined, ['LOOPBACK', 'UP', 'LOWER_UP']],
  ])('of %i over %s', (flags, lower, names) => {
    expect(linkFlags(flags, lower)).toEqual(names);
  });
});

describe('operstate and linkType', () => {
  it('have a name for every number', () => {
    expect([6, 3, 2, 0, undefined, 77].map(operstate)).toEqual([
      'UP',
      'LOWERLAYERDOWN',
      'DOWN',
      'UNKNOWN',
      'UNKNOWN',
      'UNKNOWN',
    ]);
    expect([1, 772, 65_534, 512].map(linkType)).toEqual(['ether', 'loopback', 'none', 'ppp']);
  });
});
