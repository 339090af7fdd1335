// How long an answer is waited for: as the model has it, and where that is left open, by who would be to blame.
import { describe, expect, it } from 'vitest';
import { planProbes } from '../../../../src/core/derive/probing/probe-plan.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import type { ProbeId } from '../../../../src/model/observation.js';
import { aSnapshot, type SnapshotBuilder } from '../../../support/a-snapshot.js';

function awaited(given: SnapshotBuilder, probe: ProbeId): string[] {
  const { facts, scope } = given.build();
  const steps = planProbes(buildTopology({ facts, scope }), facts, ['host-access']);
  return steps.filter((step) => step.probe === probe).map(({ expect: patience }) => patience);
}

const lan = (mode = 'bridge') =>
  aSnapshot().parent('eth0').child('a', { mode }).child('b', { mode });
const shim = () =>
  lan()
    .shim('sh0')
    .hostRoute({ dst: '192.0.2.50', dev: 'sh0' })
    .hostRoute({ dst: '192.0.2.51', dev: 'sh0' });

describe('an answer is waited for', () => {
  it.each<[string, SnapshotBuilder, ProbeId, string]>([
    ['a gateway, by ARP', lan(), 'gateway-arp-child', 'answer'],
    // Many drop pings: who answers does so at once.
    ['a gateway, by ping', lan(), 'gateway-icmp', 'silence'],
    ['a sibling in bridge mode', lan(), 'sibling-icmp', 'answer'],
    [
      'one whose settings were not read',
      lan().settings('b', null).settings('a', null),
      'sibling-icmp',
      'answer',
    ],
    [
      'one that ignores pings',
      lan().settings('a', { ignoresEcho: true }).settings('b', { ignoresEcho: true }),
      'sibling-icmp',
      'silence',
    ],
    ['a sibling in vepa mode', lan('vepa'), 'sibling-icmp', 'silence'],
    ['a child, from the parent', lan(), 'host-child-icmp', 'silence'],
    ['a child, by a shim', shim(), 'host-child-icmp', 'answer'],
    ['the host, by a shim', shim(), 'child-shim-icmp', 'answer'],
    ['the switch', lan(), 'reflection', 'silence'],
    ['an address that is to be free', lan(), 'free-address-arp', 'silence'],
    [
      'a machine that may have gone',
      aSnapshot()
        .parent('eth0')
        .child('a', { neighbours: [{ dst: '192.0.2.77', state: ['FAILED'] }] }),
      'neighbour-arp',
      'answer',
    ],
    [
      'a child, by a router',
      aSnapshot()
        .hostLink('lan0', { address: '198.51.100.2/24', gateway: '198.51.100.1' })
        .parent('eth0', { address: [] })
        .child('a'),
      'host-child-icmp',
      'answer',
    ],
  ])('%s', (_name, given, probe, patience) => {
    expect(new Set(awaited(given, probe))).toEqual(new Set([patience]));
  });
});
