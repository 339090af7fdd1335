import { describe, expect, it } from 'vitest';
import { drawFrom } from '../../../../src/edge/lab/plan/random.js';

describe('drawFrom', () => {
  it('draws the same from the same seed', () => {
    const [a, b] = [drawFrom(7), drawFrom(7)];
    const some = (draw: typeof a) => Array.from({ length: 20 }, () => draw.between(0, 1000));
    expect(some(a)).toEqual(some(b));
    expect(some(drawFrom(7))).not.toEqual(some(drawFrom(8)));
  });

  it('reaches both ends and nothing beyond', () => {
    const draw = drawFrom(1);
    const drawn = new Set(Array.from({ length: 500 }, () => draw.between(3, 6)));
    expect([...drawn].sort()).toEqual([3, 4, 5, 6]);
  });

  it('shuffles without losing or adding', () => {
    const items = Array.from({ length: 30 }, (_, at) => at);
    const shuffled = drawFrom(3).shuffled(items);
    expect(shuffled).not.toEqual(items);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(items);
  });
});
