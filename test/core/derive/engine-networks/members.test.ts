// Who is put back on a network first.
import { expect, it } from 'vitest';
import {
  inOrderOfReturn,
  type Member,
} from '../../../../src/core/derive/engine-networks/members.js';
import type { RuntimeEndpoint } from '../../../../src/model/runtime-network.js';

const POOLS = ['192.0.2.0/24', '198.51.100.0/24'].map((subnet) => ({
  subnet,
  auxAddresses: {},
}));

const member = (name: string, ipv4: string, more: Partial<RuntimeEndpoint> = {}): Member => ({
  name,
  isRunning: true,
  endpoint: { networkId: 'n', networkName: 'lan', ipv4, ...more },
});

const order = (...members: readonly Member[]): string[] =>
  inOrderOfReturn(members, { pools: POOLS }).map(({ name }) => name);

it('goes by the addresses of a pool, as the engine hands them out', () => {
  const late = member('late', '192.0.2.10/24');
  expect(order(late, member('early', '192.0.2.9'))).toEqual(['early', 'late']);
  expect(order(member('other', '198.51.100.2'), late)).toEqual(['late', 'other']);
});

it('is whoever asked for an address, and whoever runs', () => {
  const asking = member('asking', '192.0.2.90', { wantedIpv4: '192.0.2.90' });
  const stopped = { ...member('stopped', '192.0.2.1'), isRunning: false };
  expect(order(stopped, member('plain', '192.0.2.2'), asking)).toEqual([
    'asking',
    'plain',
    'stopped',
  ]);
});

it('stays as it was listed for addresses of no pool, which stand-ins put in another order', () => {
  const [high, low] = [member('high', '203.0.113.9'), member('low', '10.1.0.4')];
  expect(order(high, low)).toEqual(['high', 'low']);
  expect(order(low, high, member('own', '192.0.2.3'))).toEqual(['own', 'low', 'high']);
});
