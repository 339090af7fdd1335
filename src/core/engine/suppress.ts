// One fault, one headline: a symptom stays quiet behind its cause on the same subject, or on something it is part of.
import type { Check } from '../../model/check.js';
import type { Subject } from '../../model/finding.js';
import type { Outcome } from './outcome.js';

/** The outcomes in their order, those that a found cause explains marked as suppressed by it. */
export function suppress(outcomes: readonly Outcome[]): Outcome[] {
  const causesOf = causesByCheck(outcomes);
  const found = outcomes.filter(({ finding }) => finding !== undefined);
  return outcomes.map((outcome) => {
    if (outcome.finding === undefined && outcome.status !== 'undetermined') return outcome;
    const cause = rootCause(outcome, found, causesOf);
    if (cause === undefined) return outcome;
    const { check, subject } = cause;
    return {
      ...outcome,
      status: 'suppressed',
      suppressedBy: check.meta.id,
      suppressedOn: subject,
    };
  });
}

/** The cause that is nobody's symptom: the one that the reader gets to see. */
function rootCause(
  symptom: Outcome,
  found: readonly Outcome[],
  causesOf: ReadonlyMap<string, ReadonlySet<string>>,
): Outcome | undefined {
  const explain = (outcome: Outcome): Outcome[] => {
    const ids = causesOf.get(outcome.check.meta.id);
    const causes = found.filter(({ check }) => ids?.has(check.meta.id) === true);
    const whole = causesAt([outcome.subject, ...outcome.within], causes);
    const onParts = (outcome.parts ?? []).map((part) => causesAt([part], causes));
    const isCovered = onParts.every((some) => some.length > 0);
    return isCovered ? [...whole, ...onParts.flat()] : whole;
  };
  const candidates = explain(symptom);
  return candidates.find((cause) => explain(cause).length === 0) ?? candidates[0];
}

function causesAt(subjects: readonly Subject[], causes: readonly Outcome[]): Outcome[] {
  const places = new Set(subjects.map((subject) => keyOf(subject)));
  return causes.filter(({ subject, finding }) =>
    [subject, ...(finding?.also ?? [])].some((about) => places.has(keyOf(about))),
  );
}

/**
 * Ids that explain each check, causes of causes included: but not by way of a check that found all well, for a sound
 * shim passes no fault on. Of checks that name each other, the first by id is the cause,
 * so that one of them is always seen.
 */
function causesByCheck(outcomes: readonly Outcome[]): ReadonlyMap<string, ReadonlySet<string>> {
  const byId = new Map(outcomes.map(({ check }) => [check.meta.id, check]));
  const links = new Set(
    outcomes
      .filter(({ finding, status }) => finding !== undefined || status === 'undetermined')
      .map(({ check }) => check.meta.id),
  );
  const all = new Map(
    [...byId.values()].map((check) => [check.meta.id, closure(check, byId, links)]),
  );
  return new Map(
    [...all].map(([id, causes]) => [
      id,
      new Set([...causes].filter((cause) => all.get(cause)?.has(id) !== true || cause < id)),
    ]),
  );
}

function closure(
  check: Check,
  byId: ReadonlyMap<string, Check>,
  links: ReadonlySet<string>,
): ReadonlySet<string> {
  const causes = new Set<string>();
  const open = [...check.meta.dependsOn];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (causes.has(id) || id === check.meta.id) continue;
    causes.add(id);
    if (links.has(id)) open.push(...(byId.get(id)?.meta.dependsOn ?? []));
  }
  return causes;
}

function keyOf(subject: Subject): string {
  return `${subject.kind} ${subject.name}`;
}
