import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newPace, sweepSeconds } from '../../../../src/core/derive/probing/sweep-pace.js';

/** Times at which frames go, by somebody who looks at these times and sends all that he may. */
function sentAt(looks: readonly number[]): number[] {
  const mayGo = newPace(0);
  return looks.flatMap((now) => {
    const sent: number[] = [];
    while (mayGo(now)) sent.push(now);
    return sent;
  });
}

function busiestSecond(sent: readonly number[]): number {
  return Math.max(
    0,
    ...sent.map((from, at) => sent.slice(at).filter((one) => one < from + 1000).length),
  );
}

describe('the pace of a sweep', () => {
  it('never sends more than 500 frames in a second, whenever it is looked at', () => {
    const pauses = fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { maxLength: 200 });
    fc.assert(
      fc.property(pauses, (waits) => {
        let now = 0;
        const looks = waits.map((wait) => (now += wait));
        expect(busiestSecond(sentAt(looks))).toBeLessThanOrEqual(500);
      }),
      { numRuns: 50 },
    );
  });

  it.each([1, 10, 20])(
    'asks a /24 twice in a second and a half, looked at every %i ms',
    (every) => {
      const looks = Array.from({ length: Math.floor(1500 / every) }, (_, at) => (at + 1) * every);
      expect(sentAt(looks).length).toBeGreaterThanOrEqual(2 * 254);
      expect(busiestSecond(sentAt(looks))).toBeLessThanOrEqual(500);
    },
  );

  it('tells how long it takes', () => {
    expect([254, 65_536].map((one) => sweepSeconds(one))).toEqual([2, 313]);
  });
});
