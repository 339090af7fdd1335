// Counts what the trials of a self-test came to, check by check. Pure.
import type {
  Selftest,
  SelftestAlarm,
  SelftestCheck,
  SelftestExpected,
  SelftestTrial,
} from '../../../model/selftest.js';
import type { CheckResult } from '../../../model/report.js';
import type { Scenario } from '../scenario.js';
import type { Judgement } from './judge.js';

/** The right report is one with everything that was staged and nothing else. */
export function verdictOf(
  scenario: Scenario,
  judgement: Judgement,
): Pick<SelftestTrial, 'expected' | 'missed' | 'falseAlarms'> {
  return {
    expected: scenario.expect.map((one) => expectedOf(one)),
    missed: judgement.missing.map((one) => expectedOf(one)),
    falseAlarms: judgement.unexpected.map((result) => alarmOf(result)),
  };
}

/** Without a report nothing was found, and nothing was alarmed about. */
export function brokenVerdict(
  scenario: Scenario,
): Pick<SelftestTrial, 'expected' | 'missed' | 'falseAlarms'> {
  const expected = scenario.expect.map((one) => expectedOf(one));
  return { expected, missed: expected, falseAlarms: [] };
}

const expectedOf = ({ check, status }: SelftestExpected): SelftestExpected => ({ check, status });

const alarmOf = ({ check, status, subject, what, title }: CheckResult): SelftestAlarm => ({
  check,
  status,
  subject: `${subject.kind} ${subject.name}`,
  says: what ?? title,
});

/** One row for each check that was staged or spoke up out of turn, by name. */
export function confusionOf(trials: readonly SelftestTrial[]): SelftestCheck[] {
  const checks = trials.flatMap(({ expected, falseAlarms }) =>
    [...expected, ...falseAlarms].map(({ check }) => check),
  );
  return [...new Set(checks)].sort().map((check) => rowOf(check, trials));
}

function rowOf(check: string, trials: readonly SelftestTrial[]): SelftestCheck {
  const isIn = (list: readonly { readonly check: string }[]): boolean =>
    list.some((one) => one.check === check);
  const count = (holds: (trial: SelftestTrial) => boolean): number =>
    trials.filter((trial) => holds(trial)).length;
  const staged = count(({ expected }) => isIn(expected));
  const missed = count((trial) => isIn(trial.missed));
  return {
    check,
    staged,
    found: staged - missed,
    missed,
    falseAlarms: count(({ falseAlarms }) => isIn(falseAlarms)),
    quiet: count(
      ({ expected, falseAlarms, broken }) =>
        !isIn(expected) && !isIn(falseAlarms) && broken === undefined,
    ),
  };
}

/** Findings are counted one by one: a LAN with two faults has two to find. */
export function summaryOf(
  trials: readonly SelftestTrial[],
  notStaged: number,
): Selftest['summary'] {
  const sum = (countOf: (trial: SelftestTrial) => number): number =>
    trials.reduce((total, trial) => total + countOf(trial), 0);
  const staged = sum(({ expected }) => expected.length);
  const missed = sum((trial) => trial.missed.length);
  const found = staged - missed;
  return {
    trials: trials.length,
    staged,
    found,
    missed,
    falseAlarms: sum(({ falseAlarms }) => falseAlarms.length),
    broken: trials.filter(({ broken }) => broken !== undefined).length,
    notStaged,
    ...(staged === 0 ? {} : { recall: found / staged }),
  };
}

/** Everything that could be staged was found, and nothing else was. */
export function isFlawless({ summary }: Pick<Selftest, 'summary'>): boolean {
  return summary.missed + summary.falseAlarms + summary.broken === 0;
}
