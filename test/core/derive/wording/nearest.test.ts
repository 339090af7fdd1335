import { describe, expect, it } from 'vitest';
import { nearest } from '../../../../src/core/derive/wording/nearest.js';

const IDS = ['parent-down', 'parent-missing', 'shim-down', 'child-down', 'mode-private', 'wsl2'];

describe('nearest', () => {
  it.each([
    ['parent-dwon', ['parent-down']],
    ['private', ['mode-private']],
    ['shim_down', ['shim-down']],
    ['wsl', ['wsl2']],
    ['zzzzzzzz', []],
    ['down', ['child-down', 'parent-down', 'shim-down']],
  ])('%s', (word, expected) => {
    expect(nearest(word, IDS)).toEqual(expected);
  });
});
