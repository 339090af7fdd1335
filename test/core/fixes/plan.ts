// Plans a fix on a test's snapshot.
import { buildTopology } from '../../../src/core/derive/topology/topology.js';
import type { FixPlan, Remedy } from '../../../src/model/fix.js';
import { shellWord } from '../../../src/model/text.js';
import type { Given } from '../../support/check-tester.js';

export function attempt(remedy: Remedy, given: Given): FixPlan | { readonly impossible: string } {
  const { facts, scope, observations } = 'build' in given ? given.build() : given;
  return remedy.plan({ facts, observations, topology: buildTopology({ facts, scope }) });
}

/** The plan; fails the test when there is none. */
export function planOf(remedy: Remedy, given: Given): FixPlan {
  const plan = attempt(remedy, given);
  if ('impossible' in plan) throw new Error(`impossible: ${plan.impossible}`);
  return plan;
}

export function linesOf(steps: FixPlan['steps']): string[] {
  return steps.map((argv) => argv.map((word) => shellWord(word)).join(' '));
}
