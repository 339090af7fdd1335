// `macvlan-doctor lab run`: build, break, diagnose, fix, look again, remove.
import { Flags } from '@oclif/core';
import { LabCommand, chosen, lanFlags, scenarioArg } from '../../lab-command.js';
import { startProgress } from '../../progress.js';

export default class LabRun extends LabCommand {
  static override summary =
    'Build a practice LAN, break it, let the doctor find out, and do what it says.';
  static override description =
    'Builds a small LAN in network namespaces, stages the fault, runs the doctor inside the host of that LAN, says whether it found what it had to find, runs the commands that it suggests, runs the doctor once more, and removes everything. ' +
    'Nothing outside these namespaces is touched. Works without root where user namespaces are allowed. Exit code 0 when the report is right and its fix cures, 1 when not.';
  static override examples = [
    {
      description: 'The question asked most',
      command: 'sudo <%= config.bin %> lab run host-isolation',
    },
    {
      description: 'The same LAN again, without the fault',
      command: 'sudo <%= config.bin %> lab run parent-down --seed 17 --healthy',
    },
  ];
  static override args = scenarioArg;
  static override flags = {
    ...lanFlags,
    fix: Flags.boolean({
      allowNo: true,
      default: true,
      description: 'Run the commands that the report suggests, and look again.',
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(LabRun);
    const { pickScenario } = await import('../../workflows/lab-scenarios.js');
    const scenario = pickScenario(args.scenario, flags.healthy);
    const { isGood, runLab } = await import('../../workflows/lab-run.js');
    const progress = startProgress(process.stderr, process.env);
    const doctor = { command: this.ownFile, flags: [] };
    const { signal } = this.stop;
    const options = { scenario, ...chosen(flags), withFix: flags.fix, doctor, signal };
    const done = await runLab({ ...options, onProgress: progress.show }).finally(progress.stop);
    process.exitCode = isGood(done) ? 0 : 1;
    if (flags.json) {
      process.stdout.write(`${JSON.stringify(done, null, 2)}\n`);
      return;
    }
    const [{ renderText }, text] = await Promise.all([
      import('../../../core/reporters/text.js'),
      import('../../lab-text.js'),
    ]);
    const look = this.screen(flags);
    process.stdout.write(
      text.storyText(done.scenario, done.seed, look) +
        `\n${renderText(done.report, look)}` +
        text.judgementText(done, look),
    );
  }
}
