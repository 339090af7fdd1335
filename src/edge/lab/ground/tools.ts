// The programs besides `ip` that a fault may need: bridge(8), tc(8), nft(8). Without one of them a scenario cannot be staged.
import { labImpossible, type Ground } from './ground.js';
import type { Step } from '../scenario.js';

type ToolStep = Extract<Step, { bridge: string } | { tc: string } | { nft: string }>;

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

export async function runTool(
  ground: Ground,
  netns: string,
  step: ToolStep,
  signal: AbortSignal,
): Promise<void> {
  if ('bridge' in step)
    await ground.run(['bridge', '-n', netns, ...words(step.bridge)], { signal });
  else if ('tc' in step) await ground.run(['tc', '-n', netns, ...words(step.tc)], { signal });
  else await runNft(ground, netns, step.nft, signal);
}

async function runNft(
  ground: Ground,
  netns: string,
  commands: string,
  signal: AbortSignal,
): Promise<void> {
  // nft(8) knows no namespaces, and `ip netns exec` does not tell a missing program from a failing one.
  if ((await ground.attempt(['nft', '--version'], { signal })).isMissing)
    throw labImpossible('there is no `nft` here: this scenario needs nftables');
  const argv = ['ip', 'netns', 'exec', netns, 'nft', '-f', '-'];
  await ground.run(argv, { input: `${commands}\n`, signal });
}
