// Whose fault is it? What is wrong with the plan, and what it would do to others; what was wrong before is nobody's news.
import type { Plan } from '../../model/plan.js';
import type { CheckResult } from '../../model/report.js';
import { isFound } from './judged.js';

/** What the checks say of the whole host, without what is planned and with it. */
export interface WholeHost {
  readonly before: readonly CheckResult[];
  readonly after: readonly CheckResult[];
}

/**
 * All that the checks say of the planned networks alone, and what they say of this host with them and not without them:
 * a network that was fine may collide with one that is to come.
 */
export function onThePlan(
  ofThePlan: readonly CheckResult[],
  host: WholeHost,
  plan: Pick<Plan, 'networks'>,
): CheckResult[] {
  const known = new Set([...ofThePlan, ...host.before].map((result) => keyOf(result)));
  const caused = host.after.filter((result) => isFound(result) && !known.has(keyOf(result)));
  const spoken = new Set(caused.map(({ check }) => check));
  const rest = ofThePlan.filter(({ check, status }) => status !== 'pass' || !spoken.has(check));
  const isThere = plan.networks.every(({ isExternal }) => isExternal);
  const lead = isThere ? THERE_ALREADY : PLANNED_ONLY;
  return [...rest, ...caused].map((result) => beforeAnythingIsMade(result, lead));
}

function keyOf({ check, code = '', subject, what = '' }: CheckResult): string {
  return [check, code, subject.kind, subject.name, what].join('\n');
}

/** Commands that act on the host as it is; all others would act on what does not exist. */
const ON_THE_HOST = new Set(['set-link-up', 'set-promiscuous', 'raise-neighbour-limit']);

function beforeAnythingIsMade({ fixes, ...result }: CheckResult, lead: string): CheckResult {
  const kept = fixes?.filter(({ id }) => ON_THE_HOST.has(id)) ?? [];
  if (kept.length > 0) return { ...result, fixes: kept };
  if (fixes === undefined || result.advice !== undefined) return result;
  return { ...result, advice: [`${lead} ${fixes.map(({ title }) => title).join('; ')}.`] };
}

const PLANNED_ONLY =
  'Nothing is made yet, so change the plan; once it is made, this would be the cure:';
const THERE_ALREADY =
  'Once such a container runs, macvlan-doctor run has the commands; this would be the cure:';
