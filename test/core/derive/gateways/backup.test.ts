import { expect, it } from 'vitest';
import { betterGateway } from '../../../../src/core/derive/gateways/backup.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import { aSnapshot } from '../../../support/a-snapshot.js';

const [FIRST, SECOND] = ['192.0.2.1', '192.0.2.254'] as const;

/** What the child falls back from when it asks for the second one in vain. */
function betterThanSecond(metrics: readonly (number | undefined)[], isFirstThere = true) {
  const routes = [FIRST, SECOND].map((gateway, at) => ({
    dst: 'default',
    gateway,
    ...(metrics[at] !== undefined && { metric: metrics[at] }),
  }));
  const host = aSnapshot().parent('eth0').child('web', { routes }).allHealthy();
  for (const target of isFirstThere ? [SECOND] : [FIRST, SECOND])
    host.silent('gateway-arp-child', { target }).silent('gateway-icmp', { target });
  const { facts, scope, observations } = host.build();
  const children = buildTopology({ facts, scope }).parents.flatMap((parent) => parent.children);
  return children.map((child) => betterGateway(child, SECOND, { facts, observations }))[0];
}

it.each([
  ['with a lower metric', [100, 200] as const, true, FIRST],
  ['with none, which is 0', [undefined, 200] as const, true, FIRST],
  ['with a lower metric that does not answer either', [100, 200] as const, false, undefined],
  ['that shares the traffic', [0, 0] as const, true, undefined],
  ['with a higher metric', [300, 200] as const, true, undefined],
])('another gateway %s', (_name, metrics, isFirstThere, expected) => {
  expect(betterThanSecond(metrics, isFirstThere)).toBe(expected);
});
