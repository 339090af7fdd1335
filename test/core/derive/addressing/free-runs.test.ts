import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeRuns, runText } from '../../../../src/core/derive/addressing/free-runs.js';
import { ipv4FromNumber } from '../../../../src/core/derive/addressing/subnets.js';

const FIRST = 0xc0_00_02_40; // 192.0.2.64

function runs(size: number, ...taken: readonly number[]): string[] {
  const names = new Set(taken.map((at) => ipv4FromNumber(FIRST + at)));
  return freeRuns({ first: FIRST, last: FIRST + size - 1 }, names).map((run) => runText(run));
}

describe('free stretches', () => {
  it('are told longest first, a single address by itself', () => {
    expect(runs(8)).toEqual(['192.0.2.64–192.0.2.71 (8)']);
    expect(runs(8, 1, 4)).toEqual([
      '192.0.2.69–192.0.2.71 (3)',
      '192.0.2.66–192.0.2.67 (2)',
      '192.0.2.64',
    ]);
    expect(runs(2, 0, 1)).toEqual([]);
  });

  it('hold every free address once and no other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 64 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 70 })),
        (size, at) => {
          const taken = new Set(at.map((one) => ipv4FromNumber(FIRST + one)));
          const found = freeRuns({ first: FIRST, last: FIRST + size - 1 }, taken).flatMap((run) =>
            Array.from({ length: run.last - run.first + 1 }, (_, n) => run.first + n),
          );
          const free = Array.from({ length: size }, (_, n) => FIRST + n).filter(
            (one) => !taken.has(ipv4FromNumber(one)),
          );
          expect(found.toSorted((a, b) => a - b)).toEqual(free);
        },
      ),
    );
  });
});
