// Several links may answer one question: what comes of it when some surely hear it and others perhaps.
import { silence, together, type Prediction } from './prediction.js';

/** A link that may answer. */
export interface Candidate {
  /** Why it does not hear the question, or perhaps not; undefined where it does. */
  readonly heard: Prediction | undefined;
  /** What comes of it where it hears the question. */
  readonly result: () => Prediction;
}

/** `isMain` marks the one whose reason counts where none hears.  */
export function settle<C extends Candidate>(
  candidates: readonly C[],
  isMain: (candidate: C) => boolean,
): Prediction {
  const sure = candidates.filter(({ heard }) => heard === undefined);
  const perhaps = candidates.filter(({ heard }) => heard?.outcome === 'either');
  const results = [...sure, ...perhaps].map(({ result }) => result());
  const agreed = together(results);
  if (sure.length > 0 && agreed !== undefined) return agreed;
  const dropped = candidates.find(({ heard }) => heard?.dropped !== undefined)?.heard?.dropped;
  const [open] = perhaps;
  if (open?.heard !== undefined) {
    const [first] = results;
    const isLost = results.every(({ outcome }) => outcome === 'silence');
    if (isLost && first !== undefined) return first;
    return dropped === undefined ? open.heard : { ...open.heard, dropped };
  }
  const deaf = candidates.find((candidate) => isMain(candidate)) ?? candidates[0];
  return deaf?.heard ?? silence('nobody-known');
}
