// Builds a planned LAN on the ground, and stages a fault in it.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  childBatches,
  hostBatch,
  macvlanBatch,
  settingsOf,
  stationBatches,
  switchBatch,
} from './batches.js';
import { labImpossible, type Ground } from './ground/ground.js';
import { addNamespaces, runBatch, runBatches, untilCarrier, writeSettings } from './ground/ip.js';
import { runTool } from './ground/tools.js';
import { namespacesOf, type LanPlan } from './plan/plan.js';
import type { Step } from './scenario.js';
import { fillSteps } from './steps.js';

/** What ip-netns(8) mounts over /etc for a command in the namespace. */
const NETNS_ETC = '/etc/netns';

export const netnsEtc = (netns: string): string => path.join(NETNS_ETC, netns);

/** From nothing to a LAN in which everybody reaches whom macvlan lets them reach. */
export async function buildLan(ground: Ground, plan: LanPlan, signal: AbortSignal): Promise<void> {
  await addNamespaces(ground, namespacesOf(plan), signal);
  await runBatch(ground, switchBatch(plan), signal);
  const stations = plan.segments.flatMap((segment) => stationBatches(segment));
  await runBatches(ground, [hostBatch(plan), ...stations], signal);
  const parents = plan.segments.map(({ parent }) => parent.parent);
  await untilCarrier(ground, plan.hostNetns, parents, signal);
  await runBatch(ground, macvlanBatch(plan), signal);
  const children = plan.segments.flatMap((segment, at) => childBatches(segment, at));
  await Promise.all([
    runBatches(ground, children, signal),
    writeSettings(ground, settingsOf(plan), signal),
  ]);
}

/** Breaks the LAN, step by step in order. */
export async function stageFault(
  ground: Ground,
  plan: LanPlan,
  steps: readonly Step[],
  signal: AbortSignal,
): Promise<void> {
  for (const { netns, step } of fillSteps(plan, steps)) {
    if ('ip' in step) await runBatch(ground, { netns, lines: [step.ip] }, signal);
    else if ('sysctl' in step)
      await writeSettings(ground, [{ netns, name: step.sysctl, value: step.value }], signal);
    else if ('etc' in step) layFile(ground, netns, step);
    else await runTool(ground, netns, step, signal);
  }
}

function layFile(ground: Ground, netns: string, step: { etc: string; content: string }): void {
  if (ground.holder !== undefined)
    throw labImpossible('this scenario lays out files in /etc/netns and needs root');
  const file = path.join(netnsEtc(netns), step.etc);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, step.content);
}
