// What the trials come to: the confusion matrix, recall, and when a self-test has failed.
import { describe, expect, it } from 'vitest';
import type { SelftestTrial } from '../../../../src/model/selftest.js';
import { confusionOf, isFlawless, summaryOf } from '../../../../src/edge/lab/trial/tally.js';

const SHIM = { check: 'shim-down', status: 'fail' as const };
const PARENT = { check: 'parent-down', status: 'fail' as const };
const ALARM = { ...SHIM, subject: 'shim mvshim', says: 'The shim is down.' };

function trial(parts: Partial<SelftestTrial> = {}): SelftestTrial {
  const fixed = {
    scenario: 'some',
    isTwin: false,
    seed: 1,
    durationMs: 900,
    again: 'lab run some',
  };
  return { ...fixed, expected: [], missed: [], falseAlarms: [], ...parts };
}

describe('the tally', () => {
  it('counts each check by LANs', () => {
    const trials = [
      trial({ expected: [SHIM] }),
      trial({ expected: [SHIM, PARENT], missed: [SHIM] }),
      trial({ falseAlarms: [ALARM, ALARM] }),
      trial(),
    ];
    expect(confusionOf(trials)).toEqual([
      { check: 'parent-down', staged: 1, found: 1, missed: 0, falseAlarms: 0, quiet: 3 },
      { check: 'shim-down', staged: 2, found: 1, missed: 1, falseAlarms: 1, quiet: 1 },
    ]);
    expect(summaryOf(trials, 2)).toEqual({
      trials: 4,
      staged: 3,
      found: 2,
      missed: 1,
      falseAlarms: 2,
      broken: 0,
      notStaged: 2,
      recall: 2 / 3,
    });
  });

  it('does not call a LAN without a report quiet', () => {
    const [row] = confusionOf([
      trial({ expected: [SHIM] }),
      trial({ broken: 'the doctor gave no report' }),
    ]);
    expect(row?.quiet).toBe(0);
  });

  it.each([
    ['everything found', trial({ expected: [SHIM] }), true],
    ['a miss', trial({ expected: [SHIM], missed: [SHIM] }), false],
    ['a false alarm', trial({ falseAlarms: [ALARM] }), false],
    ['no report', trial({ broken: 'killed' }), false],
  ])('%s', (_what, only, isRight) => {
    expect(isFlawless({ summary: summaryOf([only], 0) })).toBe(isRight);
  });

  it('is not spoilt by what could not be staged, and claims no recall then', () => {
    const summary = summaryOf([trial()], 5);
    expect(isFlawless({ summary })).toBe(true);
    expect(summary).not.toHaveProperty('recall');
  });
});
