// Measured on a kernel 6.18, a veth parent and a bridge as the switch, each cell as a ping with empty neighbour tables.
import { describe, expect, it } from 'vitest';
import { askAcross } from '../../../../src/core/derive/prediction/layer-two.js';
import type { Reflects } from '../../../../src/core/derive/prediction/prediction.js';
import { MACVLAN_MODES } from '../../../../src/model/link.js';

const ALL = [...MACVLAN_MODES, 'parent'] as const;
type Mode = (typeof ALL)[number];
const PORTS: readonly Reflects[] = ['yes', 'no', 'unknown'];

describe('between two children', () => {
  it.each([
    ['bridge', 'bridge', 'no', 'answer', 'bridge-switches-siblings'],
    ['bridge', 'bridge', 'yes', 'answer', 'bridge-switches-siblings'],
    ['bridge', 'bridge', 'unknown', 'answer', 'bridge-switches-siblings'],
    ['bridge', 'vepa', 'no', 'silence', 'needs-reflection'],
    ['bridge', 'vepa', 'yes', 'answer', 'reflected'],
    ['bridge', 'vepa', 'unknown', 'either', 'needs-reflection'],
    ['vepa', 'vepa', 'no', 'silence', 'needs-reflection'],
    ['vepa', 'vepa', 'yes', 'answer', 'reflected'],
    ['vepa', 'vepa', 'unknown', 'either', 'needs-reflection'],
    ['bridge', 'private', 'no', 'silence', 'private-forbids'],
    ['bridge', 'private', 'yes', 'silence', 'private-forbids'],
    ['vepa', 'private', 'yes', 'silence', 'private-forbids'],
    ['private', 'private', 'no', 'silence', 'private-forbids'],
    ['private', 'private', 'yes', 'silence', 'private-forbids'],
    ['bridge', 'source', 'no', 'silence', 'needs-reflection'],
    ['bridge', 'source', 'yes', 'either', 'other-mode'],
    ['source', 'source', 'no', 'silence', 'needs-reflection'],
    ['source', 'private', 'yes', 'silence', 'private-forbids'],
  ] as const)('%s and %s, reflects: %s → %s', (...row) => {
    const [a, b, reflects, outcome, reason] = row;
    for (const [asker, other] of [
      [a, b],
      [b, a],
    ] as const) {
      expect(askAcross({ mode: asker }, { mode: other }, reflects)).toMatchObject({
        outcome,
        reason,
      });
    }
  });
});

describe('between the host’s stack on the parent and a child', () => {
  it.each([
    // mode, reflects, host asks, child asks
    ['bridge', 'no', 'silence', 'silence'],
    ['bridge', 'yes', 'answer', 'answer'],
    ['bridge', 'unknown', 'either', 'either'],
    ['vepa', 'no', 'silence', 'silence'],
    ['vepa', 'yes', 'answer', 'answer'],
    ['private', 'no', 'silence', 'silence'],
    // A reflected broadcast of a private link goes back to that link alone; the host's own does reach it.
    ['private', 'yes', 'answer', 'silence'],
    ['private', 'unknown', 'either', 'silence'],
    ['passthru', 'no', 'silence', 'silence'],
    ['passthru', 'yes', 'silence', 'silence'],
    ['source', 'no', 'silence', 'silence'],
    ['source', 'yes', 'either', 'either'],
  ] as const)('%s, reflects: %s → the host asks: %s, the child asks: %s', (...row) => {
    const [mode, reflects, asked, asks] = row;
    expect(askAcross({ mode: 'parent' }, { mode }, reflects).outcome).toBe(asked);
    expect(askAcross({ mode }, { mode: 'parent' }, reflects).outcome).toBe(asks);
  });
});

describe('whatever the modes', () => {
  const pairs = ALL.flatMap((a) => ALL.map((b): [Mode, Mode] => [a, b]));

  it.each(pairs)('%s asks %s: reflection takes nothing away', (a, b) => {
    const [yes, no, unknown] = PORTS.map((port) => askAcross({ mode: a }, { mode: b }, port));
    if (no?.outcome === 'answer') expect(yes?.outcome).toBe('answer');
    // Not knowing says no more than knowing would.
    expect([yes?.outcome, no?.outcome, 'either']).toContain(unknown?.outcome);
    if (yes?.outcome !== no?.outcome) expect(unknown?.outcome).toBe('either');
  });
});
