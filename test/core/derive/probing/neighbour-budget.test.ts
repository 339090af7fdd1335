import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MOST_ENTRIES,
  mostEntries,
  thinOut,
} from '../../../../src/core/derive/probing/neighbour-budget.js';
import { planProbes } from '../../../../src/core/derive/probing/probe-plan.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import { known, unknown } from '../../../../src/model/fact.js';
import type { ProbeStep } from '../../../../src/model/observation.js';
import { aSnapshot } from '../../../support/a-snapshot.js';

function planFor(count: number, hasShim: boolean): readonly ProbeStep[] {
  let builder = aSnapshot().parent('eth0', { address: '10.0.0.1/16' });
  for (let index = 0; index < count; index += 1) {
    const ip = `10.0.${Math.floor(index / 250).toString()}.${((index % 250) + 2).toString()}`;
    builder = builder.child(`c${index.toString()}`, { address: `${ip}/16`, gateway: '10.0.9.1' });
    if (hasShim) builder = builder.hostRoute({ dst: ip, dev: 'mvd-shim' });
  }
  if (hasShim) builder = builder.shim('mvd-shim', { address: '10.0.9.9/32' });
  const snapshot = builder.build();
  return planProbes(buildTopology(snapshot), snapshot.facts);
}

const count = (steps: readonly ProbeStep[], probe: string): number =>
  steps.filter((step) => step.probe === probe).length;

/** Upper bound: both ends of every echo remember the other. */
function entries(steps: readonly ProbeStep[]): number {
  const keys = steps.flatMap(({ send, target, to, expect: awaited }) => {
    if (send.kind !== 'icmp') return [];
    const asker = `${send.netns.toString()} ${target}`;
    return awaited === 'silence' ? [asker] : [asker, `${to} ${send.netns.toString()}`];
  });
  return new Set(keys).size;
}

describe('the neighbour budget', () => {
  it.each([
    [50, false],
    [50, true],
    [150, false],
  ])('leaves nothing out for %i children (shim: %s)', (children, hasShim) => {
    const plan = planFor(children, hasShim);
    expect(thinOut(plan)).toEqual(plan);
  });

  it('keeps gateway and sibling of everybody with 150 children and a shim, and gives up the rest last to first', () => {
    const plan = planFor(150, true);
    const kept = thinOut(plan);
    expect(entries(kept)).toBeLessThanOrEqual(MOST_ENTRIES);
    for (const probe of ['gateway-icmp', 'sibling-icmp', 'host-child-icmp', 'shim-child-icmp']) {
      expect(count(kept, probe)).toBe(150);
    }
    expect(count(kept, 'child-shim-icmp')).toBeLessThan(150);
  });

  it.each([
    [{ entries: 0, gcThresh3: 1024 }, MOST_ENTRIES],
    [{ entries: 924, gcThresh3: 1024 }, 75],
    [{ entries: 100, gcThresh3: 16_384 }, 12_213],
    [{ entries: 1024, gcThresh3: 1024 }, 0],
    [{ entries: 1500, gcThresh3: 1024 }, 0],
  ])('is three quarters of what is left: %j', (table, most) => {
    expect(mostEntries({ neighbourTable: known({ ...table, tableFulls: 0 }) })).toBe(most);
  });

  it('is that of an empty table where it could not be read', () => {
    expect(mostEntries({ neighbourTable: unknown('failed', 'no') })).toBe(MOST_ENTRIES);
  });

  it('never drops what costs no entry, keeps the order, and stays below any bound', () => {
    const plan = planFor(60, true);
    fc.assert(
      fc.property(fc.nat(400), (most) => {
        const kept = thinOut(plan, most);
        expect(entries(kept)).toBeLessThanOrEqual(most);
        expect(kept.filter(({ send }) => send.kind !== 'icmp')).toEqual(
          plan.filter(({ send }) => send.kind !== 'icmp'),
        );
        expect(kept).toEqual(plan.filter((step) => kept.includes(step)));
      }),
      { numRuns: 20 },
    );
  });
});
