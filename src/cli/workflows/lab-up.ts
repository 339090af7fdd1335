// Builds a scenario's LAN, leaves it standing, and tells how to look around in it.
import { raiseLab, type Lab } from '../../edge/lab/lab.js';
import type { LanPlan } from '../../edge/lab/plan/plan.js';
import type { Scenario } from '../../edge/lab/scenario.js';

export interface LabUpOptions {
  readonly scenario: Scenario;
  readonly seed?: number;
  readonly children?: number;
  /** How this program is called again: its name, or Node and a file. */
  readonly self: readonly string[];
  readonly signal: AbortSignal;
}

/** Somebody on the LAN. */
interface Inhabitant {
  readonly label: string;
  readonly role: 'host' | 'router' | 'device' | 'child';
  readonly link: string;
  readonly addresses: readonly string[];
  readonly netns: string;
}

interface Suggestion {
  readonly does: string;
  readonly argv: readonly string[];
}

export interface LabUp {
  readonly id: string;
  readonly scenario: Scenario;
  readonly seed: number;
  readonly inhabitants: readonly Inhabitant[];
  readonly commands: readonly Suggestion[];
}

export async function upLab(options: LabUpOptions): Promise<LabUp> {
  const lab = await raiseLab({ ...options, outlivesUs: true });
  const inhabitants = inhabitantsOf(lab.plan);
  return {
    id: lab.plan.labId,
    scenario: lab.scenario,
    seed: lab.plan.seed,
    inhabitants,
    commands: suggestions(lab, inhabitants, options.self),
  };
}

function inhabitantsOf({ hostNetns, segments }: LanPlan): readonly Inhabitant[] {
  return segments
    .flatMap(({ router, devices, parent }) => [
      {
        label: 'host',
        role: 'host' as const,
        link: parent.parent,
        addresses: parent.addresses,
        netns: hostNetns,
      },
      { ...router, role: 'router' as const },
      ...devices.map((device) => ({ ...device, role: 'device' as const })),
      ...parent.children.map((child) => ({ ...child, role: 'child' as const })),
    ])
    .map(({ label, role, link, addresses, netns }) => ({ label, role, link, addresses, netns }));
}

function suggestions(
  lab: Lab,
  inhabitants: readonly Inhabitant[],
  self: readonly string[],
): readonly Suggestion[] {
  const { hostNetns, labId } = lab.plan;
  const inside = (netns: string, ...argv: string[]): string[] => [
    ...lab.ground.prefix,
    'ip',
    'netns',
    'exec',
    netns,
    ...argv,
  ];
  const router = inhabitants.find(({ role }) => role === 'router');
  const child = inhabitants.find(({ role }) => role === 'child');
  const target = child?.addresses[0]?.replace(/\/.*/, '');
  const ping = (from: string, netns: string): Suggestion[] =>
    child === undefined || target === undefined
      ? []
      : [
          {
            does: `ping ${child.label} from the ${from}`,
            argv: inside(netns, 'ping', '-c', '3', target),
          },
        ];
  return [
    { does: 'run the doctor', argv: inside(hostNetns, ...self, 'run') },
    { does: 'be the host', argv: inside(hostNetns, 'sh') },
    ...(child === undefined
      ? []
      : [{ does: `be ${child.label}`, argv: inside(child.netns, 'sh') }]),
    ...ping('host', hostNetns),
    ...(router === undefined ? [] : ping('router', router.netns)),
    { does: 'take it down', argv: [...self, 'lab', 'down', labId] },
  ];
}
