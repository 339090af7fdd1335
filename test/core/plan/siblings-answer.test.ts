import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/cli/workflows/judge.js';
import { known } from '../../../src/model/fact.js';
import type { Observation } from '../../../src/model/observation.js';
import type { Expectation } from '../../../src/model/snapshot.js';
import { aPlan } from '../../support/a-plan.js';
import { aSnapshot } from '../../support/a-snapshot.js';

function frame(more: Partial<Observation>): Observation {
  return {
    probe: 'reflection',
    from: 'host',
    to: 'switch',
    parent: 'eth0',
    target: '',
    send: { kind: 'reflection', device: 'eth0', destination: 'broadcast' },
    expect: 'silence',
    sent: 2,
    replies: [],
    ...more,
  };
}

const SILENT = frame({});
const BACK = frame({ replies: [{ rttMs: 0.2 }] });
const REFUSED = frame({ sent: 0, error: 'the link is gone' });

function asked(
  mode: string,
  seen: readonly Observation[],
  expectations: readonly Expectation[] = [],
) {
  const snapshot = aSnapshot().parent('eth0', { address: '192.0.2.10/24' }).build();
  const { results, preflight } = judge(
    {
      ...snapshot,
      scope: { parents: [], networks: ['lan'], containers: [] },
      facts: { ...snapshot.facts, plan: known(aPlan({ mode })), sweeps: known([]) },
      observations: seen,
      probing: seen.length === 0 ? snapshot.probing : known({ windowMs: 1000, notes: [] }),
    },
    { expectations, only: [], skip: [] },
    1,
  );
  const answers = preflight?.networks[0]?.answers ?? [];
  const vepa = results.find(({ check }) => check === 'vepa-no-hairpin');
  return { answer: answers.find(({ question }) => question === 'siblings'), vepa, answers };
}

describe('whether the containers of a planned network reach each other', () => {
  it.each([
    ['bridge', [], 'yes', /the kernel hands their frames/u],
    ['private', [], 'no', /private mode/u],
    ['passthru', [], 'no', /one child and no more/u],
    ['vepa', [BACK], 'yes', /a test frame of eth0's came back/u],
    ['vepa', [SILENT], 'no', /none of 2 test frames of eth0's came back/u],
    ['vepa', [], 'not-decided', /was not asked: nothing was sent \(--passive\)/u],
    ['vepa', [REFUSED], 'not-decided', /was not asked: the link is gone/u],
  ])('in %s mode, after %j', (mode, seen, answer, because) => {
    const { answer: said } = asked(mode, seen);
    expect(said?.answer).toBe(answer);
    expect(said?.because).toMatch(because);
  });

  it('is a failure in vepa mode where it must work, and the LAN is reached all the same', () => {
    const { vepa, answers } = asked('vepa', [SILENT], ['sibling-access']);
    expect(vepa).toMatchObject({ status: 'fail', code: 'siblings' });
    expect(vepa?.what).toMatch(/a container on lan on eth0 is in vepa mode/u);
    expect(answers.find(({ question }) => question === 'lan')?.checks).not.toContain(
      'vepa-no-hairpin',
    );
    expect(asked('vepa', [BACK], ['sibling-access']).vepa?.status).toBe('pass');
    expect(asked('vepa', [], ['sibling-access']).vepa?.status).toBe('undetermined');
  });
});
