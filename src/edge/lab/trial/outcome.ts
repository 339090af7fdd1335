// What came of the fixes: the report before them held against the report after them. Pure.
import type { CheckResult, Reachability, Report } from '../../../model/report.js';
import type { Scenario } from '../scenario.js';
import { headlinesOf, type Treatment } from './treat.js';

/** A packet's way there and back, timed by the second run. */
export interface Proof {
  readonly from: string;
  readonly to: string;
  readonly rttMs: number;
  /** The first run asked the same and got no answer; else it had no way to ask. */
  readonly wasSilent: boolean;
}

export interface Cure {
  readonly treatments: readonly Treatment[];
  /** The doctor's second report; absent when there was nothing to run. */
  readonly after?: Report;
  /** Findings that are still there although their commands were run. */
  readonly remaining: readonly CheckResult[];
  /** What only the second report speaks of. */
  readonly followUps: readonly CheckResult[];
  /** Somebody who was not reached before and is now. */
  readonly proof?: Proof;
  /** Every fix that was run did what it claims. */
  readonly keptItsWord: boolean;
}

export interface Seen {
  readonly scenario: Scenario;
  readonly before: Report;
  readonly after: Report;
  readonly treatments: readonly Treatment[];
}

const isSame = (a: CheckResult, b: CheckResult): boolean =>
  a.check === b.check && a.subject.kind === b.subject.kind && a.subject.name === b.subject.name;

export function cureFrom({ scenario, before, after, treatments }: Seen): Cure {
  const treated = treatments.filter(({ by }) => by === 'commands');
  const now = headlinesOf(scenario, after);
  const remaining = now.filter((one) => treated.some(({ finding }) => isSame(finding, one)));
  const followUps = now.filter((one) => !treatments.some(({ finding }) => isSame(finding, one)));
  const proof = proofOf(before, after);
  return {
    treatments,
    after,
    remaining,
    followUps,
    ...(proof === undefined ? {} : { proof }),
    keptItsWord:
      remaining.length === 0 &&
      treatments.every(({ failed }) => failed === undefined) &&
      followUps.every(({ status }) => status !== 'crashed'),
  };
}

/** The first echo that comes back now and did not: rather one that was sent before as well, and stayed unanswered. */
function proofOf(before: Report, after: Report): Proof | undefined {
  const asked = new Map(
    echoes(before).map(({ from, to, answered }) => [`${from} ${to}`, answered] as const),
  );
  const proofs = echoes(after).flatMap(({ from, to, answered, rttMs }) => {
    const earlier = asked.get(`${from} ${to}`);
    if (!answered || rttMs === undefined || earlier === true) return [];
    return [{ from, to, rttMs, wasSilent: earlier === false }];
  });
  return proofs.find(({ wasSilent }) => wasSilent) ?? proofs[0];
}

function echoes({ reachability }: Report): readonly Reachability[] {
  return reachability.filter(({ method, sent }) => method === 'icmp' && sent > 0);
}
