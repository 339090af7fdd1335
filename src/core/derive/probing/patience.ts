// When silence has been listened to for long enough.

/** Fractions of the window at which an unanswered step is sent (again): four transmissions at the most. */
export const SEND_AT = [0, 0.15, 0.4, 0.7] as const;
/** A step that a sound set-up leaves unanswered is sent twice: once more in case a frame was lost. */
export const SENDS_EXPECTING_SILENCE = 2;
/** Nobody's silence is judged earlier: Wi-Fi clients that doze answer after a beacon interval or two (102 ms each). */
export const LEAST_PATIENCE_MS = 250;
/** An answer that takes five times as long as the slowest one seen on the same parent is not coming. */
const PATIENCE_FACTOR = 5;

// Questions whose answers look the same are asked in turn; then each waits for itself.
const LEAST_GAP_MS = 20;
const GAP_FACTOR = 1.5;
const LEAST_QUIET_MS = 100;
const QUIET_FACTOR = 3;

/** Between two transmissions of one question, when the slowest answer of its kind took so long. */
export function gapMs(slowestMs = 0): number {
  return Math.max(LEAST_GAP_MS, slowestMs * GAP_FACTOR);
}

/** After the last transmission: whatever comes later than this is no answer to it. Longest where nobody has answered yet. */
export function quietMs(slowestMs: number | undefined): number {
  if (slowestMs === undefined) return LEAST_PATIENCE_MS;
  return Math.max(LEAST_QUIET_MS, slowestMs * QUIET_FACTOR);
}

export interface Waiting {
  readonly parent: string;
  readonly expect: 'answer' | 'silence';
  /** RTT of the fastest answer, or undefined while there is none. */
  readonly rttMs: number | undefined;
  /** True when it cannot be sent at all. */
  readonly isHopeless: boolean;
}

/**
 * True when waiting longer would teach nothing: everything that should answer has, and what should stay silent was
 * silent for several times as long as the slowest answer took. A parent on which nothing answered gets the whole window.
 */
export function isSettled(steps: readonly Waiting[], elapsedMs: number): boolean {
  const slowest = new Map<string, number>();
  for (const { parent, rttMs } of steps) {
    if (rttMs !== undefined) slowest.set(parent, Math.max(slowest.get(parent) ?? 0, rttMs));
  }
  return steps.every(({ parent, expect, rttMs, isHopeless }) => {
    if (rttMs !== undefined || isHopeless) return true;
    const yardstick = slowest.get(parent);
    if (expect === 'answer' || yardstick === undefined) return false;
    return elapsedMs >= Math.max(LEAST_PATIENCE_MS, yardstick * PATIENCE_FACTOR);
  });
}
