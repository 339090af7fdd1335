import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checks } from '../../../src/core/checks/index.js';
import { drawPlan } from '../../../src/edge/lab/plan/draw-plan.js';
import { healthyTwin } from '../../../src/edge/lab/scenario.js';
import { fillSteps } from '../../../src/edge/lab/steps.js';
import { scenarios } from '../../../src/edge/lab/scenarios/index.js';

const folder = new URL('../../../src/edge/lab/scenarios', import.meta.url);
const ids = scenarios.map(({ id }) => id);

describe('scenarios', () => {
  it('are the files of their folder, each named for its id', () => {
    const files = readdirSync(folder).filter((name) => name !== 'index.ts');
    expect(ids).toEqual(files.map((name) => name.replace(/\.ts$/, '')).sort());
  });

  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    '%s tells a story that can be staged with any seed',
    (_id, scenario) => {
      expect(scenario.title.length).toBeGreaterThan(10);
      expect(scenario.title).not.toMatch(/\.$/);
      expect(scenario.story).toMatch(/\.$/);
      expect(scenario.story.split(/[.:;] /).length).toBeLessThanOrEqual(4);
      for (let seed = 0; seed < 25; seed += 1) {
        const plan = drawPlan(scenario.lan, { labId: 'abc234', seed });
        const filled = fillSteps(plan, scenario.fault);
        expect(filled.length).toBeGreaterThanOrEqual(scenario.fault.length);
        for (const { step } of filled) expect(JSON.stringify(step)).not.toMatch(/\{[\w-]+\}/);
      }
    },
  );

  it('name only checks that exist', () => {
    const known = new Set(checks.map(({ meta }) => meta.id));
    const named = scenarios.flatMap(({ expect: must, byDesign, mayAlso = [] }) => [
      ...must.map(({ check }) => check),
      ...byDesign,
      ...mayAlso,
    ]);
    expect([...new Set(named)].filter((id) => !known.has(id))).toEqual([]);
  });

  it('have a healthy twin each, in which nothing must be found', () => {
    for (const scenario of scenarios) {
      const twin = healthyTwin(scenario, scenarios);
      expect(twin.expect).toEqual([]);
      expect(twin.mayAlso ?? []).toEqual([]);
      if (scenario.twin !== undefined) expect(twin.id).toBe(scenario.twin);
    }
  });

  it('stage something wherever something must be found, or point to a twin', () => {
    for (const { id, fault, expect: must, twin } of scenarios)
      expect(must.length === 0 || fault.length > 0 || twin !== undefined, id).toBe(true);
  });
});
