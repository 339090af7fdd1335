// A step while it is being tried, and the thing that can try it.
import type { Observation, ProbeStep, Reply } from '../../model/observation.js';

/** One step's progress; the only mutable thing of a run. */
export interface Trial {
  readonly step: ProbeStep;
  readonly replies: Reply[];
  sent: number;
  /** Monotonic milliseconds of the last transmission. */
  sentAtMs: number;
  error?: string;
}

export interface Prober {
  /** Transmits once more. Never throws: what goes wrong ends up in `trial.error`. */
  readonly send: (trial: Trial) => void;
  readonly close: () => Promise<void> | void;
}

export function newTrial(step: ProbeStep): Trial {
  return { step, replies: [], sent: 0, sentAtMs: 0 };
}

export function isOver(trial: Trial): boolean {
  return trial.replies.length > 0 || trial.error !== undefined;
}

/** Notes an answer. Retransmissions make several answers to one step; a handful is evidence enough. */
export function noteReply(trial: Trial, atMs: number, about: Omit<Reply, 'rttMs'> = {}): void {
  const MOST_REPLIES = 4;
  if (trial.replies.length >= MOST_REPLIES) return;
  const rttMs = Math.round(Math.max(0, atMs - trial.sentAtMs) * 1000) / 1000;
  trial.replies.push({ rttMs, ...about });
}

export function toObservation(trial: Trial): Observation {
  const { step, sent, replies, error } = trial;
  return { ...step, sent, replies, ...(error === undefined ? {} : { error }) };
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
