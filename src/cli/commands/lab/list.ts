// `macvlan-doctor lab list`: which practice LANs there are.
import { Flags } from '@oclif/core';
import { BaseCommand } from '../../base-command.js';

export default class LabList extends BaseCommand {
  static override summary = 'List the practice LANs.';
  static override flags = {
    json: Flags.boolean({
      description: 'For programs: every scenario with its LAN, its fault and what must be found.',
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(LabList);
    const [{ listScenarios }, { listText }] = await Promise.all([
      import('../../workflows/lab-scenarios.js'),
      import('../../lab-text.js'),
    ]);
    const scenarios = listScenarios();
    process.stdout.write(
      flags.json ? `${JSON.stringify(scenarios, null, 2)}\n` : listText(scenarios),
    );
  }
}
