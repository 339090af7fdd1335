import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNetworkAnswer } from '../../../../src/core/parse/docker/network-answer.js';
import type { RuntimeNetwork } from '../../../../src/model/runtime-network.js';

const LISTED: RuntimeNetwork = {
  id: 'n1',
  name: 'lan',
  driver: 'macvlan',
  scope: 'local',
  isInternal: false,
  isConfigOnly: false,
  pools: [
    { subnet: '192.0.2.0/24', auxAddresses: {} },
    { subnet: '2001:db8::/64', auxAddresses: {} },
  ],
};

describe('parseNetworkAnswer', () => {
  it('tells who holds which address, also where no container is left', () => {
    const Containers = {
      c1: {
        Name: 'web',
        MacAddress: '02:42:C0:00:02:05',
        IPv4Address: '192.0.2.5/24',
        IPv6Address: '',
      },
      'ep-9f1e': { Name: 'gone', MacAddress: '', IPv4Address: '192.0.2.6/24' },
    };
    expect(parseNetworkAnswer(LISTED, { Id: 'n1', Containers })).toEqual({
      ...LISTED,
      held: [
        { name: 'gone', containerId: 'ep-9f1e', ipv4: '192.0.2.6' },
        { name: 'web', containerId: 'c1', ipv4: '192.0.2.5', mac: '02:42:c0:00:02:05' },
      ],
    });
  });

  it('tells how many addresses are left, where the engine counts them', () => {
    const Subnets = { '192.0.2.0/24': { IPsInUse: 250, DynamicIPsAvailable: 6 } };
    const network = parseNetworkAnswer(LISTED, { Id: 'n1', Status: { IPAM: { Subnets } } });
    expect(network?.pools.map(({ addressesLeft }) => addressesLeft)).toEqual([6, undefined]);
    expect(network?.held).toEqual([]);
  });

  it.each([null, [], 'x', {}, { Id: 'n2' }])('takes %j for no answer', (answer) => {
    expect(parseNetworkAnswer(LISTED, answer)).toBeUndefined();
  });

  it('never throws, whatever it is given', () => {
    const parts = fc.dictionary(
      fc.constantFrom('Containers', 'Status', '__proto__'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(parts, (given) => {
        const network = parseNetworkAnswer(LISTED, { ...given, Id: 'n1' });
        for (const { name } of network?.held ?? []) expect(typeof name).toBe('string');
      }),
    );
  });
});
