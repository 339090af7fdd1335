// `macvlan-doctor analyze`: a saved look in, today's report out.
import { Args } from '@oclif/core';
import { wordsIn } from '../flag-values.js';
import { ReportCommand } from '../output/report-command.js';
import { reportFlags } from '../output/report-flags.js';
import { expectationsOf, runFlags } from '../run-flags.js';

const { expect, only, skip } = runFlags;

export default class Analyze extends ReportCommand {
  static override summary = 'Judge a support bundle or a saved snapshot.';
  static override description =
    "Runs today's checks on facts that were collected elsewhere or earlier: on any system, without root, without a network. " +
    'What was expected of that host (--expect) is expected still, unless told otherwise.\n\n' +
    'Exit code: 0 nothing found, 1 findings, 2 unreadable or wrong use, 3 not decided (--strict), 70 a bug of ours.';
  static override examples = [
    {
      description: 'What a user attached to a ticket',
      command: '<%= config.bin %> analyze mvd-bundle-T-123-20260131T120000Z-1a2b3c.tar.gz',
    },
    {
      description: 'A snapshot on standard input, for a program',
      command: 'ssh nas cat snapshot.json | <%= config.bin %> analyze - --json',
    },
  ];
  static override args = {
    bundle: Args.string({
      required: true,
      description: 'A bundle, a snapshot that `run --save` wrote, or - for standard input.',
    }),
  };
  static override flags = { expect, only, skip, ...reportFlags };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Analyze);
    const delivery = await this.prepare(flags);
    const [onlyIds, skipIds] = [wordsIn(flags.only), wordsIn(flags.skip)];
    const { assertCheckIds } = await import('../check-selection.js');
    assertCheckIds(onlyIds, skipIds);
    const expectations = expectationsOf(flags.expect);
    const { analyze } = await import('../workflows/analyze.js');
    const { report } = await analyze(args.bundle, {
      only: onlyIds,
      skip: skipIds,
      ...(expectations.length === 0 ? {} : { expectations }),
    });
    // An entry without a match may belong to another host than the one that was saved.
    await this.deliver(report, delivery, { isNarrowed: true });
  }
}
