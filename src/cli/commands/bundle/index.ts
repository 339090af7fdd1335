// `macvlan-doctor bundle`: a run, sealed into one file for a ticket.
import { Flags } from '@oclif/core';
import { BaseCommand } from '../../base-command.js';
import { bundleText, previewText } from '../../bundle-text.js';
import { caseIdOf } from '../../case-id.js';
import { SILENT, startProgress } from '../../progress.js';
import { optionsOf, runFlags } from '../../run-flags.js';
import { toldFlags } from '../../told-flags.js';
import { REDACTION_MODES } from '../../../model/bundle.js';
import { DoctorError } from '../../../model/errors.js';

const { parent, network, container, passive, timeout, expect } = runFlags;

export default class Bundle extends BaseCommand {
  static override summary = 'Write a support bundle of this host.';
  static override description =
    'Looks and probes as `run` does, and puts all that was seen into one file, from which `analyze` reaches the same verdict anywhere. ' +
    'Names and addresses in it are stand-ins; what turns them back stays with you. The file is new, readable by you alone, and never sent anywhere.\n\n' +
    'Exit code: 0 written, whatever was found; 2 wrong use or not written; 70 a bug of ours; 130, 143 interrupted, with what there was written.';
  static override examples = [
    { description: 'For ticket T-123', command: 'sudo <%= config.bin %> bundle --case T-123' },
    { description: 'What would be inside', command: 'sudo <%= config.bin %> bundle --preview' },
  ];
  static override flags = {
    output: Flags.string({
      char: 'o',
      helpValue: 'FILE',
      env: 'MACVLAN_DOCTOR_OUTPUT',
      description: 'Where to write it; what is there already is left alone.',
    }),
    case: Flags.string({
      helpValue: 'ID',
      env: 'MACVLAN_DOCTOR_CASE',
      description: 'The ticket it is for: all bundles of one ticket have the same stand-ins.',
    }),
    redact: Flags.option({
      options: REDACTION_MODES,
      default: 'prefix' as const,
      env: 'MACVLAN_DOCTOR_REDACT',
      description:
        'prefix: stand-ins that keep subnets and host parts; strict: host parts too, and no tool output; none: real names, for use inside one house.',
    })(),
    preview: Flags.boolean({
      env: 'MACVLAN_DOCTOR_PREVIEW',
      description: 'Run, say what would be inside, and write nothing.',
    }),
    parent,
    network,
    container,
    passive,
    'foreign-macs': runFlags['foreign-macs'],
    timeout,
    expect,
  };

  async run(): Promise<void> {
    const { flags, raw } = await this.parse(Bundle);
    const caseId = caseIdOf(flags.case);
    assertFile(flags.output);
    const view = this.screen(flags);
    const options = {
      diagnose: optionsOf({ ...flags, only: [], skip: [] }, this.stop.signal),
      redact: flags.redact,
      flags: toldFlags(raw, { ...Bundle.baseFlags, ...Bundle.flags }),
      ...(caseId === undefined ? {} : { caseId }),
      ...(flags.output === undefined ? {} : { file: flags.output }),
    };
    const { bundleHere, previewHere } = await import('../../workflows/here.js');
    const progress = flags.quiet ? SILENT : startProgress(process.stderr, process.env);
    const diagnose = { ...options.diagnose, onProgress: progress.show };
    const make = flags.preview ? previewHere : bundleHere;
    const packed = await make({ ...options, diagnose }).finally(progress.stop);
    const text = flags.preview ? previewText(packed, view) : bundleText(packed, view);
    process.stdout.write(text);
  }
}

/** A bundle comes with its hash beside it, and nobody is to find a file called `-`. */
function assertFile(output: string | undefined): void {
  if (output !== '-' && output !== '') return;
  const what = output === '' ? 'is no name' : 'would be standard output';
  throw new DoctorError(
    'bad-flag',
    `--output '${output}' ${what}: a bundle is a file, with its hash beside it`,
  );
}
