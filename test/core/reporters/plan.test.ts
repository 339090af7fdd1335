import { describe, expect, it } from 'vitest';
import { planProbes } from '../../../src/core/derive/probing/probe-plan.js';
import { buildTopology } from '../../../src/core/derive/topology/topology.js';
import type { RunPlan } from '../../../src/model/report.js';
import { renderPlan } from '../../../src/core/reporters/plan.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';

const PLAIN = { color: false, width: 80, verbose: false, quiet: false };

const FRAME_LIMIT = { frames: 400, formula: '4 × 100 probes' };

function planOf(builder: SnapshotBuilder): RunPlan {
  const snapshot = builder.build();
  const steps = planProbes(buildTopology(snapshot), snapshot.facts);
  return { steps, frameLimit: FRAME_LIMIT, mostRounds: 5 };
}

describe('renderPlan', () => {
  it('lists every probe in 80 columns', async () => {
    const plan = planOf(aSnapshot().parent('eth0').child('web').child('db').shim('mvd-shim'));
    const text = renderPlan(plan, PLAIN);
    await expect(text).toMatchFileSnapshot('golden/plan.txt');
    const [, table = ''] = text.split('\n\n');
    expect(table.trimEnd().split('\n').slice(1)).toHaveLength(plan.steps.length);
  });

  it('says when there is nothing to send', () => {
    expect(
      renderPlan({ steps: [], frameLimit: { frames: 0, formula: '' }, mostRounds: 5 }, PLAIN),
    ).toBe('Nothing would be sent: no macvlan link here can be asked anything.\n');
  });

  it('-q keeps to the count', () => {
    const text = renderPlan(planOf(aSnapshot().parent('eth0').child('web')), {
      ...PLAIN,
      quiet: true,
    });
    expect(text.replaceAll('\n', ' ')).toMatch(
      /^\d+ probes would be sent on eth0; nothing was sent now\. .* up to 4 more rounds ask on; together at most 400 frames\. $/,
    );
  });
});
