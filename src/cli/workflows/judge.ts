// Today's checks on what was seen: pure, the same on every system.
import { checks } from '../../core/checks/index.js';
import { predictedIn } from '../../core/derive/prediction/compare.js';
import { frameLimit } from '../../core/derive/probing/frame-limit.js';
import { planProbes } from '../../core/derive/probing/probe-plan.js';
import { projectTopology } from '../../core/derive/topology/projection.js';
import { buildTopology } from '../../core/derive/topology/topology.js';
import { remarksOn } from '../../core/derive/wording/remarks.js';
import { buildReport } from '../../core/engine/report.js';
import { runChecks } from '../../core/engine/run-checks.js';
import { onThePlan } from '../../core/plan/blame.js';
import { located } from '../../core/plan/locate.js';
import { withPlan } from '../../core/plan/overlay.js';
import { sendableSteps } from '../../core/plan/sendable.js';
import { suggestionsOn } from '../../core/plan/suggest/suggestion.js';
import { verdictsOn } from '../../core/plan/verdicts.js';
import { valueOf } from '../../model/fact.js';
import type { CheckResult, Report } from '../../model/report.js';
import type { Scope, Snapshot } from '../../model/snapshot.js';
import type { Topology } from '../../model/topology.js';
import type { DiagnoseOptions } from './diagnose.js';
import { NOT_GATHERED } from './not-gathered.js';

type JudgeOptions = Pick<DiagnoseOptions, 'expectations' | 'only' | 'skip' | 'isSuggesting'>;

const EVERYTHING: Scope = { parents: [], networks: [], containers: [] };

export function judge(saved: Snapshot, options: JudgeOptions, durationMs: number): Report {
  // A snapshot of an earlier version lacks the facts that were not gathered then.
  const seen = { ...saved, facts: { ...NOT_GATHERED, ...saved.facts } };
  const snapshot = { ...seen, facts: withPlan(seen.facts) };
  const topology = buildTopology(snapshot);
  const plan = valueOf(snapshot.facts.plan);
  const found = results(snapshot, topology, options);
  const kept =
    plan === undefined
      ? found
      : located(onThePlan(found, collisions(seen, options), plan), plan, {
          topology,
          facts: snapshot.facts,
        });
  const { facts } = snapshot;
  const steps = planProbes(topology, facts, options.expectations);
  return buildReport({
    snapshot,
    results: kept,
    durationMs,
    frameLimit: frameLimit(sendableSteps(steps, topology), topology, valueOf(facts.sweeps)),
    topology: projectTopology(topology, snapshot.facts),
    predicted: predictedIn({ ...snapshot, topology }),
    notes: [...(plan?.notes ?? []), ...remarksOn(snapshot.facts, topology, snapshot.scope)],
    ...(plan !== undefined && {
      preflight: {
        ...verdictsOn(plan, { snapshot, topology, results: kept }),
        ...(options.isSuggesting === true && {
          suggestions: suggestionsOn(plan, { before: seen.facts, snapshot, topology }),
        }),
      },
    }),
  });
}

function results(
  snapshot: Snapshot,
  topology: Topology,
  { expectations, only, skip }: JudgeOptions,
): CheckResult[] {
  return runChecks(checks, { snapshot, topology, expectations, only, skip });
}

/** The whole host with what is planned and without it: what differs, the plan would bring about. */
function collisions(
  seen: Snapshot,
  options: JudgeOptions,
): { readonly before: readonly CheckResult[]; readonly after: readonly CheckResult[] } {
  const whole = { ...seen, scope: EVERYTHING };
  const planned = { ...whole, facts: withPlan(whole.facts) };
  return {
    before: results(whole, buildTopology(whole), options),
    after: results(planned, buildTopology(planned), options),
  };
}
