// `macvlan-doctor lab up`: a practice LAN to look around in.
import { LabCommand, chosen, lanFlags, scenarioArg } from '../../lab-command.js';

export default class LabUp extends LabCommand {
  static override summary = 'Build a practice LAN and leave it standing.';
  static override description =
    'Prints who lives where and how to look around. `lab down` removes it. Works without root where user namespaces are allowed.';
  static override examples = [
    {
      description: 'A LAN with a shim that lacks a route',
      command: 'sudo <%= config.bin %> lab up shim-route-missing',
    },
  ];
  static override args = scenarioArg;
  static override flags = lanFlags;

  async run(): Promise<void> {
    const { args, flags } = await this.parse(LabUp);
    const { pickScenario } = await import('../../workflows/lab-scenarios.js');
    const scenario = pickScenario(args.scenario, flags.healthy);
    const { upLab } = await import('../../workflows/lab-up.js');
    const options = { scenario, ...chosen(flags), self: this.ownName, signal: this.stop.signal };
    const up = await upLab(options);
    const { upText } = await import('../../lab-text.js');
    const look = this.screen(flags);
    process.stdout.write(flags.json ? `${JSON.stringify(up, null, 2)}\n` : upText(up, look));
  }
}
