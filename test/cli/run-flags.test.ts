import { describe, expect, it } from 'vitest';
import { optionsOf } from '../../src/cli/run-flags.js';

const NONE = {
  parent: undefined,
  network: undefined,
  container: undefined,
  passive: false,
  timeout: 1000,
  expect: undefined,
  only: undefined,
  skip: undefined,
};
const { signal } = new AbortController();

describe('optionsOf', () => {
  it('hands everything to the workflow', () => {
    const flags = {
      ...NONE,
      parent: ['eth0'],
      passive: true,
      timeout: 300,
      expect: ['host-access,internet'],
      only: ['a', 'b,c'],
    };
    expect(optionsOf(flags, signal)).toEqual({
      parents: ['eth0'],
      networks: [],
      containers: [],
      passive: true,
      timeoutMs: 300,
      expectations: ['host-access', 'internet'],
      only: ['a', 'b', 'c'],
      skip: [],
      signal,
    });
  });

  it('foreign MACs are sent anywhere only when asked for', () => {
    expect(optionsOf(NONE, signal)).not.toHaveProperty('foreignMacs');
    expect(optionsOf({ ...NONE, 'foreign-macs': true }, signal).foreignMacs).toBe(true);
  });

  it.each(['parent', 'network', 'container'])('refuses an empty name for --%s', (flag) => {
    expect(() => optionsOf({ ...NONE, [flag]: ['eth0', ''] }, signal)).toThrow(
      `--${flag} was given an empty name`,
    );
  });

  it('refuses an expectation that does not exist', () => {
    expect(() => optionsOf({ ...NONE, expect: ['hostaccess'] }, signal)).toThrow(
      '--expect does not know hostaccess',
    );
  });
});
