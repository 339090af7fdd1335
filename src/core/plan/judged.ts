// What the answers about a plan rest on, and how they quote it.
import type { CheckResult, PreflightAnswer, Question } from '../../model/report.js';
import type { Snapshot } from '../../model/snapshot.js';
import type { Topology } from '../../model/topology.js';

/** What a verdict rests on: the facts with the plan in them. */
export interface Judged {
  readonly snapshot: Snapshot;
  readonly topology: Topology;
  readonly results: readonly CheckResult[];
}

/** The results that speak of one network, by the question that they answer. */
export type Told = Readonly<Record<Question, readonly CheckResult[]>>;

/** The first one's words, and who else says so. */
export function resting(
  results: readonly CheckResult[],
): Pick<PreflightAnswer, 'because' | 'checks'> {
  const [first] = results;
  const because = first?.what ?? first?.reason ?? first?.title ?? '';
  return { because, checks: [...new Set(results.map(({ check }) => check))] };
}

/** Said where the other questions have lost their object. */
export const NO_SUCH_NETWORK = 'There would be no such network.';

export function isFound({ status }: CheckResult): boolean {
  return status === 'fail' || status === 'warn';
}

export function isRefused({ created }: Told): boolean {
  return created.some(({ status }) => status === 'fail');
}
