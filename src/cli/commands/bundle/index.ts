// `macvlan-doctor bundle`: a run, sealed into one file for a ticket.
import { Flags } from '@oclif/core';
import { BaseCommand } from '../../base-command.js';
import { bundleText } from '../../bundle-text.js';
import { SILENT, startProgress } from '../../progress.js';
import { optionsOf, runFlags } from '../../run-flags.js';

const { parent, network, container, passive, timeout, expect } = runFlags;

export default class Bundle extends BaseCommand {
  static override summary = 'Write a support bundle of this host.';
  static override description =
    'Looks and probes as `run` does, and puts all that was seen into one file, from which `analyze` reaches the same verdict anywhere. ' +
    'The file is new, readable by you alone, and never sent anywhere.\n\n' +
    'Exit code: 0 written, whatever was found; 2 wrong use or not written; 70 a bug of ours; 130, 143 interrupted, with what there was written.';
  static override examples = [
    { description: 'For ticket T-123', command: 'sudo <%= config.bin %> bundle --case T-123' },
  ];
  static override flags = {
    output: Flags.string({
      char: 'o',
      helpValue: 'FILE',
      env: 'MACVLAN_DOCTOR_OUTPUT',
      description: 'Where to write it; a file that is there is left alone.',
    }),
    case: Flags.string({
      helpValue: 'ID',
      env: 'MACVLAN_DOCTOR_CASE',
      description: 'The ticket it is for.',
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
    const { flags } = await this.parse(Bundle);
    const options = optionsOf({ ...flags, only: [], skip: [] }, this.stop.signal);
    const { bundleHere } = await import('../../workflows/here.js');
    const progress = flags.quiet ? SILENT : startProgress(process.stderr, process.env);
    try {
      const bundled = await bundleHere({
        diagnose: { ...options, onProgress: progress.show },
        caseId: flags.case ?? '',
        flags: this.argv,
        ...(flags.output === undefined ? {} : { file: flags.output }),
      });
      progress.stop();
      process.stdout.write(bundleText(bundled, this.screen(flags)));
    } finally {
      progress.stop();
    }
  }
}
