// `macvlan-doctor analyze`: a saved look in, today's report out.
import { Args } from '@oclif/core';
import { exitCodeOfComparison } from '../exit-code.js';
import { wordsIn } from '../flag-values.js';
import { ReportCommand, type Delivery } from '../output/report-command.js';
import { reportFlags } from '../output/report-flags.js';
import { expectationsOf, runFlags } from '../run-flags.js';
import { DoctorError } from '../../model/errors.js';

const { expect, only, skip, save } = runFlags;

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
      description: 'Before and after, or several hosts of one ticket',
      command: '<%= config.bin %> analyze before.tar.gz after.tar.gz',
    },
    {
      description: 'A snapshot on standard input, for a program',
      command: 'ssh nas cat snapshot.json | <%= config.bin %> analyze - --json',
    },
  ];
  static override args = {
    bundle: Args.string({
      required: true,
      description:
        'A bundle, a snapshot that `run --save` wrote, or - for standard input; several are compared.',
    }),
  };
  static override strict = false;
  static override flags = { expect, only, skip, ...reportFlags, save };

  protected override readonly isEndable = true;

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Analyze);
    const files = argv.map(String);
    const delivery = await this.prepare(flags);
    const form = delivery.formats.console;
    const [onlyIds, skipIds] = [wordsIn(flags.only), wordsIn(flags.skip)];
    const { assertCheckIds } = await import('../check-selection.js');
    assertCheckIds(onlyIds, skipIds);
    const expectations = expectationsOf(flags.expect);
    const { analyze, analyzeTogether } = await import('../workflows/analyze.js');
    const options = {
      only: onlyIds,
      skip: skipIds,
      ...(expectations.length === 0 ? {} : { expectations }),
    };
    const [file = '', ...others] = files;
    if (others.length === 0) {
      // An entry without a match may belong to another host than the one that was saved.
      const { report, snapshot } = await analyze(file, options);
      const saved =
        flags.save === undefined
          ? []
          : [{ file: flags.save, text: `${JSON.stringify(snapshot)}\n` }];
      return this.deliver(report, delivery, { isNarrowed: true, others: saved });
    }
    if (flags.save !== undefined)
      throw new DoctorError('bad-flag', '--save takes one bundle, not several');
    assertComparable(files, delivery);
    const comparison = await analyzeTogether(files, options);
    const { renderComparison } = await import('../../core/reporters/comparison.js');
    const { renderValue } = await import('../../core/reporters/json.js');
    const isJson = form === 'json';
    process.stdout.write(
      isJson ? renderValue(comparison) : renderComparison(comparison, this.screen(flags)),
    );
    process.exitCode = exitCodeOfComparison(comparison, {
      failOn: flags['fail-on'],
      strict: flags.strict,
    });
  }
}

/** Only a report has all the forms, and a baseline is about one host. */
function assertComparable(files: readonly string[], { formats, gate }: Delivery): void {
  const why = whyNotCompared(files, formats, gate);
  if (why !== undefined) throw new DoctorError('bad-flag', why);
}

function whyNotCompared(
  files: readonly string[],
  formats: Delivery['formats'],
  gate: Delivery['gate'],
): string | undefined {
  if (files.filter((file) => file === '-').length > 1)
    return 'standard input is one bundle, not several';
  if (gate.baseline !== undefined || gate.begin !== undefined)
    return 'a baseline goes with one bundle, not with several';
  const isShown = formats.files.length === 0 && ['json', 'table'].includes(formats.console);
  return isShown ? undefined : 'several bundles have the forms table and json, on the console';
}
