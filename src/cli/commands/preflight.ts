// `macvlan-doctor preflight`: a network that is to be made, as flags or files; what would come of it; nothing is made.
import { namesIn } from '../flag-values.js';
import { ReportCommand } from '../output/report-command.js';
import { createFlagsOf, existingOf, preflightFlags } from '../preflight-flags.js';
import { SILENT, startProgress } from '../progress.js';
import { optionsOf } from '../run-flags.js';
import type { Diagnosis } from '../workflows/diagnose.js';
import type { PreflightOptions } from '../workflows/preflight.js';

export default class Preflight extends ReportCommand {
  static override summary = 'Would this network work here? Before anything is made.';
  static override description =
    'Lays a planned network, or the next container on one that is there, over what this host is now, and answers: would it be created, would it collide, would its containers ' +
    'reach the LAN and be reached, and what would the host see. Sends a bounded handful of frames and makes nothing.\n\n' +
    'Exit code: 0 nothing speaks against it, 1 findings, 2 wrong use, 3 not decided (--strict), 70 a bug of ours.';
  /** What oclif puts together of so many flags that exclude each other, nobody can read. */
  static override usage = [
    '<%= command.id %> --parent IF --subnet CIDR [--gateway IP] [--ip-range CIDR] [FLAGS]',
    '<%= command.id %> --compose FILE... [--profile NAME...] [FLAGS]',
    '<%= command.id %> --network NAME... [FLAGS]',
  ];
  static override examples = [
    {
      description: 'Before docker network create',
      command:
        'sudo <%= config.bin %> preflight --parent eth0 --subnet 192.168.1.0/24 --gateway 192.168.1.1 --ip-range 192.168.1.192/27',
    },
  ];
  static override flags = preflightFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(Preflight);
    const delivery = await this.prepare(flags);
    const nobody = { parent: [], network: [], container: [] };
    const options = {
      ...optionsOf({ ...flags, ...nobody }, this.stop.signal),
      create: createFlagsOf(flags),
      existing: existingOf(flags),
      isSweepTold: flags.sweep,
      isSuggesting: flags.suggest,
      ips: namesIn(flags.ip),
      compose: { files: namesIn(flags.compose), profiles: namesIn(flags.profile) },
    };
    const { assertCheckIds } = await import('../check-selection.js');
    assertCheckIds(options.only, options.skip);
    const { report, snapshot } = await this.look(options, flags.quiet);
    const others =
      flags.save === undefined ? [] : [{ file: flags.save, text: `${JSON.stringify(snapshot)}\n` }];
    // An entry without a match may belong to another plan.
    await this.deliver(report, delivery, { others, isNarrowed: true });
  }

  private async look(options: PreflightOptions, isQuiet: boolean): Promise<Diagnosis> {
    const { preflightHere } = await import('../workflows/here.js');
    const progress = isQuiet ? SILENT : startProgress(process.stderr, process.env);
    try {
      return await preflightHere({ ...options, onProgress: progress.show });
    } finally {
      progress.stop();
    }
  }
}
