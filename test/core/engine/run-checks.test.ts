import { describe, expect, it } from 'vitest';
import { runChecks } from '../../../src/core/engine/run-checks.js';
import { buildTopology } from '../../../src/core/derive/topology/topology.js';
import type { Check } from '../../../src/model/check.js';
import { unknown } from '../../../src/model/fact.js';
import type { Evaluation, Finding, Subject } from '../../../src/model/finding.js';
import { defineFix } from '../../../src/model/fix.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { headlinesOf, resultsOf } from '../../support/check-tester.js';

const ETH0: Subject = { kind: 'parent', name: 'eth0' };
const WEB: Subject = { kind: 'child', name: 'eth0@web' };
const HOST = aSnapshot().parent('eth0').child('web').build();

function check(id: string, evaluate: Check['evaluate'], meta: Partial<Check['meta']> = {}): Check {
  return {
    meta: {
      id,
      category: 'parent',
      severity: 'fail',
      title: { pass: `${id} is fine`, found: `${id} is found` },
      needs: [],
      dependsOn: [],
      docs: { explain: 'Why.', references: [] },
      ...meta,
    },
    messages: {
      found: (data) => ({ what: `it is ${String(data)}`, why: 'because', todo: 'do' }),
    },
    evaluate,
  };
}

function finding(subject: Subject, extra: Partial<Finding> = {}): Finding {
  return {
    code: 'found',
    subject,
    data: 'so',
    evidence: [{ from: 'links', says: 'seen' }],
    advice: ['Do.'],
    ...extra,
  };
}

function found(
  id: string,
  at: Partial<Finding> & { subject: Subject },
  meta: Partial<Check['meta']> = {},
): Check {
  return check(id, () => ({ findings: [finding(at.subject, at)] }), meta);
}

describe('status', () => {
  it('is pass, once and for the host, where a check found nothing', () => {
    expect(resultsOf([check('a', () => ({ findings: [] }))], HOST)).toEqual([
      {
        check: 'a',
        category: 'parent',
        status: 'pass',
        subject: { kind: 'host', name: 'host' },
        title: 'a is fine',
      },
    ]);
  });

  it('is not-applicable with the reason', () => {
    const [result] = resultsOf([check('a', () => ({ notApplicable: 'no parents' }))], HOST);
    expect(result).toMatchObject({ status: 'not-applicable', reason: 'no parents' });
  });

  it('is undetermined, never pass, where subjects were left open', () => {
    const evaluation: Evaluation<Finding> = {
      findings: [],
      undetermined: [{ subject: WEB, reason: 'run as root' }],
    };
    const results = resultsOf([check('a', () => evaluation)], HOST);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      status: 'undetermined',
      subject: WEB,
      reason: 'run as root',
    });
  });

  it('carries wording, evidence and advice for a finding', () => {
    expect(resultsOf([found('a', { subject: ETH0 })], HOST)).toEqual([
      {
        check: 'a',
        category: 'parent',
        status: 'fail',
        subject: ETH0,
        title: 'a is found',
        code: 'found',
        what: 'it is so',
        why: 'because',
        todo: 'do',
        evidence: [{ from: 'links', says: 'seen' }],
        advice: ['Do.'],
      },
    ]);
  });

  it('follows the finding before the check, and an expectation before both', () => {
    const both = [
      found('a', { subject: ETH0, severity: 'warn' }),
      found('b', { subject: ETH0 }, { severity: 'warn', failsUnder: 'host-access' }),
    ];
    expect(resultsOf(both, HOST).map(({ status }) => status)).toEqual(['warn', 'warn']);
    expect(resultsOf(both, HOST, ['lan-access']).map(({ status }) => status)).toEqual([
      'warn',
      'warn',
    ]);
    expect(resultsOf(both, HOST, ['host-access']).map(({ status }) => status)).toEqual([
      'warn',
      'fail',
    ]);
  });
});

describe('needs', () => {
  const nosy = check('a', ({ fdb }) => ({ findings: fdb?.length === 0 ? [] : [finding(ETH0)] }), {
    needs: ['fdb'],
  });

  it('are handed over as values', () => {
    expect(headlinesOf(resultsOf([nosy], HOST))).toEqual(['fail a parent eth0']);
  });

  it.each(['denied', 'failed', 'skipped'] as const)(
    'that are %s leave it undetermined for the same reason',
    (state) => {
      const given = aSnapshot().parent('eth0').fact('fdb', unknown(state, 'run as root'));
      expect(resultsOf([nosy], given)[0]).toMatchObject({
        status: 'undetermined',
        subject: { kind: 'host', name: 'host' },
        reason: 'run as root',
      });
    },
  );

  it('that do not exist here make it not applicable', () => {
    const given = aSnapshot().parent('eth0').fact('fdb', unknown('absent', 'not Linux'));
    expect(resultsOf([nosy], given)[0]).toMatchObject({
      status: 'not-applicable',
      reason: 'not Linux',
    });
  });
});

describe('a bug', () => {
  it('in a check is one crashed result with the stack, and the rest still comes', () => {
    const results = resultsOf(
      [
        check('a', () => {
          throw new Error('boom');
        }),
        found('b', { subject: ETH0 }),
      ],
      HOST,
    );
    expect(headlinesOf(results)).toEqual(['crashed a host host', 'fail b parent eth0']);
    expect(results[0]?.reason).toMatch(/boom[\s\S]*run-checks\.test/u);
  });

  it('in a message, or a code without one, crashes that check alone', () => {
    expect(
      headlinesOf(resultsOf([found('a', { subject: ETH0, code: 'unheard-of' })], HOST)),
    ).toEqual(['crashed a host host']);
  });

  it('in a check that writes into its input is caught by the tester', () => {
    const vandal = check('a', (_facts, { topology }) => {
      (topology.parents as unknown[]).pop();
      return { findings: [] };
    });
    expect(resultsOf([vandal], HOST)[0]?.status).toBe('crashed');
  });

  it('in a fix keeps the finding, says so, and adds a crashed note', () => {
    const broken = defineFix<null>({
      meta: { id: 'mend', title: 'Mend', risk: 'safe' },
      plan: () => {
        throw new Error('bang');
      },
    });
    const results = resultsOf(
      [found('a', { subject: ETH0, advice: [], remedies: [broken.request(null)] })],
      HOST,
    );
    expect(headlinesOf(results)).toEqual(['fail a parent eth0', 'crashed a host host']);
    expect(results[0]?.advice).toEqual(['The commands of mend could not be worked out: a bug.']);
    expect(results[1]?.reason).toMatch(/bang/u);
  });
});

describe('fixes', () => {
  const mend = defineFix<{ readonly link: string }>({
    meta: { id: 'mend', title: 'Mend it', risk: 'disruptive' },
    plan: ({ link }) =>
      link === ''
        ? { impossible: 'Nothing to mend.' }
        : {
            steps: [['ip', 'link', 'set', link, 'up']],
            undo: [['ip', 'link', 'set', link, 'down']],
            persist: [
              { manager: 'systemd', files: [{ path: '/x', content: 'y\n' }], commands: [['true']] },
            ],
            notes: ['Short cut.'],
          },
  });

  it('become whole shell lines with every word from outside quoted', () => {
    const [result] = resultsOf(
      [found('a', { subject: ETH0, remedies: [mend.request({ link: "e'; rm *" })] })],
      HOST,
    );
    expect(result?.fixes).toEqual([
      {
        id: 'mend',
        title: 'Mend it',
        risk: 'disruptive',
        commands: [String.raw`ip link set 'e'\''; rm *' up`],
        undo: [String.raw`ip link set 'e'\''; rm *' down`],
        persist: [
          { manager: 'systemd', files: [{ path: '/x', content: 'y\n' }], commands: ['true'] },
        ],
        notes: ['Short cut.'],
      },
    ]);
  });

  it('of one kind for several ends are one list, taken back in the opposite order', () => {
    const remedies = [mend.request({ link: 'a' }), mend.request({ link: 'b' })];
    const [result] = resultsOf([found('a', { subject: ETH0, remedies })], HOST);
    expect(result?.fixes).toMatchObject([
      {
        id: 'mend',
        commands: ['ip link set a up', 'ip link set b up'],
        undo: ['ip link set b down', 'ip link set a down'],
        notes: ['Short cut.'],
      },
    ]);
  });

  it('that are impossible become advice, before the finding’s own', () => {
    const [result] = resultsOf(
      [found('a', { subject: ETH0, remedies: [mend.request({ link: '' })] })],
      HOST,
    );
    expect(result?.fixes).toBeUndefined();
    expect(result?.advice).toEqual(['Nothing to mend.', 'Do.']);
  });
});

describe('text from outside', () => {
  it('cannot move the cursor from any sentence', () => {
    const evil = '\u001B[2J\u202E\n';
    const [result] = resultsOf(
      [
        found('a', {
          subject: ETH0,
          data: evil,
          evidence: [{ from: 'links', says: evil }],
          advice: [evil],
        }),
      ],
      HOST,
    );
    expect(result?.what).toBe(String.raw`it is \u{1b}[2J\u{202e}\u{a}`);
    expect(result?.evidence?.[0]?.says).toBe(String.raw`\u{1b}[2J\u{202e}\u{a}`);
    expect(result?.advice).toEqual([String.raw`\u{1b}[2J\u{202e}\u{a}`]);
  });
});

describe('a cause', () => {
  const cause = found('cause', { subject: ETH0 });
  const symptom = (subject: Subject, within: readonly Subject[] = []): Check =>
    found('symptom', { subject, within }, { dependsOn: ['cause'] });

  it('silences its symptom on the same subject, which keeps what it had to say', () => {
    const results = resultsOf([cause, symptom(ETH0)], HOST);
    expect(headlinesOf(results)).toEqual([
      'fail cause parent eth0',
      'suppressed symptom parent eth0 < cause',
    ]);
    expect(results[1]).toMatchObject({ code: 'found', what: 'it is so', suppressedOn: ETH0 });
  });

  it('silences what is about several only where each of them has a cause', () => {
    const db: Subject = { kind: 'child', name: 'eth0@db' };
    const about = (also: readonly Subject[]) =>
      headlinesOf(resultsOf([found('cause', { subject: WEB, also }), ofBoth], HOST));
    const ofBoth = found('symptom', { subject: ETH0, parts: [WEB, db] }, { dependsOn: ['cause'] });
    expect(about([])).toContain('fail symptom parent eth0');
    expect(about([db])).toContain('suppressed symptom parent eth0 < cause');
  });

  it('silences what is within its subject, and nothing elsewhere', () => {
    const elsewhere: Subject = { kind: 'parent', name: 'eth1' };
    expect(headlinesOf(resultsOf([cause, symptom(WEB, [ETH0])], HOST))).toContain(
      'suppressed symptom child eth0@web < cause',
    );
    expect(headlinesOf(resultsOf([cause, symptom(WEB, [elsewhere])], HOST))).toContain(
      'fail symptom child eth0@web',
    );
    expect(
      headlinesOf(resultsOf([cause, symptom({ kind: 'child', name: 'eth0' })], HOST)),
    ).toContain('fail symptom child eth0');
  });

  it('is named at the root where causes have causes, found or left open', () => {
    const root = found('root', { subject: ETH0 });
    const middle = found('cause', { subject: ETH0 }, { dependsOn: ['root'] });
    const undetermined = [{ subject: ETH0, reason: 'not probed' }];
    const open = check('cause', () => ({ findings: [], undetermined }), { dependsOn: ['root'] });
    const leaf = symptom(WEB, [ETH0]);
    expect(headlinesOf(resultsOf([root, middle, leaf], HOST))).toEqual([
      'suppressed cause parent eth0 < root',
      'fail root parent eth0',
      'suppressed symptom child eth0@web < root',
    ]);
    expect(headlinesOf(resultsOf([root, open, leaf], HOST))).toContain(
      'suppressed symptom child eth0@web < root',
    );
  });

  it.each<[string, ReturnType<Check['evaluate']>]>([
    ['does not apply here', { notApplicable: 'no shim here' }],
    ['found all well', { findings: [] }],
  ])('explains nothing by way of a check that %s', (_name, outcome) => {
    const root = found('root', { subject: ETH0 });
    const idle = check('cause', () => outcome, { dependsOn: ['root'] });
    expect(headlinesOf(resultsOf([root, idle, symptom(ETH0)], HOST))).toContain(
      'fail symptom parent eth0',
    );
  });

  it('explains what could not be decided as well', () => {
    const open = check(
      'symptom',
      () => ({ findings: [], undetermined: [{ subject: ETH0, reason: 'not probed' }] }),
      {
        dependsOn: ['cause'],
      },
    );
    const results = resultsOf([cause, open], HOST);
    expect(headlinesOf(results)).toContain('suppressed symptom parent eth0 < cause');
    expect(results[1]?.reason).toBe('not probed');
  });

  it('that is itself undecided explains nothing', () => {
    const open = check('cause', () => ({
      findings: [],
      undetermined: [{ subject: ETH0, reason: 'not probed' }],
    }));
    expect(headlinesOf(resultsOf([open, symptom(ETH0)], HOST))).toContain(
      'fail symptom parent eth0',
    );
  });

  it('that leads back to its symptom does not silence both', () => {
    const a = found('a', { subject: ETH0 }, { dependsOn: ['b'] });
    const b = found('b', { subject: ETH0 }, { dependsOn: ['a'] });
    const statuses = resultsOf([a, b], HOST).map(({ status }) => status);
    expect(statuses).toContain('fail');
  });

  it('works unseen where only its symptom was asked for', () => {
    const topology = buildTopology({ facts: HOST.facts, scope: HOST.scope });
    const run = { snapshot: HOST, topology, expectations: [] };
    const checks = [cause, symptom(ETH0)];
    expect(headlinesOf(runChecks(checks, { ...run, only: ['symptom'] }))).toEqual([
      'suppressed symptom parent eth0 < cause',
    ]);
    expect(headlinesOf(runChecks(checks, { ...run, skip: ['symptom'] }))).toEqual([
      'fail cause parent eth0',
    ]);
  });
});

describe('order', () => {
  it('is category, severity, id, whatever came in first', () => {
    const checks = [
      found('z', { subject: ETH0 }, { category: 'shim' }),
      found('y', { subject: ETH0 }, { severity: 'warn' }),
      found('x', { subject: ETH0 }),
      found('b', { subject: ETH0 }),
      found('w', { subject: ETH0 }, { category: 'host', severity: 'warn' }),
    ];
    expect(resultsOf(checks, HOST).map((result) => result.check)).toEqual([
      'w',
      'b',
      'x',
      'y',
      'z',
    ]);
    expect(resultsOf(checks.toReversed(), HOST)).toEqual(resultsOf(checks, HOST));
  });
});
