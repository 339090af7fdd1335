import { describe, expect, it } from 'vitest';
import {
  MOST_ASKED_AGAIN,
  MOST_CONNECTING,
  againSteps,
} from '../../../../../src/core/derive/probing/follow-up/again-steps.js';
import {
  MOST_LOOKED_INTO,
  namespacesToLookInto,
} from '../../../../../src/core/derive/probing/follow-up/second-look.js';
import {
  MOST_CALLED,
  MOST_CALLERS,
  MOST_PORTS,
  MOST_PORTS_FIRST,
  MOST_SIBLINGS,
  serviceSteps,
} from '../../../../../src/core/derive/probing/follow-up/service-steps.js';
import {
  MOST_SEARCHES,
  MOST_SIZE_PROBES,
  sizeSteps,
} from '../../../../../src/core/derive/probing/follow-up/size-steps.js';
import type { SoFar } from '../../../../../src/core/derive/probing/follow-up/follow-up.js';
import { buildTopology } from '../../../../../src/core/derive/topology/topology.js';
import { known } from '../../../../../src/model/fact.js';
import type { Observation, ProbeStep } from '../../../../../src/model/observation.js';
import { aSnapshot, type SnapshotBuilder } from '../../../../support/a-snapshot.js';

function soFar(
  builder: SnapshotBuilder,
  change: (one: Observation) => Observation = (one) => one,
): SoFar {
  const snapshot = builder.allHealthy().build();
  return {
    topology: buildTopology(snapshot),
    facts: snapshot.facts,
    observations: snapshot.observations.map((one) => change(one)),
    expectations: [],
  };
}

const many = (count: number): SnapshotBuilder => {
  const builder = aSnapshot().parent('eth0');
  for (let at = 0; at < count; at += 1)
    builder.child(`c${at.toString()}`, { address: `192.0.2.${(50 + at).toString()}/24` });
  return builder;
};
const shimmed = (count: number): SnapshotBuilder => {
  const builder = many(count).shim('mvd-shim');
  for (let at = 0; at < count; at += 1)
    builder.hostRoute({ dst: `192.0.2.${(50 + at).toString()}`, dev: 'mvd-shim' });
  return builder;
};
const mute =
  (...probes: readonly string[]) =>
  (one: Observation): Observation =>
    probes.includes(one.probe) ? { ...one, sent: 4, replies: [], left: 4, arrived: [] } : one;
const count = (steps: readonly ProbeStep[], probe: string): number =>
  steps.filter((step) => step.probe === probe).length;

describe('on a sound LAN', () => {
  it('nothing but one long packet per gateway and MTU is sent', () => {
    const given = soFar(shimmed(6));
    expect(againSteps(given)).toEqual([]);
    expect(serviceSteps(given)).toEqual([]);
    expect(namespacesToLookInto(given)).toEqual([]);
    expect(sizeSteps(given)).toMatchObject([
      { probe: 'full-size-icmp', target: '192.0.2.1', send: { bytes: 1500 } },
    ]);
  });

  it('a second MTU and a second gateway are questions of their own', () => {
    const given = soFar(
      many(2).child('jumbo', { mtu: 1400 }).child('other', { gateway: '192.0.2.2' }),
    );
    expect(sizeSteps(given)).toHaveLength(3);
  });

  it('a gateway that ignores pings is asked nothing long, and nothing again', () => {
    const given = soFar(many(3), mute('gateway-icmp', 'gateway-icmp-parent'));
    expect(sizeSteps(given)).toEqual([]);
    expect(againSteps(given)).toEqual([]);
  });
});

describe('with very many children in trouble', () => {
  it('a few are asked for again, with the control last, and fewer connect', () => {
    const steps = againSteps(soFar(many(60), mute('gateway-icmp')));
    expect(count(steps, 'gateway-icmp')).toBe(MOST_ASKED_AGAIN);
    expect(steps[MOST_ASKED_AGAIN]?.probe).toBe('gateway-icmp-parent');
    expect(count(steps, 'service-tcp')).toBe(3 * (MOST_CONNECTING + 1));
  });

  it('whose echo has not even left is asked for again: its ARP request may have been lost', () => {
    const stuck = soFar(many(3), (one) =>
      one.probe === 'gateway-icmp' && one.child === 'eth0@c1'
        ? { ...one, sent: 4, replies: [], left: 0, arrived: [] }
        : one,
    );
    expect(count(againSteps(stuck), 'gateway-icmp')).toBe(1);
  });

  it('a few are called, by two siblings and a shim, at a few ports', () => {
    const given = soFar(shimmed(60), mute('sibling-icmp', 'shim-child-icmp', 'child-shim-icmp'));
    const inodes = namespacesToLookInto(given);
    expect(inodes).toHaveLength(MOST_LOOKED_INTO);
    expect(inodes[0]).toBe(given.topology.host.inode);
    const listening = { listening: Array.from({ length: 20 }, (_, index) => 8000 + index) };
    const services = known(
      Object.fromEntries(inodes.map((inode) => [inode.toString(), listening])),
    );
    const steps = serviceSteps({ ...given, facts: { ...given.facts, services } });
    const toShim = steps.filter(({ to }) => to === 'shim:mvd-shim');
    expect(toShim).toHaveLength(MOST_CALLERS * MOST_PORTS);
    expect(count(steps, 'service-tcp') - toShim.length).toBe(
      MOST_CALLED * (MOST_PORTS_FIRST + MOST_SIBLINGS * MOST_PORTS),
    );
  });

  it('no question is asked twice', () => {
    const given = soFar(
      shimmed(3),
      mute('sibling-icmp', 'shim-child-icmp', 'child-shim-icmp', 'gateway-icmp'),
    );
    const answers = [...serviceSteps(given), ...againSteps(given)].map((step): Observation => ({
      ...step,
      sent: 4,
      replies: [],
    }));
    const later = { ...given, observations: [...given.observations, ...answers] };
    expect(serviceSteps(later)).toEqual([]);
    expect(againSteps(later)).toEqual([]);
  });

  it('a search is for few gateways, and bounded', () => {
    const builder = aSnapshot().parent('eth0');
    for (let at = 0; at < 5; at += 1)
      builder.child(`c${at.toString()}`, { gateway: `192.0.2.${(1 + at).toString()}` });
    const given = soFar(builder);
    const lost = (step: ProbeStep): Observation => ({ ...step, sent: 4, replies: [] });
    let { observations } = given;
    let sent = sizeSteps(given).length;
    expect(sent).toBe(5);
    for (let round = 0; round < 4; round += 1) {
      const steps = round === 0 ? sizeSteps(given) : sizeSteps({ ...given, observations });
      observations = [...observations, ...steps.map((step) => lost(step))];
      if (round > 0) sent += steps.length;
    }
    expect(sent - 5).toBeLessThanOrEqual(MOST_SEARCHES * MOST_SIZE_PROBES);
    const targets = new Set(
      observations.filter(({ probe }) => probe === 'full-size-icmp').map(({ target }) => target),
    );
    expect(targets.size).toBe(5);
  });
});
