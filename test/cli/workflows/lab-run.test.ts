// When a lab run ends well: by a right report whose fixes are as good as their word.
import { describe, expect, it } from 'vitest';
import { isGood, type Cure, type LabRun } from '../../../src/cli/workflows/lab-run.js';
import { pickScenario } from '../../../src/cli/workflows/lab-scenarios.js';

const run = (isRight: boolean, keptItsWord?: boolean): LabRun => {
  const cure: Cure | undefined =
    keptItsWord === undefined
      ? undefined
      : { treatments: [], remaining: [], followUps: [], keptItsWord };
  return {
    scenario: pickScenario('child-down', false),
    seed: 1,
    report: {} as LabRun['report'],
    judgement: { found: [], missing: [], unexpected: [], isRight },
    ...(cure === undefined ? {} : { cure }),
  };
};

describe('a lab run', () => {
  it.each([
    ['is good with a right report and nothing to cure', run(true), true],
    ['is good with a right report and a cure', run(true, true), true],
    ['is not, when the fix does not cure', run(true, false), false],
    ['is not, when the report is wrong', run(false, true), false],
  ])('%s', (_what, done, good) => {
    expect(isGood(done)).toBe(good);
  });
});
