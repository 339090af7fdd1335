// A self-test on a terminal: what was staged against what was found, check by check, and how to look at a miss alone.
import { printable } from '../../model/text.js';
import type { Selftest, SelftestCheck, SelftestTrial } from '../../model/selftest.js';
import { makeStyle, plural, type Style, type TextOptions } from './style.js';
import { tableLines } from './table.js';
import { wrap } from './width.js';

export function renderSelftest(done: Selftest, options: TextOptions): string {
  const style = makeStyle(options);
  const wrong = done.trials.filter((trial) => !isRight(trial));
  const blocks = [
    [headOf(done, style)],
    ...(options.quiet ? [] : [matrix(done.checks, style)]),
    ...(options.verbose ? [everyTrial(done.trials, style)] : []),
    ...wrong.map((trial) => wrongLines(trial, style)),
    notStagedLines(done, style),
    verdictLines(done, style),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headOf({ tool, host, seed, jobs, durationMs }: Selftest, { bold }: Style): string {
  const seconds = (durationMs / 1000).toFixed(0);
  const who = host.privileged ? '' : ', without root';
  return bold(
    `${tool.name} ${tool.version} selftest   seed ${seed.toString()}   kernel ${printable(host.kernel)}${who}, ${jobs.toString()} at a time, ${seconds} s`,
  );
}

function matrix(checks: readonly SelftestCheck[], style: Style): string[] {
  const number = (count: number): string => (count === 0 ? '-' : count.toString());
  return tableLines(
    {
      head: ['CHECK', 'STAGED', 'FOUND', 'MISSED', 'FALSE ALARMS', 'RIGHTLY QUIET'],
      rows: checks.map(({ check, staged, found, missed, falseAlarms, quiet }) => [
        check,
        ...[staged, found, missed, falseAlarms, quiet].map((count) => number(count)),
      ]),
      flexible: [0],
    },
    style,
  );
}

const listOf = (results: readonly { check: string; status: string }[]): string =>
  results.map(({ check, status }) => `${check} (${status})`).join(', ') || 'nothing';

function everyTrial(trials: readonly SelftestTrial[], style: Style): string[] {
  return tableLines(
    {
      head: ['LAN', 'SEED', 'EXPECTED', 'REPORTED', 'SECONDS'],
      rows: trials.map((trial) => [
        trial.isTwin ? `${trial.scenario}, healthy` : trial.scenario,
        trial.seed.toString(),
        listOf(trial.expected),
        reportedIn(trial),
        (trial.durationMs / 1000).toFixed(1),
      ]),
      flexible: [0, 2, 3],
    },
    style,
  );
}

function reportedIn(trial: SelftestTrial): string {
  if (isRight(trial)) return 'the same';
  if (trial.broken !== undefined) return 'no report';
  const found = trial.expected.filter(
    (one) =>
      !trial.missed.some(({ check, status }) => check === one.check && status === one.status),
  );
  return listOf([...found, ...trial.falseAlarms]);
}

const isRight = ({ missed, falseAlarms, broken }: SelftestTrial): boolean =>
  missed.length + falseAlarms.length === 0 && broken === undefined;

function wrongLines(trial: SelftestTrial, { red, bold, width }: Style): string[] {
  const lan = trial.isTwin ? `the healthy twin of ${trial.scenario}` : trial.scenario;
  const says = [
    ...(trial.broken === undefined ? [] : [`NO REPORT: ${printable(trial.broken)}`]),
    ...trial.missed.map(({ check, status }) => `MISSED: ${check} (${status})`),
    ...trial.falseAlarms.map(
      ({ check, status, subject, says: what }) =>
        `FALSE ALARM: ${check} (${status}) about ${printable(subject)}: ${printable(what)}`,
    ),
  ];
  return [
    bold(`In ${lan}, seed ${trial.seed.toString()}:`),
    ...says.flatMap((line) => wrap(line, width - 2).map((part) => `  ${red(part)}`)),
    `  look at it alone: ${trial.again}`,
  ];
}

function notStagedLines({ notStaged }: Selftest, { yellow, width }: Style): string[] {
  if (notStaged.length === 0) return [];
  return [
    `Not staged here, and so not proven here (${notStaged.length.toString()}):`,
    ...notStaged.flatMap(({ scenario, why }) =>
      wrap(`${scenario}: ${printable(why)}`, width - 2).map((line) => `  ${yellow(line)}`),
    ),
  ];
}

function verdictLines({ summary }: Selftest, { green, red, width }: Style): string[] {
  const { trials, staged, found, missed, falseAlarms, broken, notStaged, recall } = summary;
  const share =
    recall === undefined
      ? 'nothing was staged'
      : `recall ${percent(recall)} (${found.toString()} of ${plural(staged, 'fault')} found)`;
  const rest = [
    plural(falseAlarms, 'false alarm'),
    ...(broken === 0 ? [] : [plural(broken, 'LAN without a report', 'LANs without a report')]),
    ...(notStaged === 0 ? [] : [`${plural(notStaged, 'scenario')} not staged`]),
  ];
  const isFlawless = missed + falseAlarms + broken === 0;
  const line = `${isFlawless ? 'RIGHT' : 'WRONG'}: ${share}, ${rest.join(', ')}, in ${plural(trials, 'LAN')}. They are all gone again.`;
  return wrap(line, width).map((part) => (isFlawless ? green(part) : red(part)));
}

/** Never rounded up to a hundred. */
function percent(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toString()} %`;
}
