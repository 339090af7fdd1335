import { describe, expect, it } from 'vitest';
import { ownerSteps } from '../../../../src/core/derive/probing/follow-up/owner-steps.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import { planProbes } from '../../../../src/core/derive/probing/probe-plan.js';
import { aSnapshot, type SnapshotBuilder } from '../../../support/a-snapshot.js';
import { asked, askedByChild, controls, ETH0_MAC, STRANGER } from '../../../support/owners-seen.js';

const lan = () => aSnapshot().parent('eth0').child('web').child('db');
const web = asked('host-child-arp', { target: '192.0.2.50', child: 'web', by: [STRANGER] });

function stepsAfter(builder: SnapshotBuilder): string[] {
  const { facts, scope, observations } = builder.build();
  const topology = buildTopology({ facts, scope });
  const steps = ownerSteps({ topology, facts, observations, expectations: [] });
  for (const { send } of steps) {
    expect(send).toMatchObject({ kind: 'arp', senderIp: '0.0.0.0', senderMac: ETH0_MAC });
  }
  return steps.map(({ probe, target }) => `${probe} ${target}`);
}

function plan(builder: SnapshotBuilder, probe: string): string[] {
  const { facts, scope } = builder.build();
  const steps = planProbes(buildTopology({ facts, scope }), facts);
  return steps.filter((step) => step.probe === probe).map(({ target }) => target);
}

describe('who else has an address', () => {
  it('is asked for every IPv4 address of a child, and for no more than eight', () => {
    const many = Array.from({ length: 12 }, (_, at) => `192.0.2.${(at + 100).toString()}/24`);
    expect(
      plan(aSnapshot().parent('eth0').child('web', { address: many }), 'host-child-arp'),
    ).toEqual(many.slice(0, 8).map((cidr) => cidr.split('/')[0]));
  });

  it('is asked from a parent without an address as well', () => {
    const bare = aSnapshot().parent('eth0', { address: [] }).child('web');
    expect(plan(bare, 'host-child-arp')).toEqual(['192.0.2.50']);
  });

  it('is asked for the addresses of shims', () => {
    expect(plan(lan().shim('mvd-shim'), 'shim-address-arp')).toEqual(['192.0.2.250']);
  });
});

describe('what is asked on', () => {
  it('is nothing where nobody else answered', () => {
    expect(stepsAfter(lan().allHealthy())).toEqual([]);
    expect(stepsAfter(lan().allHealthy({ reflects: true }))).toEqual([]);
    expect(stepsAfter(lan().shim('mvd-shim').allHealthy())).toEqual([]);
  });

  it('are two addresses that should be nobody’s, once', () => {
    const stranger = lan().allHealthy().observed(web);
    expect(stepsAfter(stranger)).toEqual([
      'owner-control-arp 192.0.2.254',
      'owner-control-arp 192.0.2.253',
    ]);
    for (const one of controls()) stranger.observed(one);
    expect(stepsAfter(stranger)).toEqual([]);
  });

  it('is an address for whoever has to move, where no shim may come and none was sought', () => {
    const shared = lan()
      .shim('mvd-shim')
      .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' })
      .child('old', { address: '192.0.2.50/24' });
    expect(stepsAfter(shared.allHealthy())).toEqual([
      'free-address-arp 192.0.2.254',
      'free-address-arp 192.0.2.253',
      'free-address-arp 192.0.2.252',
      'free-address-arp 192.0.2.251',
    ]);
  });

  it('are virtual addresses: by a sibling that has them not, else by two of those who have', () => {
    const vip = (own: number) => ({ address: [`192.0.2.${own.toString()}/24`, '192.0.2.80/32'] });
    const two = () => aSnapshot().parent('eth0').child('web', vip(50)).child('db', vip(51));
    const whoAsks = (builder: SnapshotBuilder): string[] => {
      const { facts, scope, observations } = builder.allHealthy().build();
      const topology = buildTopology({ facts, scope });
      return ownerSteps({ topology, facts, observations, expectations: [] })
        .filter(({ probe }) => probe === 'holder-arp')
        .map(({ from, target }) => `${from} ${target}`);
    };
    expect(whoAsks(two().child('cam'))).toEqual(['child:eth0@cam 192.0.2.80']);
    expect(whoAsks(two())).toEqual(['child:eth0@db 192.0.2.80', 'child:eth0@web 192.0.2.80']);
    expect(whoAsks(two().shim('mvd-shim'))).toEqual(['shim:mvd-shim 192.0.2.80']);
    expect(whoAsks(two().child('cam').observed(askedByChild('cam', '192.0.2.80')))).toEqual([]);
    expect(whoAsks(aSnapshot().parent('eth0').child('web', vip(50)).child('db'))).toEqual([]);
    const main = { address: '192.0.2.50/24' };
    expect(whoAsks(aSnapshot().parent('eth0').child('web').child('db', main))).toEqual([]);
  });

  it('are addresses that a child’s MAC stands for in a table, four at the most', () => {
    const met = ['98', '99'].map((last) => ({
      dst: `192.0.2.${last}`,
      dev: 'eth0',
      lladdr: '02:42:c0:00:02:10',
      state: ['STALE'] as const,
    }));
    const host = lan();
    for (const entry of met) host.hostNeighbour(entry);
    expect(stepsAfter(host.allHealthy())).toEqual([
      'neighbour-arp 192.0.2.98',
      'neighbour-arp 192.0.2.99',
    ]);
  });

  it('is nothing on a parent where nothing could be sent', () => {
    const deaf = lan().child('old', { address: '192.0.2.50/24' });
    expect(stepsAfter(deaf)).toEqual([]);
  });
});
