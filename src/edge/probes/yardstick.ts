// How long the slowest answer took to a question of the same kind: who is slow once may be slow again.
import type { Trial } from './trial.js';

/** Milliseconds; 0 while nobody has answered. */
export function slowestAnswer(trials: readonly Trial[], { step: like }: Trial): number {
  const times = trials
    .filter(
      ({ step }) =>
        step.parent === like.parent &&
        step.target === like.target &&
        step.send.kind === like.send.kind,
    )
    .flatMap(({ replies }) => replies.map(({ rttMs }) => rttMs));
  return Math.max(0, ...times);
}
