// `macvlan-doctor lab down`: removes practice LANs, also those of a crash.
import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../base-command.js';

export default class LabDown extends BaseCommand {
  static override summary = 'Remove practice LANs: those that stand, and what a crash left over.';
  static override description =
    'A LAN that a running `lab run` uses is left alone. Removing nothing is no error.';
  static override args = {
    id: Args.string({ description: 'Only this lab, by the id that `lab up` printed.' }),
  };
  static override flags = { json: Flags.boolean({ description: 'For programs.' }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(LabDown);
    const { downLabs } = await import('../../workflows/lab-down.js');
    const swept = await downLabs(args.id);
    const { downText } = await import('../../lab-text.js');
    process.stdout.write(flags.json ? `${JSON.stringify(swept, null, 2)}\n` : downText(swept));
  }
}
