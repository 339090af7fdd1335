// What every command that ends in a report shares: the report goes to the console and into files, and the gate sets the exit code.
import type { Interfaces } from '@oclif/core';
import { BaseCommand, type Screen } from '../base-command.js';
import { exitCodeOf, WRONG_USE, type FailOn } from '../exit-code.js';
import { namesIn } from '../flag-values.js';
import type { ReporterOptions } from '../../core/reporters/reporter.js';
import type { Report } from '../../model/report.js';
import type { Addition, Output } from '../workflows/keep.js';
import { planFormats, type Format, type FormatPlan } from './formats.js';
import { gateOf, type Gate, type GateFlags } from './gate.js';
import { reporterFor } from './reporters.js';
import { STEP_SUMMARY, summaryWithin } from './step-summary.js';

/** The values of the flags in report-flags.ts and base-command.ts. */
export interface ReportFlagValues extends GateFlags {
  readonly 'fail-on': FailOn;
  readonly strict: boolean;
  readonly json: boolean;
  readonly format: unknown;
  readonly 'no-color': boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
}

/** A file is read anywhere: no colour, the width of a ticket, and never cut down to a line. */
const ON_PAPER = { color: false, width: 80, quiet: false } as const;

type FlagsOutput = Interfaces.OutputFlags<Interfaces.FlagInput>;
type ArgsOutput = Interfaces.OutputArgs<Interfaces.ArgInput>;

/** What was asked for, found to be in order. */
export interface Delivery {
  readonly flags: ReportFlagValues;
  readonly formats: FormatPlan;
  readonly gate: Gate;
}

interface Extras {
  /** Files besides the report. */
  readonly others?: readonly Output[];
  /** Only a part of the host was looked at. */
  readonly isNarrowed?: boolean;
}

export abstract class ReportCommand extends BaseCommand {
  /** The flags as the command line, the environment and the settings file have them, in this order. */
  protected override async parse<
    F extends FlagsOutput,
    B extends FlagsOutput,
    A extends ArgsOutput,
  >(
    options?: Interfaces.Input<F, B, A>,
    argv?: string[],
  ): Promise<Interfaces.ParserOutput<F, B, A>> {
    const parsed = await super.parse(options, argv);
    const { settle } = await import('../settings/settled.js');
    const { values, notes } = await settle({
      command: this.id ?? this.ctor.id,
      config: this.config,
      shapes: { ...BaseCommand.baseFlags, ...this.ctor.flags },
      parsed: parsed,
    });
    for (const note of notes) this.complain(`${note}.`);
    return { ...parsed, flags: { ...parsed.flags, ...values } };
  }

  /** Before the work begins: a format that does not exist, or a bad baseline, must not cost the user a run. */
  protected async prepare(flags: ReportFlagValues): Promise<Delivery> {
    const formats = planFormats(namesIn(flags.format), flags.json);
    return { flags, formats, gate: await gateOf(flags, new Date()) };
  }

  /**
   * Prints the report, sets the exit code, and then writes the files, `others` among them: a full disk must not cost
   * the reader the report.
   */
  protected async deliver(
    found: Report,
    { flags, formats, gate }: Delivery,
    { others = [], isNarrowed = false }: Extras = {},
  ): Promise<void> {
    const report = await throughBaseline(found, gate, isNarrowed);
    const screen = this.screen(flags);
    const options = await optionsFor(flags, screen);
    process.stdout.write(await render(formats.console, report, options));
    process.exitCode = exitCodeOf(report.summary, options);
    const files = await Promise.all(
      formats.files.map(async ({ format, file }) => ({
        file,
        text: await render(format, report, { ...options, ...ON_PAPER }),
      })),
    );
    await this.keep([
      ...files,
      ...others,
      ...(await newBaseline(report, gate, options)),
      ...(await summaryOf(report, formats, options)),
    ]);
  }

  private async keep(outputs: readonly (Output | Addition)[]): Promise<void> {
    if (outputs.length === 0) return;
    const { keepOutputs } = await import('../workflows/keep.js');
    const failures = await keepOutputs(outputs);
    for (const failure of failures) this.complain(`${failure.message}.`);
    if (failures.length > 0) process.exitCode = WRONG_USE;
  }
}

async function throughBaseline(found: Report, gate: Gate, isNarrowed: boolean): Promise<Report> {
  const { baseline, today } = gate;
  if (baseline === undefined) return found;
  const { applyBaseline } = await import('../../core/baseline/apply.js');
  return applyBaseline(found, baseline, { day: today, isNarrowed });
}

async function newBaseline(
  report: Report,
  { begin }: Gate,
  { failOn }: ReporterOptions,
): Promise<Output[]> {
  if (begin === undefined) return [];
  const { baselineOf, renderBaseline } = await import('../../core/baseline/begin.js');
  const { file, ...terms } = begin;
  return [{ file, text: renderBaseline(baselineOf(report, { ...terms, failOn })) }];
}

async function optionsFor(flags: ReportFlagValues, screen: Screen): Promise<ReporterOptions> {
  const { checks } = await import('../../core/checks/index.js');
  const { strict, 'fail-on': failOn } = flags;
  return { ...screen, strict, failOn, checks: checks.map(({ meta }) => meta) };
}

async function render(format: Format, report: Report, options: ReporterOptions): Promise<string> {
  const reporter = await reporterFor(format);
  return reporter(report, options);
}

/** Annotations are cut short by GitHub; the page beside them has everything. */
async function summaryOf(
  report: Report,
  { console, files }: FormatPlan,
  options: ReporterOptions,
): Promise<Addition[]> {
  const file = process.env[STEP_SUMMARY] ?? '';
  const isForGithub = console === 'github' || files.some(({ format }) => format === 'github');
  if (file === '' || !isForGithub) return [];
  const markdown = await render('markdown', report, { ...options, ...ON_PAPER });
  return [{ file, textFor: (size) => summaryWithin(markdown, size) }];
}
