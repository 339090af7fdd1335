// Who is handed an echo request where two answer for one gateway, and in whose name.
import { describe, expect, it } from 'vitest';
import { rivalSteps } from '../../../../../src/core/derive/probing/follow-up/rival-steps.js';
import { buildTopology } from '../../../../../src/core/derive/topology/topology.js';
import type { ProbeStep } from '../../../../../src/model/observation.js';
import { aSnapshot, type SnapshotBuilder } from '../../../../support/a-snapshot.js';
import { asked, ETH0_MAC, STRANGER } from '../../../../support/owners-seen.js';

const GATEWAY = '192.0.2.1';
const ROUTER = '00:11:22:33:44:01';

function stepsFor(builder: SnapshotBuilder, ...by: string[]): ProbeStep[] {
  const { facts } = builder.build();
  const topology = buildTopology(builder.build());
  const observations = [asked('gateway-arp-parent', { target: GATEWAY, by })];
  const first = rivalSteps({ topology, facts, observations, expectations: [] });
  const done = first.map((step) => ({ ...step, sent: 1, replies: [] }));
  const soFar = { topology, facts, observations: [...observations, ...done], expectations: [] };
  expect(rivalSteps(soFar)).toEqual([]);
  return first;
}

const said = ({ from, send }: ProbeStep) =>
  send.kind === 'relay'
    ? `${from} ${send.sourceIp} ${send.ethernetSource} to ${send.ethernetDestination}`
    : send.kind;

describe('two that answer for a gateway', () => {
  it('are each handed one, once, in the name of the parent where it has an address there', () => {
    const lan = aSnapshot().parent('eth0', { address: '192.0.2.10/24' }).child('web');
    expect(stepsFor(lan, ROUTER, STRANGER).map(said)).toEqual([
      `host 192.0.2.10 ${ETH0_MAC} to ${ROUTER}`,
      `host 192.0.2.10 ${ETH0_MAC} to ${STRANGER}`,
    ]);
  });

  it('are handed one in the name of a child where the parent has none', () => {
    const lan = aSnapshot()
      .parent('eth0', { address: [] })
      .child('web', { address: '192.0.2.50/24' });
    const steps = stepsFor(lan, ROUTER, STRANGER);
    expect(steps.map(({ from }) => from)).toEqual(['child:eth0@web', 'child:eth0@web']);
    expect(steps.map(said).join(' ')).toContain('192.0.2.50');
  });

  it('are handed nothing where there is one only, or the other is a link of this host', () => {
    const lan = aSnapshot().parent('eth0').child('web');
    expect(stepsFor(lan, ROUTER)).toEqual([]);
    expect(stepsFor(lan, ROUTER, ETH0_MAC)).toEqual([]);
  });
});
