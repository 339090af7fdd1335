import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexBy } from '../../src/model/index-by.js';

describe('lists by a key', () => {
  it('hold what a search for the key would find, in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.string())), (items) => {
        const lists = indexBy(items, ([key]) => key);
        expect([...lists.keys()]).toEqual([...new Set(items.map(([key]) => key))]);
        for (const [key, list] of lists) {
          expect(list).toEqual(items.filter(([one]) => one === key));
        }
      }),
    );
  });
});
