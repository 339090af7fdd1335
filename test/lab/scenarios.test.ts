// Every scenario through the real program: the fault is found, and in its healthy twin nothing is.
import { describe, expect, it } from 'vitest';
import path from 'node:path';
import { runLab } from '../../src/cli/workflows/lab-run.js';
import { scenarios } from '../../src/edge/lab/scenarios/index.js';
import { healthyTwin, type Scenario } from '../../src/edge/lab/scenario.js';
import type { CheckResult } from '../../src/model/report.js';
import { describeAsRoot } from '../support/root.js';

const doctor = {
  command: [process.execPath, path.resolve(import.meta.dirname, '../../bin/run.js')],
  flags: [],
};
/** Sick and healthy twins share the seed, so that they differ in the fault alone. */
const SEEDS = [1, 2].map((nth) => nth * 7919 + Math.floor(Math.random() * 1000));

const brief = ({ check, status, subject, what, reason }: CheckResult): string =>
  `${status} ${check} on ${subject.kind} ${subject.name}: ${what ?? reason ?? ''}`;

async function verdict(scenario: Scenario, seed: number) {
  const signal = new AbortController().signal;
  const { judgement } = await runLab({
    scenario,
    seed,
    doctor,
    signal,
    onProgress: () => undefined,
  });
  return {
    missing: judgement.missing.map(({ check, status }) => `${status} ${check}`),
    unexpected: judgement.unexpected.map((result) => brief(result)),
  };
}

const right = { missing: [], unexpected: [] };
const isSick = (scenario: Scenario): boolean => scenario.expect.length > 0;
const named = (chosen: readonly Scenario[]) => chosen.map((one) => [one.id, one] as const);

describeAsRoot(`scenarios with seeds ${SEEDS.join(' and ')}`, () => {
  describe('sick', { concurrent: true }, () => {
    it.each(named(scenarios.filter((one) => isSick(one))))('%s is found', async (_id, scenario) => {
      for (const seed of SEEDS)
        expect(await verdict(scenario, seed), `seed ${seed}`).toEqual(right);
    });
  });

  describe('healthy twins', { concurrent: true }, () => {
    it.each(named(scenarios.filter((one) => isSick(one))))(
      'the twin of %s is quiet',
      async (_id, scenario) => {
        const twin = healthyTwin(scenario, scenarios);
        for (const seed of SEEDS) expect(await verdict(twin, seed), `seed ${seed}`).toEqual(right);
      },
    );
  });

  describe('healthy', { concurrent: true }, () => {
    it.each(named(scenarios.filter((one) => !isSick(one))))(
      '%s is quiet',
      async (_id, scenario) => {
        for (const seed of SEEDS)
          expect(await verdict(scenario, seed), `seed ${seed}`).toEqual(right);
      },
    );
  });
});
