import { describe, expect, it } from 'vitest';
import {
  mayBeTheCard,
  splitVerdict,
  whyOpen,
  type SplitCells,
  type SplitVerdict,
} from '../../../../src/core/derive/upstream/split-verdict.js';
import type { Reach } from '../../../../src/core/derive/verdicts/reach.js';

const REACH = { '+': 'answered', '-': 'silent', '?': 'unknown' } as const;
type Sign = keyof typeof REACH;

/** `child source sender parent`, one sign each; then the card. */
function cells(signs: string, promiscuous: Reach | 'needless' = 'needless'): SplitCells {
  const [child, source, sender, parent] = Array.from(signs, (sign) => REACH[sign as Sign]);
  return {
    child: child ?? 'unknown',
    source: source ?? 'unknown',
    sender: sender ?? 'unknown',
    parent: parent ?? 'unknown',
    promiscuous,
    isAnsweredElsewhere: false,
  };
}

const elsewhere = (signs: string, promiscuous?: Reach): SplitCells => ({
  ...cells(signs, promiscuous),
  isAnsweredElsewhere: true,
});

const TABLE: readonly [string, SplitVerdict][] = [
  // An answer to the child itself outweighs everything.
  ['++++', 'sound'],
  ['+++-', 'sound'],
  ['++-+', 'sound'],
  ['++--', 'sound'],
  ['+-++', 'sound'],
  ['+-+-', 'sound'],
  ['+--+', 'sound'],
  ['+---', 'sound'],
  ['-+-+', 'unicast-filtered'],
  ['--++', 'source-filtered'],
  ['---+', 'both'],
  ['----', 'target-silent'],
  // Each way by itself, and not together; or the control is the only one that failed.
  ['-+++', 'open'],
  ['-++-', 'open'],
  ['-+--', 'open'],
  ['--+-', 'open'],
];

const ALL = ['+', '-', '?'];
const COMBINATIONS = ALL.flatMap((a) =>
  ALL.flatMap((b) => ALL.flatMap((c) => ALL.map((d) => `${a}${b}${c}${d}`))),
);
const CARDS = ['answered', 'silent', 'unknown', 'needless'] as const;

describe('the verdict on the ARP split probe', () => {
  it.each(TABLE)('%s is %s', (signs, verdict) => {
    expect(splitVerdict(cells(signs))).toBe(verdict);
    expect(splitVerdict(cells(signs, 'silent'))).toBe(verdict);
  });

  it('has a row for every combination', () => {
    const rows = TABLE.map(([signs]) => signs);
    expect(rows.toSorted()).toEqual(COMBINATIONS.filter((one) => !one.includes('?')).toSorted());
  });

  it.each([
    ['-+-+', 'answered', 'nic-filter'],
    ['---+', 'answered', 'nic-filter'],
    ['-+-+', 'unknown', 'open'],
    ['---+', 'unknown', 'both'],
    ['--++', 'unknown', 'source-filtered'],
    ['----', 'answered', 'open'],
  ] as const)('%s, and with a promiscuous card %s: %s', (signs, card, verdict) => {
    expect(splitVerdict(cells(signs, card))).toBe(verdict);
  });

  it('does not take an answer to the frame for a way in', () => {
    expect(splitVerdict(elsewhere('--++', 'silent'))).toBe('both');
    expect(splitVerdict(elsewhere('--++', 'answered'))).toBe('nic-filter');
    expect(splitVerdict(elsewhere('--++', 'unknown'))).toBe('open');
  });

  it('never blames anybody on what was not asked, nor where the parent was not answered', () => {
    for (const signs of COMBINATIONS) {
      for (const card of CARDS) {
        const seen = cells(signs, card);
        const verdict = splitVerdict(seen);
        const isBlame = !['sound', 'target-silent', 'open'].includes(verdict);
        if (isBlame) expect([seen.child, seen.parent], signs).toEqual(['silent', 'answered']);
        if (verdict === 'source-filtered')
          expect([seen.source, seen.sender]).toEqual(['silent', 'answered']);
        if (verdict === 'unicast-filtered')
          expect([seen.source, seen.sender]).toEqual(['answered', 'silent']);
        if (verdict === 'both') expect([seen.source, seen.sender]).toEqual(['silent', 'silent']);
        expect(whyOpen(seen) === '', signs).toBe(verdict !== 'open');
      }
    }
  });

  it('asks the card only where it could be at fault', () => {
    const asked = COMBINATIONS.filter((signs) => mayBeTheCard(cells(signs)));
    expect(asked).toEqual(['-+-+']);
    expect(mayBeTheCard(elsewhere('--++'))).toBe(true);
  });
});
