// `macvlan-doctor run`: flags in, workflow, report out, exit code.
import type { Screen } from '../base-command.js';
import type { Format } from '../output/formats.js';
import { ReportCommand } from '../output/report-command.js';
import { SILENT, startProgress } from '../progress.js';
import { optionsOf, runFlags } from '../run-flags.js';
import type { Diagnosis, DiagnoseOptions } from '../workflows/diagnose.js';
import { DoctorError } from '../../model/errors.js';

export default class Run extends ReportCommand {
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
      description: 'For a pipeline: the table on the console, and files for its tools',
      command: 'sudo <%= config.bin %> run --format junit=junit.xml --format sarif=doctor.sarif',
    },
    { description: 'What would be sent', command: 'sudo <%= config.bin %> run --dry-run' },
  ];
  static override flags = runFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(Run);
    const delivery = await this.prepare(flags);
    const options = optionsOf(flags, this.stop.signal);
    const { assertCheckIds } = await import('../check-selection.js');
    assertCheckIds(options.only, options.skip);
    if (flags['dry-run'])
      return this.printPlan(options, delivery.formats.console, this.screen(flags));

    const { report, snapshot } = await this.diagnose(options, flags.quiet);
    const others =
      flags.save === undefined ? [] : [{ file: flags.save, text: `${JSON.stringify(snapshot)}\n` }];
    const { parents, networks, containers } = options;
    const isNarrowed = [...parents, ...networks, ...containers].length > 0;
    await this.deliver(report, delivery, { others, isNarrowed });
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

  private async printPlan(options: DiagnoseOptions, format: Format, view: Screen): Promise<void> {
    if (format !== 'json' && format !== 'table') {
      throw new DoctorError('bad-flag', `--dry-run has no ${format} form: table or json`);
    }
    const { planHere } = await import('../workflows/here.js');
    const plan = await planHere(options);
    const text =
      format === 'json'
        ? (await import('../../core/reporters/json.js')).renderPlanJson(plan)
        : (await import('../../core/reporters/plan.js')).renderPlan(plan, view);
    process.stdout.write(text);
  }
}
