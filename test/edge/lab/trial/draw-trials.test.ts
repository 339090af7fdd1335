// One seed for the whole self-test: the same LANs again, twins alike, and a scenario that does not depend on its neighbours.
import { describe, expect, it } from 'vitest';
import { scenarios } from '../../../../src/edge/lab/scenarios/index.js';
import { drawTrials } from '../../../../src/edge/lab/trial/draw-trials.js';

const of = (id: string) => scenarios.filter((one) => one.id === id);
const brief = (seed: number, chosen = scenarios) =>
  drawTrials(chosen, scenarios, seed).map((twins) =>
    twins.map((one) => [one.of, one.isTwin, one.seed]),
  );

describe('the trials of a self-test', () => {
  it('are the same for the same seed, and others in another order for another', () => {
    expect(brief(5)).toEqual(brief(5));
    const idsOf = (seed: number) => brief(seed).map(([one]) => one?.[0]);
    expect(idsOf(5)).not.toEqual(idsOf(6));
    expect(new Set(brief(5).map(([one]) => one?.[2])).size).toBeGreaterThan(20);
  });

  it('hold every scenario, and a healthy twin with its seed for each sick one', () => {
    const trials = drawTrials(scenarios, scenarios, 9);
    for (const { id, expect: must } of scenarios) {
      const own = trials.filter(([one]) => one?.of === id).flat();
      expect(own.map(({ isTwin }) => isTwin).sort(), id).toEqual(
        must.length === 0 ? [false] : [false, true],
      );
      expect(new Set(own.map(({ seed }) => seed)).size).toBe(1);
    }
    for (const { scenario, isTwin } of trials.flat())
      if (isTwin) expect(scenario.expect).toEqual([]);
  });

  it('draw a scenario alike whoever else is chosen', () => {
    const [[alone] = []] = brief(3, of('shim-down'));
    expect(
      brief(3)
        .flat()
        .map(([id, , seed]) => [id, seed]),
    ).toContainEqual([alone?.[0], alone?.[2]]);
  });
});
