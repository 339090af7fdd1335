// Whatever is lost on the way, nobody is blamed who is not to blame.
import { describe, expect, it } from 'vitest';
import { splitSteps } from '../../../../src/core/derive/probing/follow-up/split-steps.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import { MOST_SPLIT_CHILDREN } from '../../../../src/core/derive/upstream/split-candidates.js';
import { upstreamFaults } from '../../../../src/core/derive/upstream/upstream-faults.js';
import type { Snapshot } from '../../../../src/model/snapshot.js';
import { aSnapshot, type SnapshotBuilder } from '../../../support/a-snapshot.js';
import { probedBehind, type Beyond } from '../../../support/switch-view.js';

const OWN = '52:54:00:00:00:10';
const isOwn = (mac: string): boolean => mac === OWN;

/** One frame in ten, by a generator of its own for each run (mulberry32). */
function lossy(seed: number): () => boolean {
  let state = seed;
  return () => {
    state = Math.trunc(state + 0x6d_2b_79_f5);
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296 < 0.1;
  };
}

function host(children: number): SnapshotBuilder {
  const builder = aSnapshot().parent('eth0');
  for (let at = 0; at < children; at += 1) builder.child(`c${at.toString()}`);
  return builder;
}

function faultsOf(snapshot: Snapshot) {
  const { facts, observations } = snapshot;
  const topology = buildTopology({ facts, scope: snapshot.scope });
  return topology.parents.flatMap((parent) =>
    upstreamFaults(parent, { facts, observations, topology }),
  );
}

const POLICIES: readonly [string, Beyond][] = [
  ['source-filtered', { takes: isOwn }],
  ['unicast-filtered', { delivers: isOwn }],
  ['both', { takes: isOwn, delivers: isOwn }],
  ['nic-filter', { cardIsStrict: true }],
];

const RUNS = Array.from({ length: 24 }, (_, at) => at + 1);

describe('what lies beyond the parent, while one frame in ten is lost', () => {
  it('is nothing, where nothing does', () => {
    for (const seed of RUNS) {
      const snapshot = probedBehind(host(1 + (seed % 6)), { isLost: lossy(seed) });
      expect(faultsOf(snapshot), `seed ${seed.toString()}`).toEqual([]);
    }
  });

  it.each(POLICIES)(
    'is %s, also where the gateway answers nobody without a name',
    (filter, policy) => {
      const faults = faultsOf(
        probedBehind(host(2), { ...policy, ignoresArpProbes: ['192.0.2.1'] }),
      );
      expect(faults.map((fault) => fault.filter)).toEqual([filter]);
    },
  );

  it.each([
    { forIp: '0.0.0.0', senders: ['0.0.0.0'] },
    { forIp: '192.0.2.10', senders: ['192.0.2.50', '192.0.2.10'] },
  ])('is asked about by senders $senders after an answer to $forIp', ({ forIp, senders }) => {
    const { facts, observations, scope } = host(1)
      .allHealthy()
      .silent('gateway-arp-child')
      .silent('gateway-icmp')
      .build();
    const topology = buildTopology({ facts, scope });
    const heard = observations.map((one) =>
      one.probe === 'gateway-arp-parent' ? { ...one, replies: [{ rttMs: 1, forIp }] } : one,
    );
    const steps = splitSteps({ facts, topology, observations: heard, expectations: [] });
    const said = steps.flatMap(({ send }) => (send.kind === 'arp' ? [send.senderIp] : []));
    expect([...new Set(said)]).toEqual(senders);
  });

  it.each(POLICIES)('is %s, for everybody and nothing else', (filter, policy) => {
    for (const seed of RUNS) {
      const count = 1 + (seed % 6);
      const faults = faultsOf(probedBehind(host(count), { ...policy, isLost: lossy(seed) }));
      // What is lost four times over leaves the verdict open or wider, and never blames the other half of the way.
      const said = faults.map((fault) => fault.filter);
      expect([filter, 'both', undefined], `seed ${seed.toString()}`).toContain(said[0]);
      expect(said.length).toBeLessThan(2);
      if (said[0] === filter) expect(faults[0]?.accepted).toEqual([]);
    }
  });

  it('is right in nearly all of the runs', () => {
    const right = POLICIES.flatMap(([filter, policy]) =>
      RUNS.filter((seed) => {
        const [fault] = faultsOf(probedBehind(host(3), { ...policy, isLost: lossy(seed) }));
        return fault?.filter === filter && fault.victims.length === 3;
      }),
    );
    expect(right.length).toBeGreaterThanOrEqual(POLICIES.length * RUNS.length * 0.98);
  });
});

describe('the split probe', () => {
  it.each([1, 7, 8, 9, 40])('asks about a handful of %i children, and names them all', (count) => {
    const snapshot = probedBehind(host(count), { takes: isOwn });
    const asked = snapshot.observations.filter(({ probe }) => probe.startsWith('split-'));
    expect(asked.length).toBe(3 * Math.min(count, MOST_SPLIT_CHILDREN) + 1);
    expect(faultsOf(snapshot)[0]?.victims.length).toBe(count);
  });

  it('counts those that got no turn on a slow LAN among the victims', () => {
    const whole = probedBehind(host(4), { takes: isOwn });
    const observations = whole.observations.map((one) =>
      one.probe === 'split-source' && one.child === 'eth0@c3'
        ? { ...one, sent: 0, error: 'not asked: no time was left' }
        : one,
    );
    const [fault, ...others] = faultsOf({ ...whole, observations });
    expect(others).toEqual([]);
    expect([fault?.filter, fault?.looks.length, fault?.victims.length]).toEqual([
      'source-filtered',
      3,
      4,
    ]);
  });

  it('keeps a place for one that is answered', () => {
    const spared = '02:42:c0:00:02:10';
    const snapshot = probedBehind(host(20), { takes: (mac) => [OWN, spared].includes(mac) });
    const asked = snapshot.observations.filter(({ probe }) => probe === 'split-child');
    expect(asked.length).toBe(MOST_SPLIT_CHILDREN);
    expect(asked.some(({ child }) => child === 'eth0@c0')).toBe(true);
    const [fault] = faultsOf(snapshot);
    expect([fault?.victims.length, fault?.accepted.length]).toEqual([19, 1]);
  });

  it('asks nothing where everybody is answered', () => {
    const { observations } = probedBehind(host(4), {});
    expect(observations.filter(({ probe }) => probe.startsWith('split-'))).toEqual([]);
  });
});
