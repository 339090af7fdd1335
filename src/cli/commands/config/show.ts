// `macvlan-doctor config show`: what flags a command would get without any on the command line, and where each is from.
import { Args, Flags, Parser } from '@oclif/core';
import Analyze from '../analyze.js';
import Preflight from '../preflight.js';
import Run from '../run.js';
import { BaseCommand } from '../../base-command.js';
import { reportFlags } from '../../output/report-flags.js';
import type { FlagShape } from '../../settings/defaults.js';
import type { Parsed } from '../../settings/settled.js';

const COMMANDS = { run: Run, preflight: Preflight, analyze: Analyze } as const;

export default class ConfigShow extends BaseCommand {
  static override summary = 'Show the settings of a command, and where they come from.';
  static override description =
    'A flag wins over the environment (MACVLAN_DOCTOR_…), and that over macvlan-doctor.yaml, which is looked for in the working ' +
    'directory and in those above it. Files that belong to another user, or that everybody can write to, are passed over.';
  static override examples = [
    { description: 'Who has set what', command: '<%= config.bin %> config show --origin' },
    { description: 'For another command', command: '<%= config.bin %> config show preflight' },
  ];
  static override args = {
    command: Args.string({
      options: Object.keys(COMMANDS),
      default: 'run',
      description: 'The command whose settings are shown.',
    }),
  };
  static override flags = {
    config: reportFlags.config,
    origin: Flags.boolean({
      description: 'Beside each value, the file and line, or the variable.',
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ConfigShow);
    const command = args.command as keyof typeof COMMANDS;
    const shapes = { ...BaseCommand.baseFlags, ...COMMANDS[command].flags };
    const argv = flags.config === undefined ? [] : ['--config', flags.config];
    const parsed = await Parser.parse(argv, { flags: shapes });
    const known = shapes as unknown as Record<string, FlagShape>;
    const { settle } = await import('../../settings/settled.js');
    const settled = await settle({
      command,
      config: this.config,
      shapes: known,
      parsed: parsed as Parsed,
    });
    for (const note of settled.notes) this.complain(`${note}.`);
    const { originLines, originsOf } = await import('../../settings/origins.js');
    const lines = originLines(
      originsOf(parsed.flags, settled, known, process.env).filter(({ name }) => name !== 'config'),
      flags.origin,
    );
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  }
}
