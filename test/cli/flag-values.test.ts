import { describe, expect, it } from 'vitest';
import { namesIn, wordsIn } from '../../src/cli/flag-values.js';

describe('lists of flags', () => {
  it('words are split at commas, wherever they come from', () => {
    expect(wordsIn(['a,b', ' c ', ','])).toEqual(['a', 'b', 'c']);
    expect(wordsIn('a,b')).toEqual(['a', 'b']);
    expect(wordsIn(undefined)).toEqual([]);
  });

  it('names are split only when the environment gives them as one text', () => {
    expect(namesIn(['eth0', 'a,b'])).toEqual(['eth0', 'a,b']);
    expect(namesIn('eth0,eth1')).toEqual(['eth0', 'eth1']);
    expect(namesIn(undefined)).toEqual([]);
  });
});
