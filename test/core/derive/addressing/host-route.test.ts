import { describe, expect, it } from 'vitest';
import { hostRoute } from '../../../../src/core/derive/addressing/host-route.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import { unknown } from '../../../../src/model/fact.js';
import type { Rule } from '../../../../src/model/route.js';
import { aSnapshot, type SnapshotBuilder } from '../../../support/a-snapshot.js';

const IP = '192.0.2.50';

function wayTo(ip: string, builder: SnapshotBuilder) {
  const { facts, scope } = builder.build();
  const unasked = { ...facts, routeLookups: unknown('skipped', 'not asked') };
  return hostRoute(buildTopology({ facts: unasked, scope }), unasked, ip);
}

const lan = () =>
  aSnapshot().parent('eth0', { gateway: '192.0.2.1' }).child('web').hostLink('vpn0');
const rule = (more: Partial<Rule>): Rule => ({
  family: 'inet',
  priority: 100,
  src: 'all',
  table: '52',
  ...more,
});
const withVpn = (more: Partial<Rule>) =>
  lan().hostRoute({ dst: '192.0.2.0/24', dev: 'vpn0', table: '52' }).hostRule(rule(more));

describe('the host’s way to an address', () => {
  it('is the kernel’s own answer where it was asked', () => {
    const { facts, scope } = lan().routeLookup({ dst: IP, dev: 'vpn0', table: '52' }).build();
    expect(hostRoute(buildTopology({ facts, scope }), facts, IP)).toMatchObject({ dev: 'vpn0' });
  });

  it('is the longest prefix of table main where no rule interferes', () => {
    expect(wayTo(IP, lan())).toEqual({ dev: 'eth0', table: 'main' });
    expect(wayTo(IP, lan().hostRoute({ dst: IP, dev: 'vpn0' }))).toMatchObject({ dev: 'vpn0' });
  });

  it.each<[string, Partial<Rule>]>([
    ['of any packet', {}],
    ['to the address', { dst: '192.0.2.0/25' }],
    ['of what the host itself sends', { iif: 'lo' }],
  ])('follows a rule that comes first: one %s', (_name, more) => {
    expect(wayTo(IP, withVpn(more))).toEqual({ dev: 'vpn0', table: '52' });
  });

  it.each<[string, Partial<Rule>]>([
    ['comes later', { priority: 40_000 }],
    ['is about another destination', { dst: '198.51.100.0/24' }],
    ['is about a source', { src: '192.0.2.7' }],
    ['is about marked packets', { fwmark: '0x1' }],
    ['is about what is passed on', { iif: 'eth0' }],
    ['is about a bound socket', { oif: 'vpn0' }],
    ['leads to an empty table', { table: '53' }],
    ['is about the other family', { family: 'inet6' }],
  ])('ignores a rule that %s', (_name, more) => {
    expect(wayTo(IP, withVpn(more))).toEqual({ dev: 'eth0', table: 'main' });
  });

  it('is none without a route', () => {
    expect(wayTo('203.0.113.9', aSnapshot().parent('eth0').child('web'))).toEqual({});
  });
});
