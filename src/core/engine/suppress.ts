// One fault, one headline: a symptom stays quiet behind its cause on the same subject, or on something it is part of.
import type { Check } from '../../model/check.js';
import type { Subject } from '../../model/finding.js';
import { indexBy } from '../../model/index-by.js';
import { oncePer } from '../../model/once-per.js';
import type { Outcome } from './outcome.js';

/** The outcomes in their order, those that a found cause explains marked as suppressed by it. */
export function suppress(outcomes: readonly Outcome[]): Outcome[] {
  const causesOf = causesByCheck(outcomes);
  const explain = oncePer(explainer(outcomes, causesOf));
  return outcomes.map((outcome) => {
    if (outcome.finding === undefined && outcome.status !== 'undetermined') return outcome;
    const candidates = explain(outcome);
    // The cause that is nobody's symptom: the one that the reader gets to see.
    const cause = candidates.find((one) => explain(one).length === 0) ?? candidates[0];
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

/** What was found that explains an outcome, in the order of all: on its subject, on what that is part of, on its parts. */
function explainer(
  outcomes: readonly Outcome[],
  causesOf: ReadonlyMap<string, ReadonlySet<string>>,
): (outcome: Outcome) => readonly Outcome[] {
  const found = outcomes.filter(({ finding }) => finding !== undefined);
  const places = new Map(found.map((one, at) => [one, at]));
  const located = found.flatMap((cause) =>
    [cause.subject, ...(cause.finding?.also ?? [])].map((about) => ({ cause, key: keyOf(about) })),
  );
  const byPlace = indexBy(located, ({ key }) => key);
  const causesAt = (subjects: readonly Subject[], ids: ReadonlySet<string>): Outcome[] => {
    const keys = new Set(subjects.map((subject) => keyOf(subject)));
    const here = [...keys]
      .flatMap((key) => byPlace.get(key) ?? [])
      .flatMap(({ cause }) => (ids.has(cause.check.meta.id) ? [cause] : []));
    return [...new Set(here)].toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  };
  return ({ check, subject, within, parts = [] }) => {
    const ids = causesOf.get(check.meta.id) ?? new Set();
    const whole = causesAt([subject, ...within], ids);
    const onParts = parts.map((part) => causesAt([part], ids));
    const isCovered = onParts.every((some) => some.length > 0);
    return isCovered ? [...whole, ...onParts.flat()] : whole;
  };
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
