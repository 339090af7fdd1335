// The bound on what a run sends: linear, stated, and kept whatever the follow-ups ask for.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  affordable,
  followUpLimit,
  frameLimit,
} from '../../../../src/core/derive/probing/frame-limit.js';
import { planProbes } from '../../../../src/core/derive/probing/probe-plan.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import type { ProbeStep } from '../../../../src/model/observation.js';
import { aSnapshot } from '../../../support/a-snapshot.js';

function lanOf(children: number) {
  let builder = aSnapshot().parent('eth0');
  for (let at = 0; at < children; at += 1) builder = builder.child(`c${at.toString()}`);
  const snapshot = builder.build();
  const topology = buildTopology(snapshot);
  return { topology, steps: planProbes(topology, snapshot.facts) };
}

function limitOf(children: number): number {
  const { steps, topology } = lanOf(children);
  return frameLimit(steps, topology).frames;
}

const ENDS = { from: 'a', to: 'b', parent: 'eth0', target: '192.0.2.1' } as const;
const echo: ProbeStep = {
  ...ENDS,
  probe: 'gateway-icmp',
  send: { kind: 'icmp', netns: 2 },
  expect: 'answer',
};
const call: ProbeStep = {
  ...ENDS,
  probe: 'service-tcp',
  send: { kind: 'tcp', netns: 2, port: 9 },
  expect: 'answer',
};

describe('the limit of frames', () => {
  it('grows by the same for every child', () => {
    const [two = 0, three = 0, five = 0, eight = 0] = [2, 3, 5, 8].map((count) => limitOf(count));
    const each = three - two;
    expect([five - three, eight - five]).toEqual([2 * each, 3 * each]);
    expect(each).toBeLessThanOrEqual(64);
  });

  it('is the sum that its formula states', () => {
    const { steps, topology } = lanOf(4);
    const { frames, formula } = frameLimit(steps, topology);
    const [sums = ''] = formula.split(';');
    const terms = [...sums.matchAll(/(\d+)(?: × (\d+))?/g)];
    const total = terms.reduce((sum, [, a, b = '1']) => sum + Number(a) * Number(b), 0);
    expect(total).toBe(frames);
    expect(formula).toContain('4 children');
  });

  it('is nothing beyond the first round where there is no parent', () => {
    const topology = buildTopology(aSnapshot().build());
    expect(followUpLimit(topology)).toBe(0);
  });
});

describe('what follow-ups may still ask', () => {
  const { topology } = lanOf(1);

  it('is what fits into the limit after what they have sent, in their order', () => {
    const limit = followUpLimit(topology);
    const sent = [{ ...echo, sent: limit - 10, replies: [] }];
    expect(affordable([echo, call, echo, echo], sent, topology)).toEqual([echo, echo]);
  });

  it('never adds up to more than the limit', () => {
    const step = fc.constantFrom(echo, call);
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 200 }), { maxLength: 4 }), (rounds) => {
        let sent: { sent: number }[] = [];
        for (const steps of rounds) {
          const asked = affordable(
            steps,
            sent.map((one) => ({ ...echo, ...one, replies: [] })),
            topology,
          );
          sent = [...sent, ...asked.map(({ send }) => ({ sent: send.kind === 'tcp' ? 9 : 4 }))];
        }
        const total = sent.reduce((sum, one) => sum + one.sent, 0);
        expect(total).toBeLessThanOrEqual(followUpLimit(topology));
      }),
    );
  });
});
