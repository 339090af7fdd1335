import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planProbes } from '../../../../src/core/derive/probing/probe-plan.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import type { ProbeStep } from '../../../../src/model/observation.js';
import { aSnapshot, type SnapshotBuilder } from '../../../support/a-snapshot.js';

function plan(builder: SnapshotBuilder): readonly ProbeStep[] {
  const snapshot = builder.build();
  return planProbes(buildTopology(snapshot), snapshot.facts);
}

const lan = () => aSnapshot().parent('eth0').child('web');

const said = (steps: readonly ProbeStep[], probe: string): string[] =>
  steps.filter((step) => step.probe === probe).map(({ from, to }) => `${from} → ${to}`);

describe('the probe plan', () => {
  it('asks the gateway with each child’s MAC, and once with the parent’s', () => {
    const steps = plan(aSnapshot().parent('eth0').child('web').child('db'));
    expect(said(steps, 'gateway-arp-child')).toEqual([
      'child:eth0@db → gateway:192.0.2.1',
      'child:eth0@web → gateway:192.0.2.1',
    ]);
    expect(said(steps, 'gateway-arp-parent')).toEqual(['host → gateway:192.0.2.1']);
    for (const { send } of steps) {
      if (send.kind === 'arp') expect(send.senderIp).toBe('0.0.0.0');
    }
  });

  it('makes a ring of siblings, never a mesh', () => {
    const builder = aSnapshot().parent('eth0').child('a').child('b').child('c').child('d');
    expect(said(plan(builder), 'sibling-icmp')).toEqual([
      'child:eth0@a → child:eth0@b',
      'child:eth0@b → child:eth0@c',
      'child:eth0@c → child:eth0@d',
      'child:eth0@d → child:eth0@a',
    ]);
  });

  it('makes no ring of one, nor across subnets', () => {
    expect(said(plan(aSnapshot().parent('eth0').child('a')), 'sibling-icmp')).toEqual([]);
    const two = aSnapshot().parent('eth0').child('a').child('b', { address: '10.9.0.5/24' });
    expect(said(plan(two), 'sibling-icmp')).toEqual([]);
  });

  it('speaks from the shim where there is one, and then looks for no free address', () => {
    const bare = plan(aSnapshot().parent('eth0').child('web'));
    expect(said(bare, 'free-address-arp').length).toBeGreaterThan(0);
    const shimmed = aSnapshot()
      .parent('eth0')
      .child('web')
      .shim('mvd-shim')
      .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' });
    const steps = plan(shimmed);
    expect(said(steps, 'shim-child-icmp')).toEqual(['shim:mvd-shim → child:eth0@web']);
    expect(said(steps, 'free-address-arp')).toEqual([]);
  });

  it.each<[string, SnapshotBuilder]>([
    ['is for another subnet', lan().shim('vip', { address: '10.9.0.7/24' })],
    ['leads to children of another parent', lan().shim('vip', { address: '10.9.0.7/32' })],
    ['is down', lan().shim('vip', { up: false })],
    ['is in private mode', lan().shim('vip', { mode: 'private' })],
  ])('looks for a free address where the only shim %s', (_name, builder) => {
    expect(said(plan(builder), 'free-address-arp').length).toBeGreaterThan(0);
  });

  it.each<[string, SnapshotBuilder]>([
    ['a parent that is down', aSnapshot().parent('eth0', { up: false }).child('web')],
    ['no carrier', aSnapshot().parent('eth0', { carrier: false }).child('web')],
    ['no children', aSnapshot().parent('eth0')],
  ])('plans nothing for %s', (_name, builder) => {
    expect(plan(builder)).toEqual([]);
  });

  it('asks for the addresses of a child that is down, and nothing on its behalf', () => {
    const steps = plan(lan().child('db', { up: false }));
    const about = steps.filter(({ child }) => child === 'eth0@db');
    expect(said(about, 'host-child-arp')).toEqual(['host → child:eth0@db']);
    expect(about).toHaveLength(1);
  });

  it('gives an IPv6-only child no IPv4 step', () => {
    const steps = plan(aSnapshot().parent('eth0').child('six', { address: '2001:db8::5/64' }));
    expect(steps.filter((step) => step.child !== undefined)).toEqual([]);
  });

  it('does not ask the wire for a gateway that is the host itself', () => {
    const steps = plan(aSnapshot().parent('eth0').child('web', { gateway: '192.0.2.10' }));
    expect(said(steps, 'gateway-arp-child')).toEqual([]);
    expect(said(steps, 'gateway-icmp')).toEqual(['child:eth0@web → gateway:192.0.2.10']);
  });

  it('asks for a neighbour that a child could not find, but not for the gateway or a sibling', () => {
    const failed = (dst: string) => ({ dst, dev: 'eth0', state: ['FAILED'] as const });
    const builder = aSnapshot()
      .parent('eth0')
      .child('db')
      .child('web', {
        neighbours: [failed('192.0.2.77'), failed('192.0.2.1'), failed('192.0.2.50')],
      });
    expect(said(plan(builder), 'neighbour-arp')).toEqual(['host → lan:192.0.2.77']);
  });

  it('asks where routers live in a subnet that the host does not know and whose children name none', () => {
    const stranger = { address: '10.9.0.5/24', gateway: null };
    const steps = plan(aSnapshot().parent('eth0').child('web').child('odd', stranger));
    expect(said(steps, 'neighbour-arp')).toEqual(['host → lan:10.9.0.1', 'host → lan:10.9.0.254']);
    const named = plan(
      aSnapshot()
        .parent('eth0')
        .child('odd', { ...stranger, gateway: '10.9.0.1' }),
    );
    expect(said(named, 'neighbour-arp')).toEqual([]);
  });

  it('is patient with a neighbour whose silence would be held against it', () => {
    const missed = [{ dst: '192.0.2.77', state: ['FAILED'] as const }];
    const steps = plan(aSnapshot().parent('eth0').child('web', { neighbours: missed }));
    const asked = steps.filter(({ probe }) => probe === 'neighbour-arp');
    expect(asked.map(({ expect: patience }) => patience)).toEqual(['answer']);
  });

  it('grows linearly: at most seven steps a child, and a constant for each parent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (count) => {
        let builder = aSnapshot().parent('eth0');
        for (let index = 0; index < count; index += 1)
          builder = builder.child(`c${index.toString()}`);
        expect(plan(builder).length).toBeLessThanOrEqual(7 * count + 8);
      }),
    );
  });
});
