// A LAN with something in the way of packets, staged on a real kernel, and what the doctor may say of it.
import { expect } from 'vitest';
import { defineScenario, type LanSketch, type Step } from '../../src/edge/lab/scenario.js';
import { newsOf } from '../../src/edge/lab/trial/judge.js';
import type { Report } from '../../src/model/report.js';
import { reportIn, withLab } from './standing-lab.js';

export interface Trial {
  readonly name: string;
  readonly lan?: Partial<LanSketch>;
  readonly children?: number;
  readonly fault: readonly Step[];
  /** `check code`, in the order of their ids; everything else is quiet. */
  readonly found: readonly string[];
  /** Checks that say that they could not decide. */
  readonly open?: readonly string[] | 'either';
  /** In what the findings say, evidence and advice included. */
  readonly says?: readonly RegExp[];
}

const MINE = new Set([
  'arp-flux',
  'firewall-child',
  'mtu-black-hole',
  'shim-firewalled',
  'stale-arp-at-gateway',
]);
const BY_DESIGN = new Set(['host-child-isolation', 'mode-private', 'vepa-no-hairpin']);

/** One chain of rules at a hook, as nft commands. */
export const guard = (hook: string, ...rules: readonly string[]): string =>
  [
    'add table inet guard',
    `add chain inet guard in { type filter hook ${hook} priority 0; }`,
    ...rules.map((rule) => `add rule inet guard in ${rule}`),
  ].join('; ');

export function headlines(report: Report): string[] {
  return newsOf(report)
    .filter(({ check }) => !BY_DESIGN.has(check))
    .map(({ check, code }) => `${check} ${code ?? ''}`)
    .sort();
}

function undecided(report: Report): string[] {
  const open = report.results.filter(
    ({ check, status }) => MINE.has(check) && status === 'undetermined',
  );
  return [...new Set(open.map(({ check }) => check))];
}

let seed = 40;

/** Raises the LAN with its fault, runs the doctor in its host, and holds the report to what was said. */
export async function judge(trial: Trial): Promise<void> {
  const { lan = {}, children = 3, fault, found, open = [], says = [] } = trial;
  seed += 1;
  const scenario = defineScenario({
    id: 'passage',
    title: trial.name,
    story: trial.name,
    lan: { mode: 'bridge', children: [1, 5], ...lan },
    fault,
    expect: [],
    byDesign: [],
  });
  await withLab(scenario, { seed, children }, async (lab) => {
    const report = await reportIn(lab.plan.hostNetns);
    const text = JSON.stringify(newsOf(report)).replaceAll(String.raw`\"`, '"');
    expect(headlines(report), text).toEqual([...found]);
    if (open !== 'either')
      expect(
        undecided(report),
        JSON.stringify(report.results.filter(({ status }) => status === 'undetermined')),
      ).toEqual([...open]);
    for (const pattern of says) expect(text).toMatch(pattern);
  });
}
