import { describe, expect, it } from 'vitest';
import { planProbes } from '../../../src/core/derive/probing/probe-plan.js';
import { buildTopology } from '../../../src/core/derive/topology/topology.js';
import { renderPlan } from '../../../src/core/reporters/plan.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';

const PLAIN = { color: false, width: 80, verbose: false, quiet: false };

function planOf(builder: SnapshotBuilder): ReturnType<typeof planProbes> {
  const snapshot = builder.build();
  return planProbes(buildTopology(snapshot), snapshot.facts);
}

describe('renderPlan', () => {
  it('lists every probe in 80 columns', async () => {
    const plan = planOf(aSnapshot().parent('eth0').child('web').child('db').shim('mvd-shim'));
    const text = renderPlan(plan, PLAIN);
    await expect(text).toMatchFileSnapshot('golden/plan.txt');
    expect(text.split('\n').slice(3, -1)).toHaveLength(plan.length);
  });

  it('says when there is nothing to send', () => {
    expect(renderPlan([], PLAIN)).toBe(
      'Nothing would be sent: no macvlan link here can be asked anything.\n',
    );
  });

  it('-q keeps to the count', () => {
    const text = renderPlan(planOf(aSnapshot().parent('eth0').child('web')), {
      ...PLAIN,
      quiet: true,
    });
    expect(text).toMatch(/^\d+ probes would be sent on eth0; nothing was sent now\.\n$/);
  });
});
