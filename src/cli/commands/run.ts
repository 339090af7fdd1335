// `macvlan-doctor run`: flags in, workflow, report out, exit code.
import { BaseCommand, type Screen } from '../base-command.js';
import { exitCodeOf, WRONG_USE } from '../exit-code.js';
import { planFormats, type Format, type FormatPlan } from '../formats.js';
import { SILENT, startProgress } from '../progress.js';
import { namesIn, optionsOf, runFlags } from '../run-flags.js';
import type { Diagnosis, DiagnoseOptions } from '../workflows/diagnose.js';

export default class Run extends BaseCommand {
  static override summary = 'Diagnose the macvlan networks of this host.';
  static override description =
    'Finds every macvlan child, whoever made it, probes who reaches whom, and prints what is wrong, why, and what to do. ' +
    'Sends a bounded handful of frames and changes nothing. Works without root, and says what root would add.\n\n' +
    'Exit code: 0 nothing found, 1 findings, 2 wrong use, 3 not decided (--strict), 70 a bug of ours.';
  static override examples = [
    { description: 'Everything on this host', command: 'sudo <%= config.bin %> run' },
    {
      description: 'One parent, looking only',
      command: 'sudo <%= config.bin %> run --parent eth0 --passive',
    },
    {
      description: 'The host must reach its containers',
      command: 'sudo <%= config.bin %> run --expect host-access',
    },
    {
      description: 'For a program, and a table in a file',
      command: 'sudo <%= config.bin %> run --json --format table=report.txt',
    },
    { description: 'What would be sent', command: 'sudo <%= config.bin %> run --dry-run' },
  ];
  static override flags = runFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(Run);
    const formats = planFormats(namesIn(flags.format), flags.json);
    const options = optionsOf(flags, this.stop.signal);
    const { assertCheckIds } = await import('../check-selection.js');
    assertCheckIds(options.only, options.skip);
    const view = this.screen(flags);
    if (flags['dry-run']) return this.printPlan(options, formats, view);

    const diagnosis = await this.diagnose(options, flags.quiet);
    process.stdout.write(await render(formats.console, diagnosis, view));
    const { strict, 'fail-on': failOn } = flags;
    process.exitCode = exitCodeOf(diagnosis.report.summary, { failOn, strict });
    await this.keep(diagnosis, formats, flags.save);
  }

  private async diagnose(options: DiagnoseOptions, isQuiet: boolean): Promise<Diagnosis> {
    const { diagnoseHere } = await import('../workflows/here.js');
    const progress = isQuiet ? SILENT : startProgress(process.stderr, process.env);
    try {
      return await diagnoseHere({ ...options, onProgress: progress.show });
    } finally {
      progress.stop();
    }
  }

  private async printPlan(
    options: DiagnoseOptions,
    formats: FormatPlan,
    view: Screen,
  ): Promise<void> {
    const { planHere } = await import('../workflows/here.js');
    const plan = await planHere(options);
    const isJson = formats.console === 'json';
    const text = isJson
      ? (await import('../../core/reporters/json.js')).renderPlanJson(plan)
      : (await import('../../core/reporters/plan.js')).renderPlan(plan, view);
    process.stdout.write(text);
  }

  /** After the report is out: a full disk must not cost the reader the diagnosis. */
  private async keep(
    diagnosis: Diagnosis,
    { files }: FormatPlan,
    save: string | undefined,
  ): Promise<void> {
    if (files.length === 0 && save === undefined) return;
    const outputs = await Promise.all(
      files.map(async ({ format, file }) => ({
        file,
        text: await render(format, diagnosis, ON_PAPER),
      })),
    );
    const snapshot = `${JSON.stringify(diagnosis.snapshot)}\n`;
    const { keepOutputs } = await import('../workflows/keep.js');
    const failures = await keepOutputs([
      ...outputs,
      ...(save === undefined ? [] : [{ file: save, text: snapshot }]),
    ]);
    for (const failure of failures) this.complain(`${failure.message}.`);
    if (failures.length > 0) process.exitCode = WRONG_USE;
  }
}

/** A file is read anywhere: no colour, and the width of a ticket. */
const ON_PAPER: Screen = { color: false, width: 80, verbose: false, quiet: false };

async function render(format: Format, { report }: Diagnosis, view: Screen): Promise<string> {
  if (format === 'json') return (await import('../../core/reporters/json.js')).renderJson(report);
  const { renderText } = await import('../../core/reporters/text.js');
  return renderText(report, view);
}
