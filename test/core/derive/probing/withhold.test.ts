import { describe, expect, it } from 'vitest';
import { planProbes } from '../../../../src/core/derive/probing/probe-plan.js';
import { withhold, WITHHELD } from '../../../../src/core/derive/probing/withhold.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import { known } from '../../../../src/model/fact.js';
import type { ProbeStep } from '../../../../src/model/observation.js';
import { aSnapshot, type SnapshotBuilder } from '../../../support/a-snapshot.js';

const CARD = 'a0:36:9f:01:02:03';
const gateway = '5.9.1.1';

/** Two children and a shim behind a public /32, as dedicated servers have them. */
function rented(): SnapshotBuilder {
  return aSnapshot()
    .parent('eth0', { mac: CARD, address: '5.9.1.2/32', routes: [{ dst: 'default', gateway }] })
    .child('web', { address: '5.9.1.20/27', gateway })
    .child('db', { address: '5.9.1.21/27', gateway })
    .shim('mvd-shim', { address: '5.9.1.30/32' })
    .hostRoute({ dst: '5.9.1.20', dev: 'mvd-shim' })
    .fact('machine', known({ hasHypervisorFlag: false, systemVendor: 'Supermicro' }));
}

function divide(builder: SnapshotBuilder, foreignMacs = false) {
  const { facts, scope } = builder.build();
  const topology = buildTopology({ facts, scope });
  const planned = planProbes(topology, facts);
  return { planned, ...withhold(planned, { topology, facts, foreignMacs }), host: topology.host };
}

function sourcesOf({ send }: ProbeStep): string[] {
  if (send.kind === 'arp') return [send.ethernetSource, send.senderMac];
  return send.kind === 'relay' ? [send.ethernetSource] : [];
}

describe('on a rented server', () => {
  it('nothing leaves with another MAC than its own', () => {
    const { steps, host } = divide(rented());
    expect(steps.length).toBeGreaterThan(0);
    expect(new Set(steps.flatMap((step) => sourcesOf(step)))).toEqual(new Set([CARD]));
    const senders = steps.flatMap(({ send }) => ('netns' in send ? [send.netns] : []));
    expect(senders.filter((netns) => netns !== host.inode)).toEqual([]);
    expect(steps.filter(({ send }) => send.kind === 'reflection')).toEqual([]);
    const byShim = steps.filter(
      ({ send, target }) =>
        send.kind === 'icmp' && (send.device === 'mvd-shim' || target === '5.9.1.20'),
    );
    expect(byShim).toEqual([]);
  });

  it('what was not sent is on record, with the reason', () => {
    const { planned, steps, withheld } = divide(rented());
    expect(steps.length + withheld.length).toBe(planned.length);
    const probes = new Set(withheld.map(({ probe }) => probe));
    for (const probe of ['gateway-arp-child', 'gateway-icmp', 'sibling-icmp', 'shim-child-icmp']) {
      expect(probes).toContain(probe);
    }
    for (const one of withheld) {
      expect(one).toMatchObject({ sent: 0, replies: [], error: WITHHELD });
    }
  });

  it('everything is sent where the user says so', () => {
    const { planned, steps, withheld } = divide(rented(), true);
    expect([steps, withheld]).toEqual([planned, []]);
  });

  it('another parent of the same host is not affected', () => {
    const builder = rented().parent('eth1').child('lan');
    const { steps, withheld } = divide(builder);
    expect(steps.some(({ child }) => child === 'eth0@lan')).toBe(true);
    expect(withheld.some(({ parent }) => parent === 'eth1')).toBe(false);
  });
});

it('on an ordinary LAN nothing is kept back', () => {
  const { planned, steps, withheld } = divide(aSnapshot().parent('eth0').child('web').child('db'));
  expect([steps, withheld]).toEqual([planned, []]);
});
