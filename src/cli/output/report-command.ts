// What every command that ends in a report shares: the report goes to the console and into files, and the gate sets the exit code.
import { BaseCommand, type Screen } from '../base-command.js';
import { exitCodeOf, WRONG_USE, type FailOn } from '../exit-code.js';
import { namesIn } from '../flag-values.js';
import type { ReporterOptions } from '../../core/reporters/reporter.js';
import type { Report } from '../../model/report.js';
import type { Addition, Output } from '../workflows/keep.js';
import { planFormats, type Format, type FormatPlan } from './formats.js';
import { reporterFor } from './reporters.js';
import { STEP_SUMMARY, summaryWithin } from './step-summary.js';

/** The values of the flags in report-flags.ts and base-command.ts. */
export interface ReportFlagValues {
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

export abstract class ReportCommand extends BaseCommand {
  /** Before the work begins: a format that does not exist must not cost the user a run. */
  protected formatsOf(flags: Pick<ReportFlagValues, 'format' | 'json'>): FormatPlan {
    return planFormats(namesIn(flags.format), flags.json);
  }

  /**
   * Prints the report, sets the exit code, and then writes the files, `others` among them: a full disk must not cost
   * the reader the report.
   */
  protected async deliver(
    report: Report,
    flags: ReportFlagValues,
    others: readonly Output[] = [],
  ): Promise<void> {
    const formats = this.formatsOf(flags);
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
    await this.keep([...files, ...others, ...(await summaryOf(report, formats, options))]);
  }

  private async keep(outputs: readonly (Output | Addition)[]): Promise<void> {
    if (outputs.length === 0) return;
    const { keepOutputs } = await import('../workflows/keep.js');
    const failures = await keepOutputs(outputs);
    for (const failure of failures) this.complain(`${failure.message}.`);
    if (failures.length > 0) process.exitCode = WRONG_USE;
  }
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
