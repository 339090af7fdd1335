// `macvlan-doctor bundle translate`: an answer about stand-ins in, the same about the real host out.
import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../base-command.js';
import { caseIdOf } from '../../case-id.js';

export default class BundleTranslate extends BaseCommand {
  static override summary = 'Turn stand-ins in an answer back into real names.';
  static override description =
    'Works where the bundle was made: the key and the names of each case are kept there, and are in no bundle.';
  static override examples = [
    {
      description: 'What support wrote about ticket T-123',
      command: '<%= config.bin %> bundle translate answer.txt --case T-123',
    },
  ];
  static override args = {
    file: Args.string({ required: true, description: 'The answer, or - for standard input.' }),
  };
  static override flags = {
    case: Flags.string({
      helpValue: 'ID',
      env: 'MACVLAN_DOCTOR_CASE',
      description: 'Which ticket it is about; without it, the one whose stand-ins it speaks of.',
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(BundleTranslate);
    const caseId = caseIdOf(flags.case);
    const { translateAnswer } = await import('../../workflows/translate.js');
    process.stdout.write(await translateAnswer(args.file, caseId, process.env));
  }
}
