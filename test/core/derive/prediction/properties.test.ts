// What holds for every host that can be made up, however odd.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checks } from '../../../../src/core/checks/index.js';
import { predictedIn } from '../../../../src/core/derive/prediction/compare.js';
import { askAcross } from '../../../../src/core/derive/prediction/layer-two.js';
import { predict } from '../../../../src/core/derive/prediction/predict.js';
import type { Reflects } from '../../../../src/core/derive/prediction/prediction.js';
import { stationsIn } from '../../../../src/core/derive/prediction/find-stations.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import type { Snapshot } from '../../../../src/model/snapshot.js';
import { anySnapshot, soundSnapshot, stepsOf } from '../../../support/any-snapshot.js';
import { headlinesOf, resultsOf } from '../../../support/check-tester.js';

const RUNS = { numRuns: 120 };

function outcomes(snapshot: Snapshot, reflects: Reflects) {
  const { facts, scope } = snapshot;
  const topology = buildTopology({ facts, scope });
  return stepsOf(snapshot).map((step) => predict(step, { topology, facts, reflects }));
}

describe('the model, on any host', () => {
  it('says something of every probe, always the same, and why', () => {
    fc.assert(
      fc.property(anySnapshot, fc.constantFrom('yes', 'no', 'unknown'), (snapshot, reflects) => {
        const said = outcomes(snapshot, reflects);
        expect(outcomes(snapshot, reflects)).toEqual(said);
        for (const { because, reason } of said) {
          expect(because).toMatch(/^[A-Z].*\.$/u);
          expect(reason).not.toBe('');
        }
      }),
      RUNS,
    );
  });

  it('makes layer two between children the same both ways', () => {
    fc.assert(
      fc.property(anySnapshot, fc.constantFrom('yes', 'no', 'unknown'), (snapshot, reflects) => {
        const ends = stationsIn(buildTopology(snapshot)).filter(({ mode }) => mode !== 'parent');
        for (const a of ends) {
          for (const b of ends.filter(({ parent }) => parent === a.parent)) {
            const isImpossible = askAcross(a, b, reflects).outcome === 'silence';
            expect(askAcross(b, a, reflects).outcome === 'silence').toBe(isImpossible);
          }
        }
      }),
      RUNS,
    );
  });

  it('never takes reflection for a loss, nor knows more of an unknown port than of either', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const without = outcomes(snapshot, 'no');
        const unknown = outcomes(snapshot, 'unknown');
        for (const [index, reflected] of outcomes(snapshot, 'yes').entries()) {
          const before = without[index]?.outcome;
          if (before === 'answer') expect(reflected.outcome).not.toBe('silence');
          const said = unknown[index]?.outcome;
          if (said === 'answer') expect([before, reflected.outcome]).not.toContain('silence');
          if (said === 'silence') expect([before, reflected.outcome]).not.toContain('answer');
        }
      }),
      RUNS,
    );
  });

  it('is told for each observation, never against what it leaves open', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const topology = buildTopology(snapshot);
        const told = predictedIn({ ...snapshot, topology });
        expect(told).toHaveLength(snapshot.observations.length);
        for (const { outcome, agreement } of told)
          if (outcome === 'either') expect(agreement).toBe('open');
      }),
      RUNS,
    );
  });
});

describe('the checks', () => {
  it('are total: none crashes on any host', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const crashed = resultsOf(checks, snapshot).filter(({ status }) => status === 'crashed');
        expect(crashed.map(({ check, reason }) => `${check}: ${reason ?? ''}`)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('find no fault on a host that was set up right', () => {
    fc.assert(
      fc.property(soundSnapshot, (snapshot) => {
        const lines = headlinesOf(resultsOf(checks, snapshot));
        expect(lines.filter((line) => line.startsWith('fail'))).toEqual([]);
      }),
      RUNS,
    );
  });
});
