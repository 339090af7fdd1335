// Does what the report says: the commands of its fixes, word for word, in the host of the lab and nowhere else.
import type { CheckResult, Report, ReportFix } from '../../../model/report.js';
import { newsOf } from './judge.js';
import type { Lab } from '../lab.js';
import { namespacesOf, type LanPlan } from '../plan/plan.js';
import type { Scenario } from '../scenario.js';

/** What was done about one finding. */
export interface Treatment {
  readonly finding: CheckResult;
  /** `commands` were run; `files` are for the next boot; `advice` is for somebody who can do more than this host can. */
  readonly by: 'commands' | 'files' | 'advice';
  /** Those that were run, in order. */
  readonly commands: readonly string[];
  /** The one that went wrong, and what it said; the rest was then left out. */
  readonly failed?: { readonly command: string; readonly said: string };
}

/** What somebody would see to: all that is wrong, but for what is so by design in this LAN. */
export function headlinesOf(scenario: Scenario, report: Pick<Report, 'results'>): CheckResult[] {
  const byDesign = new Set(scenario.byDesign);
  return newsOf(report).filter(({ check }) => !byDesign.has(check));
}

/** One way to cure it: the first fix, once per victim where there are several. */
function firstFix({ fixes = [] }: CheckResult): readonly ReportFix[] {
  return fixes.filter(({ id }) => id === fixes[0]?.id);
}

/** What a finding asks for; nothing is run. */
export function planTreatment(finding: CheckResult): Treatment {
  const fix = firstFix(finding);
  const commands = fix.flatMap((one) => one.commands);
  if (commands.length > 0) return { finding, by: 'commands', commands };
  const hasFiles = fix.some(({ persist }) => persist.length > 0);
  return { finding, by: hasFiles ? 'files' : 'advice', commands };
}

/** Runs the commands of one treatment; stops at the first that fails, as a person would. */
export async function treat(lab: Lab, planned: Treatment, signal: AbortSignal): Promise<Treatment> {
  const { plan, ground } = lab;
  const commands: string[] = [];
  for (const command of planned.commands) {
    assertInside(command, plan);
    const argv = ['ip', 'netns', 'exec', plan.hostNetns, 'sh', '-c', command];
    const { code, stderr } = await ground.attempt(argv, { signal });
    signal.throwIfAborted();
    commands.push(command);
    if (code === 0) continue;
    const said = stderr.trim() || `exit code ${String(code)}`;
    return { ...planned, commands, failed: { command, said } };
  }
  return planned;
}

/** Programs whose work stays in the namespace: the one that is named, or the host's. */
const INSIDE: readonly RegExp[] = [
  // ip(8) with an object that belongs to the namespace which it works in.
  /^ip (?:-n (\S+) )?(?:link|addr|address|route|rule|neigh|neighbour) /,
  // An announcement (RFC 5227, section 3).
  /^(?:ip netns exec (\S+) )?arping /,
  // Settings of single links; gc_thresh and their like are the whole machine's.
  /^(?:ip netns exec (\S+) )?sysctl -w(?: net\.ipv4\.conf\.[\w./-]+=\d+)+$/,
];
/** What a shell would take for more than one plain command. */
const MORE_THAN_ONE = /[;&|<>$`\n]/;

/**
 * `ip netns exec` holds commands in the network namespace and nothing more: files, processes and daemons are the
 * machine's. So only what is known to stay inside is ever run, on this lab's own namespaces.
 */
export function assertInside(command: string, plan: LanPlan): void {
  const match = INSIDE.map((pattern) => pattern.exec(command)).find((found) => found !== null);
  const netns = match?.[1] ?? plan.hostNetns;
  if (match === undefined || !namespacesOf(plan).includes(netns) || MORE_THAN_ONE.test(command))
    throw new Error(`The lab does not run \`${command}\`: it would leave the lab.`);
}
