import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderNagios } from '../../../../src/core/reporters/ci/nagios.js';
import type { CheckResult } from '../../../../src/model/report.js';
import { passed } from '../../../support/a-report.js';
import {
  CRASH,
  hostileFinding,
  LIVE,
  ON_PAPER,
  OPEN,
  reportOf,
  WARNING,
} from '../../../support/every-outcome.js';

function lineOf(strict: boolean, ...results: readonly CheckResult[]): string {
  return renderNagios(reportOf(...results), { ...ON_PAPER, strict });
}

/** As the Monitoring Plugins' guidelines have it: one line, at most one bar, labels with values and ranges. */
const LINE =
  /^MACVLAN (?<state>OK|WARNING|CRITICAL|UNKNOWN) - (?<text>[^|\n]+)\|(?<data>[^|\n]+)\n$/;
const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const DATUM = new RegExp(
  `^[a-z_]+=${NUMBER}(?:ms|s)?;(?:${NUMBER})?;(?:${NUMBER})?;(?:${NUMBER})?(?:;${NUMBER})?$`,
);

describe('renderNagios', () => {
  it.each([
    ['OK', false, passed('host/wsl2')],
    ['WARNING', false, [WARNING, OPEN]],
    ['CRITICAL', false, [LIVE, WARNING]],
    ['OK', false, [OPEN]],
    ['UNKNOWN', true, [OPEN]],
    ['UNKNOWN', true, [CRASH]],
    ['CRITICAL', true, [LIVE, OPEN]],
  ] as const)('%s, --strict %o', (state, strict, results) => {
    expect(LINE.exec(lineOf(strict, ...results))?.groups?.['state']).toBe(state);
  });

  it('names what was found, the worst first, and what was not decided', () => {
    expect(lineOf(false, WARNING, LIVE, OPEN)).toContain(
      ' - 1 problem, 1 warning, 1 check not decided: parent-down (parent eth0), host-child-isolation (parent eth0)|',
    );
  });

  it('is well in one line that says what was looked at', () => {
    expect(lineOf(false, ...passed('host/wsl2'))).toContain('- All well: eth0 with 2 children|');
  });

  it('has performance data with ranges', () => {
    const data = LINE.exec(lineOf(false, LIVE, WARNING))?.groups?.['data']?.split(' ') ?? [];
    for (const datum of data) expect(datum).toMatch(DATUM);
    expect(data).toEqual(
      expect.arrayContaining([
        'fail=1;;0;0',
        'warn=1;0;;0',
        'undetermined=0;;;0',
        'time=0.412s;;;0',
      ]),
    );
  });

  it('stays one line of bearable length, whatever is called what', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        const line = lineOf(false, hostileFinding(`|${text}`));
        expect(line).toMatch(LINE);
        expect(line.split('|')[0]?.length).toBeLessThan(900);
      }),
    );
  });
});
