// Runs every check over one snapshot. Always all of them: a cause must be known even where only its symptom was asked for.
import { CATEGORIES, type Check, type CheckContext } from '../../model/check.js';
import type { CheckResult } from '../../model/report.js';
import type { Expectation, Snapshot } from '../../model/snapshot.js';
import type { Topology } from '../../model/topology.js';
import { evaluateCheck } from './evaluate.js';
import { renderResult } from './render-result.js';
import { suppress } from './suppress.js';

export interface CheckRun {
  readonly snapshot: Snapshot;
  readonly topology: Topology;
  readonly expectations: readonly Expectation[];
  /** Ids; empty or absent: all. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

/** In the order of the categories; within one, checks that fail before checks that warn, then by id. Never throws. */
export function runChecks(checks: readonly Check[], run: CheckRun): CheckResult[] {
  const { snapshot, topology, expectations } = run;
  const { facts, observations, scope } = snapshot;
  const context: CheckContext = {
    facts,
    topology,
    observations,
    scope,
    expectations,
    ...(snapshot.probing.state === 'known' ? {} : { notProbed: snapshot.probing.reason }),
  };
  const outcomes = checks
    .toSorted((a, b) => compareChecks(a, b))
    .flatMap((check) => evaluateCheck(check, context));
  return suppress(outcomes)
    .filter(({ check }) => isAskedFor(check.meta.id, run))
    .flatMap((outcome) => renderResult(outcome, { facts, topology, observations }));
}

function isAskedFor(id: string, { only = [], skip = [] }: CheckRun): boolean {
  return (only.length === 0 || only.includes(id)) && !skip.includes(id);
}

function compareChecks({ meta: a }: Check, { meta: b }: Check): number {
  const byCategory = CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category);
  if (byCategory !== 0) return byCategory;
  if (a.severity !== b.severity) return a.severity === 'fail' ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
