// `macvlan-doctor lab selftest`: is the doctor right on this kernel?
import { Flags } from '@oclif/core';
import { LabCommand } from '../../lab-command.js';
import { SILENT, startProgress } from '../../progress.js';
import { canAnimate } from '../../terminal.js';
import { shellWord } from '../../../model/text.js';

export default class LabSelftest extends LabCommand {
  static override summary =
    'Prove the doctor on this kernel: every practice LAN, sick and healthy, and what was found in it.';
  static override description =
    'Builds every scenario and its healthy twin in network namespaces, several at a time, runs the doctor in each, and holds its report against what was staged. ' +
    'Names, addresses, numbers and order are drawn from one seed, which is printed. Prints for each check how often it was staged, found, missed, and reported without being true. ' +
    'What this kernel cannot stage is listed as not staged and proves nothing. Nothing outside these namespaces is touched, and nothing is left behind. ' +
    'Works without root where user namespaces are allowed. Exit code 0 when everything staged was found and nothing else was reported, 1 on any miss or false alarm.';
  static override examples = [
    {
      description: 'Everything; takes a minute or two',
      command: 'sudo <%= config.bin %> lab selftest',
    },
    {
      description: 'Two scenarios with their healthy twins, drawn as in an earlier run',
      command:
        'sudo <%= config.bin %> lab selftest --only shim-route-missing vepa-no-hairpin --seed 17',
    },
  ];
  static override flags = {
    only: Flags.string({
      helpValue: 'SCENARIO',
      multiple: true,
      description:
        'Only these scenarios, or those that stage the fault of this check, and their healthy twins; `lab list` shows them.',
    }),
    seed: Flags.integer({
      helpValue: 'N',
      min: 0,
      max: 2 ** 31,
      description: 'Draw the same LANs in the same order again.',
    }),
    jobs: Flags.integer({
      helpValue: 'N',
      min: 1,
      max: 64,
      description: 'LANs at a time; three per processor unless told.',
    }),
    json: Flags.boolean({ description: 'For programs.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(LabSelftest);
    const { selftest, selftestExitCode } = await import('../../workflows/lab-selftest.js');
    const { env, stderr } = process;
    // A log gets the result and nothing else.
    const progress = canAnimate(stderr, env) ? startProgress(stderr, env) : SILENT;
    const { seed, jobs } = flags;
    const done = await selftest({
      only: flags.only ?? [],
      ...(seed === undefined ? {} : { seed }),
      ...(jobs === undefined ? {} : { jobs }),
      doctor: { command: this.ownFile, flags: [] },
      self: this.ownName.map((word) => shellWord(word)).join(' '),
      signal: this.stop.signal,
      onProgress: progress.show,
    }).finally(progress.stop);
    process.exitCode = selftestExitCode(done);
    if (flags.json) {
      process.stdout.write(`${JSON.stringify(done, null, 2)}\n`);
      return;
    }
    const { renderSelftest } = await import('../../../core/reporters/selftest.js');
    process.stdout.write(renderSelftest(done, this.screen(flags)));
  }
}
