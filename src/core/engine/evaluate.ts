// Asks one check, whatever it may do: facts that are not known and throws become outcomes like any other.
import { HOST } from '../../model/finding.js';
import type { Check, CheckContext } from '../../model/check.js';
import { type Fact, valueOf } from '../../model/fact.js';
import type { Evaluation, Finding } from '../../model/finding.js';
import type { Expectation, FactTypes } from '../../model/snapshot.js';
import { stackOf, type Outcome } from './outcome.js';
import { unseenOutcomes } from './unseen.js';

/** At least one outcome; never throws. */
export function evaluateCheck(check: Check, context: CheckContext): Outcome[] {
  const missing = missingNeed(check, context);
  if (missing !== undefined) return [missing];
  try {
    const evaluation = check.evaluate(knownNeeds(check, context), context);
    return outcomesOf(check, evaluation, context);
  } catch (error) {
    return [forHost(check, 'crashed', stackOf(error))];
  }
}

/**
 * Looked and not there (`absent`: no Docker, no Linux) means that there is nothing for the check to be about; every
 * other state means that nobody knows.
 */
function missingNeed(check: Check, { facts }: CheckContext): Outcome | undefined {
  const missing: Exclude<Fact<unknown>, { state: 'known' }>[] = [];
  for (const need of check.meta.needs) {
    const fact = facts[need];
    if (fact.state !== 'known') missing.push(fact);
  }
  const absent = missing.find((fact) => fact.state === 'absent');
  if (absent !== undefined) return forHost(check, 'not-applicable', absent.reason);
  if (missing.length === 0) return undefined;
  const reasons = [...new Set(missing.map((fact) => fact.reason))];
  return forHost(check, 'undetermined', reasons.join('; '));
}

function knownNeeds(check: Check, { facts }: CheckContext): Partial<FactTypes> {
  return Object.fromEntries(
    check.meta.needs.map((need) => [need, valueOf<unknown>(facts[need])] as const),
  );
}

function outcomesOf(
  check: Check,
  evaluation: Evaluation<Finding>,
  context: CheckContext,
): Outcome[] {
  const unseen = unseenOutcomes(check, context);
  if ('notApplicable' in evaluation) {
    if (unseen.length > 0) return unseen;
    return [forHost(check, 'not-applicable', evaluation.notApplicable)];
  }
  const found = evaluation.findings.map((finding): Outcome => ({
    check,
    status: severityOf(check, finding, context.expectations),
    subject: finding.subject,
    within: finding.within ?? [],
    parts: finding.parts ?? [],
    finding,
  }));
  const undecided = (evaluation.undetermined ?? []).map((open): Outcome => ({
    check,
    status: 'undetermined',
    subject: open.subject,
    within: open.within ?? [],
    parts: open.parts ?? [],
    reason: open.reason,
  }));
  const said = [...found, ...undecided, ...unseen];
  if (said.length > 0) return said;
  return [{ check, status: 'pass', subject: HOST, within: [] }];
}

function severityOf(
  { meta }: Check,
  finding: Finding,
  expectations: readonly Expectation[],
): 'fail' | 'warn' {
  const isNeeded = meta.failsUnder !== undefined && expectations.includes(meta.failsUnder);
  return isNeeded ? 'fail' : (finding.severity ?? meta.severity);
}

function forHost(check: Check, status: Outcome['status'], reason: string): Outcome {
  return { check, status, subject: HOST, within: [], reason };
}
