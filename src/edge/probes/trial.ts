// A step while it is being tried, and the thing that can try it.
import type { Observation, ProbeStep, Reply, TooBig } from '../../model/observation.js';

/** What a parent's tap saw of a trial's echoes. */
export interface Watch {
  left: number;
  /** Replies that came in, by Ethernet destination. */
  readonly arrived: Map<string, number>;
}

/** One step's progress; the only mutable thing of a run. */
export interface Trial {
  readonly step: ProbeStep;
  readonly replies: Reply[];
  sent: number;
  /** Monotonic milliseconds of the last transmission. */
  sentAtMs: number;
  /** Of the first one. */
  firstSentAtMs?: number;
  /** From the first transmission to the first answer, and whether that was the only one: else it may have taken less. */
  waited?: { readonly ms: number; readonly isExact: boolean };
  /** False while an answer that looks like one to this trial may be one to another. */
  isListening: boolean;
  /** Its answers look like those to others. */
  takesTurns?: true;
  error?: string;
  watch?: Watch;
  tooBig?: TooBig;
}

export interface Prober {
  /** Transmits once more. Never throws: what goes wrong ends up in `trial.error`. */
  readonly send: (trial: Trial) => void;
  readonly close: () => Promise<void> | void;
}

export function newTrial(step: ProbeStep): Trial {
  return { step, replies: [], sent: 0, sentAtMs: 0, isListening: true };
}

/** Just before a transmission. */
export function markSending(trial: Trial): void {
  trial.sentAtMs = performance.now();
  trial.firstSentAtMs ??= trial.sentAtMs;
}

export function isOver(trial: Trial): boolean {
  return trial.replies.length > 0 || trial.error !== undefined;
}

/** Notes an answer. Retransmissions make several answers to one step; a handful is evidence enough. */
export function noteReply(trial: Trial, atMs: number, about: Omit<Reply, 'rttMs'> = {}): void {
  const MOST_REPLIES = 4;
  if (!trial.isListening || trial.replies.length >= MOST_REPLIES) return;
  const { firstSentAtMs = trial.sentAtMs } = trial;
  trial.waited ??= { ms: atMs - firstSentAtMs, isExact: trial.sent === 1 };
  const rttMs = Math.round(Math.max(0, atMs - trial.sentAtMs) * 1000) / 1000;
  trial.replies.push({ rttMs, ...about });
}

export function toObservation(trial: Trial): Observation {
  const { step, sent, replies, error, watch, tooBig } = trial;
  return {
    ...step,
    sent,
    replies,
    ...(error === undefined ? {} : { error }),
    ...(watch === undefined ? {} : seenBy(watch)),
    ...(tooBig === undefined ? {} : { tooBig }),
  };
}

function seenBy({ left, arrived }: Watch): Pick<Observation, 'left' | 'arrived'> {
  return { left, arrived: [...arrived].map(([mac, frames]) => ({ mac, frames })) };
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
