// What a baseline covers, and covers no longer, in every form of the report.
import { describe, expect, it } from 'vitest';
import { applyBaseline } from '../../../src/core/baseline/apply.js';
import { renderGithub } from '../../../src/core/reporters/ci/github.js';
import { renderJunit } from '../../../src/core/reporters/ci/junit.js';
import { renderNagios } from '../../../src/core/reporters/ci/nagios.js';
import { renderSarif } from '../../../src/core/reporters/ci/sarif.js';
import { renderMarkdown } from '../../../src/core/reporters/markdown/markdown.js';
import { renderText } from '../../../src/core/reporters/text.js';
import type { Report } from '../../../src/model/report.js';
import { passed } from '../../support/a-report.js';
import { LIVE, ON_PAPER, reportOf } from '../../support/every-outcome.js';
import { junitErrors, sarifErrors, xpath } from '../../support/official-schemas.js';

function reportOn(day: string): Report {
  const entry = {
    check: 'parent-down',
    code: 'down',
    subject: LIVE.subject,
    reason: 'the cable comes next week',
    expires: '2026-01-31',
  };
  const stale = { ...entry, check: 'wsl2' };
  const baseline = { schemaVersion: 1, accepted: [entry, stale] } as const;
  const report = reportOf(LIVE, ...passed('host/wsl2'));
  return applyBaseline(
    report,
    { ...baseline, accepted: [...baseline.accepted] },
    { day, isNarrowed: false },
  );
}

const ACCEPTED = reportOn('2026-01-31');
const EXPIRED = reportOn('2026-02-01');
const UNTIL = 'until 2026-01-31, the cable comes next week';
const LAPSED = 'Accepted until 2026-01-31 (the cable comes next week); that has expired.';

describe('what is accepted', () => {
  it('is a line of the table, with its reason, and no finding', () => {
    const text = renderText(ACCEPTED, ON_PAPER);
    expect(text).not.toContain('FAIL');
    expect(text).toMatch(
      /^ {2}accepted +parent-down \(parent eth0\): until 2026-01-31, the cable comes next$/m,
    );
    expect(text).toContain('Nothing wrong found');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('1 finding accepted');
  });

  it('passes as a JUnit case that says so', () => {
    const xml = renderJunit(ACCEPTED, ON_PAPER);
    expect(junitErrors(xml)).toBe('');
    expect(xpath(xml, 'count(//failure)')).toBe('0');
    expect(xpath(xml, 'string(//testcase[contains(@name, "parent-down")]/system-out)')).toContain(
      `Accepted ${UNTIL}`,
    );
  });

  it('is a suppressed result of its own level in SARIF', () => {
    const text = renderSarif(ACCEPTED, ON_PAPER);
    expect(sarifErrors(text)).toEqual([]);
    const log = JSON.parse(text) as { runs: { results: unknown[] }[] };
    expect(log.runs[0]?.results).toMatchObject([
      { level: 'error', suppressions: [{ kind: 'external', justification: `Accepted ${UNTIL}.` }] },
    ]);
  });

  it('annotates nothing, alarms nobody, and is named in Markdown', () => {
    expect(renderGithub(ACCEPTED, ON_PAPER)).toBe(
      'macvlan-doctor: Nothing wrong found, 1 finding accepted\n',
    );
    expect(renderNagios(ACCEPTED, ON_PAPER)).toMatch(/^MACVLAN OK - .* accepted=1;;;0 /);
    expect(renderMarkdown(ACCEPTED, ON_PAPER)).toContain(
      `- \`parent-down\`, parent eth0: ${UNTIL}`,
    );
  });
});

describe('what is accepted no longer', () => {
  it('fails again everywhere, and says so', () => {
    expect(renderText(EXPIRED, ON_PAPER).replaceAll(/\s+/g, ' ')).toContain(
      'Was Accepted until 2026-01-31 (the cable comes next week); that has expired',
    );
    const xml = renderJunit(EXPIRED, ON_PAPER);
    expect(xpath(xml, 'string(//failure)').replaceAll(/\s+/g, ' ')).toContain('that has expired');
    const sarif = renderSarif(EXPIRED, ON_PAPER);
    expect(sarif).toContain(LAPSED);
    expect(sarif).not.toContain('suppressions');
    expect(renderGithub(EXPIRED, ON_PAPER)).toContain(LAPSED);
    expect(renderMarkdown(EXPIRED, ON_PAPER)).toContain(LAPSED);
    expect(renderNagios(EXPIRED, ON_PAPER)).toMatch(/^MACVLAN CRITICAL - /);
  });
});

it('an entry without a match is named', () => {
  expect(renderText(ACCEPTED, ON_PAPER).replaceAll(/\s+/g, ' ')).toContain(
    'stale in the baseline, and not found any more: wsl2, down (parent eth0)',
  );
  expect(renderMarkdown(ACCEPTED, ON_PAPER)).toContain(
    '- `wsl2`, parent eth0: in the baseline, and not found any more',
  );
});
