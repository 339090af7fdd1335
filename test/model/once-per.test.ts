import { describe, expect, it } from 'vitest';
import { oncePer, oncePerText } from '../../src/model/once-per.js';

describe('what is worked out once per thing', () => {
  it('is asked for once, and answered for each thing by itself', () => {
    const asked: object[] = [];
    const lengthOf = oncePer((list: readonly number[]) => {
      asked.push(list);
      return list.length;
    });
    const [short, long] = [[1], [1, 2, 3]];
    const lists = [short, long, short, long];
    expect(lists.map((list) => lengthOf(list))).toEqual([1, 3, 1, 3]);
    expect(asked).toEqual([short, long]);
  });

  it('goes by which thing it is, not by what is in it', () => {
    let count = 0;
    const turn = oncePer((_: object) => (count += 1));
    expect([turn({}), turn({})]).toEqual([1, 2]);
  });

  it('keeps nothing as well as something', () => {
    let count = 0;
    const firstOf = oncePer((list: readonly number[]) => {
      count += 1;
      return list[0];
    });
    const empty: number[] = [];
    expect(firstOf(empty)).toBeUndefined();
    expect(firstOf(empty)).toBeUndefined();
    expect(count).toBe(1);
  });

  it('asks again where the answer was an error', () => {
    let count = 0;
    const fragile = oncePer((_: object) => {
      count += 1;
      if (count === 1) throw new Error('not yet');
      return count;
    });
    const thing = {};
    expect(() => fragile(thing)).toThrow('not yet');
    expect(fragile(thing)).toBe(2);
  });
});

describe('what is worked out once per text', () => {
  it('is asked for once, and kept where it is nothing', () => {
    const asked: string[] = [];
    const firstOf = oncePerText((text) => {
      asked.push(text);
      return text === '' ? undefined : text.charAt(0);
    });
    expect(['ab', '', 'ab', ''].map((text) => firstOf(text))).toEqual([
      'a',
      undefined,
      'a',
      undefined,
    ]);
    expect(asked).toEqual(['ab', '']);
  });
});
