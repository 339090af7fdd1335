// The self-test as people read it.
import { describe, expect, it } from 'vitest';
import { renderSelftest } from '../../../src/core/reporters/selftest.js';
import type { Selftest } from '../../../src/model/selftest.js';

const SHIM = { check: 'shim-down', status: 'fail' as const };
const fixed = { seed: 17, durationMs: 1234 };

const RIGHT: Selftest = {
  schemaVersion: 1,
  tool: { name: 'macvlan-doctor', version: '0.1.0' },
  startedAt: '2026-01-31T12:00:00.000Z',
  durationMs: 42_400,
  host: { kernel: '6.1.0', privileged: true },
  seed: 99,
  jobs: 6,
  summary: {
    trials: 2,
    staged: 1,
    found: 1,
    missed: 0,
    falseAlarms: 0,
    broken: 0,
    notStaged: 0,
    recall: 1,
  },
  checks: [{ check: 'shim-down', staged: 1, found: 1, missed: 0, falseAlarms: 0, quiet: 1 }],
  trials: [
    {
      ...fixed,
      scenario: 'shim-down',
      isTwin: false,
      expected: [SHIM],
      missed: [],
      falseAlarms: [],
      again: 'macvlan-doctor lab run shim-down --seed 17',
    },
    {
      ...fixed,
      scenario: 'shim-down',
      isTwin: true,
      expected: [],
      missed: [],
      falseAlarms: [],
      again: 'macvlan-doctor lab run shim-down --seed 17 --healthy',
    },
  ],
  notStaged: [],
};

const [sick, twin] = RIGHT.trials as [Selftest['trials'][number], Selftest['trials'][number]];
const WRONG: Selftest = {
  ...RIGHT,
  summary: {
    ...RIGHT.summary,
    found: 999,
    staged: 1000,
    missed: 1,
    falseAlarms: 1,
    recall: 0.999_9,
  },
  trials: [
    { ...sick, missed: [SHIM] },
    { ...twin, falseAlarms: [{ ...SHIM, subject: 'shim a\u001Bb', says: 'The shim is down.' }] },
  ],
  notStaged: [{ scenario: 'healthy-slow', why: 'this kernel has no netem' }],
};

const plain = { color: false, width: 100, verbose: false, quiet: false };

describe('a self-test on a terminal', () => {
  it('shows the matrix and the verdict', () => {
    expect(renderSelftest(RIGHT, plain)).toBe(
      [
        'macvlan-doctor 0.1.0 selftest   seed 99   kernel 6.1.0, 6 at a time, 42 s',
        '',
        '  CHECK      STAGED  FOUND  MISSED  FALSE ALARMS  RIGHTLY QUIET',
        '  shim-down  1       1      -       -             1',
        '',
        'RIGHT: recall 100 % (1 of 1 fault found), 0 false alarms, in 2 LANs. They are all gone again.',
        '',
      ].join('\n'),
    );
  });

  it('says of each miss and false alarm what it was and how to look at it alone', () => {
    const text = renderSelftest(WRONG, plain);
    expect(text).toContain('In shim-down, seed 17:\n  MISSED: shim-down (fail)\n');
    expect(text).toContain('look at it alone: macvlan-doctor lab run shim-down --seed 17\n');
    expect(text).toContain('In the healthy twin of shim-down, seed 17:\n  FALSE ALARM: shim-down');
    expect(text).toContain('lab run shim-down --seed 17 --healthy');
    expect(text).toContain('Not staged here, and so not proven here (1):\n  healthy-slow: this');
    expect(text).toContain('WRONG: recall 99.9 % (999 of 1000 faults found), 1 false alarm,');
    expect(text).not.toContain('\u001B');
  });

  it('lists every LAN under -v, and leaves the matrix out under -q', () => {
    const all = renderSelftest(WRONG, { ...plain, verbose: true });
    expect(all).toMatch(/shim-down, healthy +17 +nothing +shim-down \(fail\) +1\.2/);
    expect(all).toMatch(/shim-down +17 +shim-down \(fail\) +nothing +1\.2/);
    expect(renderSelftest(RIGHT, { ...plain, quiet: true })).not.toContain('CHECK');
  });
});
