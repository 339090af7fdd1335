// The lab on a terminal: what there is, what stands, what was removed, and whether the doctor found what was staged.
import { makeStyle, type TextOptions } from '../core/reporters/style.js';
import { widthOf, wrap } from '../core/reporters/width.js';
import { printable, shellWord } from '../model/text.js';
import { cureLines, indent } from './lab-cure-text.js';
import type { LabRun } from './workflows/lab-run.js';
import type { Scenario } from './workflows/lab-scenarios.js';
import type { Swept } from './workflows/lab-down.js';
import type { LabUp } from './workflows/lab-up.js';

/** Rows with every column but the last as wide as its widest cell. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths =
    rows[0]?.map((_cell, at) => Math.max(...rows.map((row) => widthOf(row[at] ?? '')))) ?? [];
  const pad = (cell: string, at: number): string =>
    cell + ' '.repeat((widths[at] ?? 0) - widthOf(cell));
  return rows.map((row) => `  ${row.map((cell, at) => pad(cell, at)).join('  ')}`.trimEnd());
}

/** As wide as a terminal is at the least; a long title goes on below its beginning. */
const LIST_WIDTH = 80;

export function listText(scenarios: readonly Scenario[]): string {
  const longest = Math.max(0, ...scenarios.map(({ id }) => id.length));
  // The margin, and the gap between the two columns.
  const room = LIST_WIDTH - longest - 4;
  const rows = scenarios.flatMap(({ id, title }) =>
    wrap(title, room).map((line, at) => [at === 0 ? id : '', line]),
  );
  return ['Scenarios, each in a practice LAN of its own:', '', ...columns(rows), ''].join('\n');
}

/** Before the report: what this LAN is. */
export function storyText(scenario: Scenario, seed: number, options: TextOptions): string {
  const { bold, width } = makeStyle(options);
  const head = bold(`lab ${scenario.id}   seed ${String(seed)}`);
  return [head, ...indent(`${scenario.title}. ${scenario.story}`, width), ''].join('\n');
}

/** After the report: was it right, and what came of its fixes? */
export function judgementText({ scenario, judgement, cure }: LabRun, options: TextOptions): string {
  const { green, red, width } = makeStyle(options);
  const design =
    scenario.byDesign.length === 0
      ? ''
      : `, but for what is so by design (${scenario.byDesign.join(', ')})`;
  const staged = scenario.expect.map(({ check, status }) => `${check} (${status})`).join(', ');
  const right =
    scenario.expect.length === 0
      ? `RIGHT: this LAN is healthy, and the report says so${design}.`
      : `RIGHT: ${staged} had to be found, and was found; nothing else is wrong${design}.`;
  const wrong = [
    ...judgement.missing.map(
      ({ check, status }) => `${check} (${status}) had to be found, and was not.`,
    ),
    ...judgement.unexpected.map(
      ({ check, status, subject }) =>
        `${check} (${status}) about ${subject.kind} ${printable(subject.name)} was reported, and is not what was staged.`,
    ),
  ];
  const lines = judgement.isRight
    ? indent(right, width).map((line) => green(line))
    : wrong.flatMap((line) => indent(`WRONG: ${line}`, width).map((one) => red(one)));
  const cured = cure === undefined ? [] : cureLines(cure, options);
  return ['', ...lines, ...cured, '  The LAN is gone again.', ''].join('\n');
}

export function upText(up: LabUp, options: TextOptions): string {
  const { bold } = makeStyle(options);
  const who = up.inhabitants.map(({ label, role, link, addresses, netns }) => [
    role === label ? label : `${label} (${role})`,
    link,
    addresses.join(' ') || 'no address',
    netns,
  ]);
  const commands = up.commands.map(({ does, argv }) => [
    does,
    argv.map((word) => shellWord(word)).join(' '),
  ]);
  return [
    storyText(up.scenario, up.seed, options),
    bold(`Lab ${up.id} stands until it is taken down:`),
    ...columns(who),
    '',
    bold('Look around:'),
    ...columns(commands),
    '',
  ].join('\n');
}

export function downText({ removed, leftAlone, squatters }: Swept): string {
  const lines = [
    ...removed.map(
      ({ id, scenario, was }) =>
        `removed ${id}${scenario === undefined ? '' : ` (${printable(scenario)})`}${was === 'crashed' ? ', left over from a crash' : ''}`,
    ),
    ...leftAlone.map(({ id, pid }) => `left ${id} alone: process ${String(pid)} is using it`),
    ...squatters.map(
      ({ pid, comm }) =>
        `process ${String(pid)} (${printable(comm)}) was inside; its namespace is empty and goes when it ends`,
    ),
  ];
  return `${(lines.length === 0 ? ['nothing to remove'] : lines).join('\n')}\n`;
}
