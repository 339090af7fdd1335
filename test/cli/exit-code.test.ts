import { describe, expect, it } from 'vitest';
import { exitCodeOf, type ExitRules } from '../../src/cli/exit-code.js';
import type { Summary } from '../../src/model/report.js';

const CLEAN: Summary = {
  pass: 20,
  warn: 0,
  fail: 0,
  undetermined: 0,
  notApplicable: 3,
  suppressed: 0,
  accepted: 0,
  crashed: 0,
};

type Row = readonly [Partial<Summary>, Partial<ExitRules>, number];

describe('exitCodeOf', () => {
  it.each<Row>([
    [{}, {}, 0],
    [{}, { strict: true }, 0],
    [{}, { failOn: 'warn' }, 0],
    [{ warn: 1 }, {}, 0],
    [{ warn: 1 }, { strict: true }, 0],
    [{ warn: 1 }, { failOn: 'warn' }, 1],
    [{ fail: 1 }, {}, 1],
    [{ fail: 1 }, { failOn: 'warn' }, 1],
    [{ fail: 1, undetermined: 2 }, { strict: true }, 1],
    [{ warn: 1, undetermined: 2 }, { strict: true }, 3],
    [{ warn: 1, undetermined: 2 }, { strict: true, failOn: 'warn' }, 1],
    [{ undetermined: 2 }, {}, 0],
    [{ undetermined: 2 }, { strict: true }, 3],
    [{ crashed: 1 }, {}, 0],
    [{ crashed: 1 }, { strict: true }, 3],
    [{ suppressed: 4 }, { strict: true, failOn: 'warn' }, 0],
  ])('%o under %o is %i', (counts, rules, expected) => {
    expect(exitCodeOf({ ...CLEAN, ...counts }, { failOn: 'fail', strict: false, ...rules })).toBe(
      expected,
    );
  });
});
