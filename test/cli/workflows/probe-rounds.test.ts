// How long a run asks on, and that it closes behind itself, whatever the rounds bring.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { probeInRounds } from '../../../src/cli/workflows/probe-rounds.js';
import { followUpLimit } from '../../../src/core/derive/probing/frame-limit.js';
import { MOST_FOLLOW_UPS } from '../../../src/core/derive/probing/follow-up/follow-up.js';
import { buildTopology } from '../../../src/core/derive/topology/topology.js';
import type { Observation, ProbeStep } from '../../../src/model/observation.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { fakeHost } from '../../support/fake-host.js';

const doors = vi.hoisted(() => ({
  /** Steps of each round that was sent. */
  rounds: [] as (readonly unknown[])[],
  closed: 0,
  nowMs: 0,
  onRound: undefined as undefined | (() => void),
  plan: [] as unknown[],
}));

vi.mock('../../../src/edge/probes/run-probes.js', () => ({
  openProbeSession: () => ({
    probe(steps: readonly ProbeStep[]) {
      doors.rounds.push(steps);
      doors.onRound?.();
      const observations = steps.map((step): Observation => ({ ...step, sent: 4, replies: [] }));
      return Promise.resolve({ observations, notes: ['a note'] });
    },
    close() {
      doors.closed += 1;
      return Promise.resolve();
    },
  }),
}));
vi.mock('../../../src/core/derive/probing/follow-up/follow-up.js', () => ({
  MOST_FOLLOW_UPS: 4,
  planFollowUps: () => doors.plan,
}));
vi.mock('../../../src/core/derive/probing/follow-up/second-look.js', () => ({
  namespacesToLookInto: () => [],
}));
vi.mock('../../../src/edge/gatherers/gather.js', () => ({
  gather: () => Promise.resolve({ facts: {}, sources: [] }),
}));

const STEP: ProbeStep = {
  probe: 'gateway-icmp',
  from: 'child:eth0@web',
  to: 'gateway:192.0.2.1',
  parent: 'eth0',
  target: '192.0.2.1',
  send: { kind: 'icmp', netns: 2 },
  expect: 'answer',
};
const WINDOW_MS = 1000;

const snapshot = aSnapshot().parent('eth0').child('web').build();
const topology = buildTopology(snapshot);

function run(signal = new AbortController().signal) {
  const host = fakeHost({ host: { monotonicMs: () => doors.nowMs } });
  const seen = { facts: snapshot.facts, topology, steps: [STEP], withheld: [] };
  const options = { windowMs: WINDOW_MS, expectations: [], foreignMacs: undefined, signal };
  return probeInRounds(seen, { host, ...options });
}

beforeEach(() => {
  Object.assign(doors, { rounds: [], closed: 0, nowMs: 0, onRound: undefined, plan: [] });
});

describe('rounds of probes', () => {
  it('end with the first one when nothing is left open', async () => {
    const { observations, notes } = await run();
    expect(observations).toEqual([{ ...STEP, sent: 4, replies: [] }]);
    expect(notes).toEqual(['a note']);
    expect([doors.rounds.length, doors.closed]).toEqual([1, 1]);
  });

  it('go on a few times at the most, and keep every answer', async () => {
    doors.plan = [STEP];
    const { observations } = await run();
    expect(doors.rounds).toHaveLength(1 + MOST_FOLLOW_UPS);
    expect(observations).toHaveLength(1 + MOST_FOLLOW_UPS);
  });

  it('do not begin when the time of all windows together would not be enough', async () => {
    doors.plan = [STEP];
    doors.onRound = () => {
      doors.nowMs += WINDOW_MS * 2;
    };
    await run();
    expect(doors.rounds).toHaveLength(3);
  });

  it('keep to the limit of frames, and say so', async () => {
    doors.plan = Array.from({ length: 1000 }, () => STEP);
    const { observations, notes } = await run();
    const sent = observations.slice(1).reduce((sum, one) => sum + one.sent, 0);
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThanOrEqual(followUpLimit(topology));
    expect(notes).toContainEqual(expect.stringContaining('limit of frames'));
  });

  it('end with an abort, and close behind themselves', async () => {
    const stop = new AbortController();
    doors.plan = [STEP];
    doors.onRound = () => {
      stop.abort();
    };
    await expect(run(stop.signal)).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect([doors.rounds.length, doors.closed]).toEqual([1, 1]);
  });
});
