// How long the slowest answer took to a question of the same kind: who is slow once may be slow again.
import type { Trial } from './trial.js';

/** Milliseconds; undefined while nobody has answered. What was sent once only is measured best. */
export function slowestAnswer(trials: readonly Trial[], { step: like }: Trial): number | undefined {
  const waits = trials
    .filter(
      ({ step }) =>
        step.parent === like.parent &&
        step.target === like.target &&
        step.send.kind === like.send.kind,
    )
    .flatMap(({ waited }) => waited ?? []);
  const exact = waits.filter(({ isExact }) => isExact);
  if (exact.length > 0) return Math.max(...exact.map(({ ms }) => ms));
  // Each of these is as much as it took or more.
  return waits.length === 0 ? undefined : Math.min(...waits.map(({ ms }) => ms));
}
