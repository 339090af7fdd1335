import { describe, expect, it } from 'vitest';
import { isSettled, type Waiting } from '../../../../src/core/derive/probing/patience.js';

const step = (given: Partial<Waiting>): Waiting => ({
  parent: 'eth0',
  expect: 'answer',
  rttMs: undefined,
  isHopeless: false,
  ...given,
});

describe('patience', () => {
  it.each<[string, readonly Waiting[], number, boolean]>([
    ['everything answered', [step({ rttMs: 0.2 })], 1, true],
    ['an answer is still due', [step({ rttMs: 0.2 }), step({})], 900, false],
    [
      'silence expected, but too early to tell',
      [step({ rttMs: 0.2 }), step({ expect: 'silence' })],
      249,
      false,
    ],
    [
      'silence expected, and long enough',
      [step({ rttMs: 0.2 }), step({ expect: 'silence' })],
      250,
      true,
    ],
    ['a slow LAN gets more time', [step({ rttMs: 120 }), step({ expect: 'silence' })], 599, false],
    ['a slow LAN, long enough', [step({ rttMs: 120 }), step({ expect: 'silence' })], 600, true],
    ['nothing at all answers: the whole window', [step({ expect: 'silence' })], 5000, false],
    [
      'another parent is no yardstick',
      [step({ rttMs: 1 }), step({ parent: 'eth1', expect: 'silence' })],
      900,
      false,
    ],
    ['what cannot be sent is not waited for', [step({ isHopeless: true })], 0, true],
  ])('%s', (_name, steps, elapsedMs, settled) => {
    expect(isSettled(steps, elapsedMs)).toBe(settled);
  });
});
