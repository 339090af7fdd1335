// What came of the fixes in a lab, in a few lines: what was run, what is gone, what is left.
import { formatMs } from '../core/reporters/matrix.js';
import { makeStyle, plural, type Style, type TextOptions } from '../core/reporters/style.js';
import { wrap } from '../core/reporters/width.js';
import type { CheckResult } from '../model/report.js';
import { printable } from '../model/text.js';
import type { Cure } from './workflows/lab-run.js';

type Treatment = Cure['treatments'][number];

/** Lines of a paragraph under the report. */
export const indent = (text: string, width: number): string[] =>
  wrap(text, width - 2).map((line) => `  ${line}`);

export function cureLines(cure: Cure, options: TextOptions): string[] {
  const style = makeStyle(options);
  const by = (kind: Treatment['by']): Treatment[] =>
    cure.treatments.filter((one) => one.by === kind);
  const plain = [
    ...by('files').map(
      ({ finding }) =>
        `${finding.check}: nothing to run now; its files are for the next boot, and -v shows them.`,
    ),
    ...by('advice').map(
      ({ finding }) =>
        `${finding.check}: no command on this host cures that; the advice says what does.`,
    ),
  ];
  return [
    '',
    ...ranLines(by('commands'), style.width),
    ...resultLines(cure, style),
    ...plain.flatMap((text) => indent(text, style.width)),
  ];
}

function ranLines(treated: readonly Treatment[], width: number): string[] {
  const count = treated.reduce((sum, { commands }) => sum + commands.length, 0);
  if (count === 0) return [];
  const checks = [...new Set(treated.map(({ finding }) => finding.check))].join(' and ');
  const which = count === 1 ? 'command' : plural(count, 'command');
  return indent(
    `Then the ${which} for ${checks} ran in that host, word for word, and the doctor once more.`,
    width,
  );
}

function resultLines(cure: Cure, style: Style): string[] {
  const { width, green, red, yellow } = style;
  const failed = cure.treatments.flatMap(({ failed: one }) => one ?? []);
  const bad = [
    ...failed.map(({ command, said }) => `${printable(command)} answered: ${printable(said)}`),
    ...cure.remaining.map((one) => `${nameOf(one)} is still found.`),
  ];
  const gone = goneChecks(cure);
  return [
    ...bad.flatMap((text) => indent(`NOT CURED: ${text}`, width).map((line) => red(line))),
    ...(gone.length === 0
      ? []
      : indent(
          `CURED: ${gone.join(' and ')} ${gone.length === 1 ? 'is' : 'are'} gone${proofOf(cure.proof)}.`,
          width,
        ).map((line) => green(line))),
    ...cure.followUps.flatMap((one) =>
      indent(`LEFT: ${nameOf(one)} now: ${printable(one.what ?? one.title)}`, width).map((line) =>
        yellow(line),
      ),
    ),
  ];
}

/** Checks of which nothing is left of all that commands were run for. */
function goneChecks({ treatments, remaining }: Cure): string[] {
  const left = new Set(remaining.map(({ check }) => check));
  const treated = treatments.filter(({ by, failed }) => by === 'commands' && failed === undefined);
  return [...new Set(treated.map(({ finding }) => finding.check))].filter(
    (check) => !left.has(check),
  );
}

function nameOf({ check, status, subject }: CheckResult): string {
  return `${check} (${status}) on ${subject.kind} ${printable(subject.name)}`;
}

function proofOf(proof: Cure['proof']): string {
  if (proof === undefined) return '';
  const before = proof.wasSilent ? ', silent before,' : ' now';
  return `; ${endOf(proof.from)} → ${endOf(proof.to)}${before} answers in ${formatMs(proof.rttMs)} ms`;
}

/** `web` for `child:eth0@web`, `gateway 192.0.2.1` for `gateway:192.0.2.1`. */
function endOf(end: string): string {
  const [kind = '', ...rest] = end.split(':');
  const name = rest.join(':');
  if (kind === 'child') return printable(name.slice(name.indexOf('@') + 1));
  if (kind === 'container' || name === '') return printable(name || kind);
  return printable(`${kind} ${name}`);
}
