import { describe, expect, it } from 'vitest';
import { withPlan } from '../../../src/core/plan/overlay.js';
import { planOfNetworks } from '../../../src/core/plan/plan-of-networks.js';
import { refusedNetworks } from '../../../src/core/derive/planned/engine-says.js';
import { known, valueOf } from '../../../src/model/fact.js';
import type { Facts } from '../../../src/model/snapshot.js';
import { aSnapshot } from '../../support/a-snapshot.js';

function facts(serverVersion: string, gateway: { readonly gateway?: string }): Facts {
  return aSnapshot()
    .parent('eth0')
    .network({ name: 'lan', subnet: '192.0.2.0/24', ...gateway })
    .network({ name: 'iot', subnet: '198.51.100.0/24', gateway: '198.51.100.1' })
    .engine({ serverVersion })
    .build().facts;
}

function laidOver(seen: Facts, ips: readonly string[]) {
  const networks = valueOf(seen.runtime)?.networks ?? [];
  const plan = planOfNetworks(networks, { ips, newMac: () => '02:00:00:00:00:01' });
  const after = withPlan({ ...seen, plan: known(plan) });
  const runtime = valueOf(after.runtime);
  const placed = runtime?.containers.flatMap(({ name, endpoints }) =>
    endpoints.map(({ networkName, ipv4 = '' }) => `${name}: ${networkName} ${ipv4}`),
  );
  return { plan, placed, networks: runtime?.networks, refused: refusedNetworks(plan, after) };
}

describe('networks that are there', () => {
  it('are neither made again nor in their own way', () => {
    const { networks, refused } = laidOver(facts('28.5.1', {}), []);
    expect(networks?.map(({ name }) => name)).toEqual(['lan', 'iot']);
    expect(refused).toEqual([]);
  });

  it.each([
    ['28.5.1', { gateway: '192.0.2.1' }, '192.0.2.2'],
    ['20.10.24', { gateway: '192.0.2.9' }, '192.0.2.1'],
    // The engine took the first one for a gateway, and does not tell.
    ['20.10.24', {}, '192.0.2.2'],
  ])('give their next address: Docker %s, %j', (version, gateway, next) => {
    const { placed } = laidOver(facts(version, gateway), []);
    expect(placed).toEqual([
      `a container on lan: lan ${next}`,
      'a container on iot: iot 198.51.100.2',
    ]);
  });

  it('each get the addresses of their own subnet, the first one those of nobody', () => {
    const { placed } = laidOver(facts('28.5.1', {}), ['198.51.100.7', '203.0.113.7', '192.0.2.7']);
    expect(placed).toEqual([
      // The engine refuses that one.
      'a container at 203.0.113.7: lan ',
      'a container at 192.0.2.7: lan 192.0.2.7',
      'a container at 198.51.100.7: iot 198.51.100.7',
    ]);
  });
});
