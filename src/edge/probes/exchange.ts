// Transmits trials and waits for their answers, all in one window: what answers early ends it early, and nothing adds up.
import { setTimeout as sleep } from 'node:timers/promises';
import { isSettled, SEND_AT, SENDS_EXPECTING_SILENCE } from '../../core/derive/probing/patience.js';
import { sortAlike } from './alike.js';
import { askBeside, pairUp } from './beside.js';
import { isOver, type Trial } from './trial.js';
import { askInTurn } from './turns.js';

export interface ExchangeOptions {
  readonly send: (trial: Trial) => void;
  /** The slowest answer of earlier rounds to a question like this one; undefined while there was none. */
  readonly slowestMs: (like: Trial) => number | undefined;
  readonly windowMs: number;
  readonly signal: AbortSignal;
}

/** A burst of this many frames, then a breath: some 16,000 a second at the most, for a few milliseconds. */
const BURST = 32;
const BREATH_MS = 2;
const TICK_MS = BREATH_MS * 2;
/** Questions that are asked in turn get so many windows; a round with none of them takes one. */
const WINDOWS_FOR_TURNS = 2;

export async function exchange(trials: readonly Trial[], options: ExchangeOptions): Promise<void> {
  const { windowMs, signal } = options;
  const { lanes: besides, rest } = pairUp(trials);
  const { plain, lanes } = sortAlike(rest);
  const startedMs = performance.now();
  const elapsedMs = (): number => performance.now() - startedMs;
  const inTurn = {
    ...options,
    nowMs: () => performance.now(),
    untilMs: startedMs + windowMs * WINDOWS_FOR_TURNS,
  };
  let waiting = [
    ...lanes.map((lane) => askInTurn(lane, inTurn)),
    ...besides.map((pairs) => askBeside(pairs, inTurn)),
  ];
  for (const [round, at] of SEND_AT.entries()) {
    await until(at * windowMs);
    signal.throwIfAborted();
    if (isPlainSettled()) break;
    await transmit(
      plain.filter((trial) => isDue(trial, round)),
      options,
    );
  }
  await until(windowMs);
  while (waiting.length > 0) await tick();

  async function until(targetMs: number): Promise<void> {
    while (elapsedMs() < targetMs && !isPlainSettled()) await tick();
  }

  async function tick(): Promise<void> {
    waiting = waiting.filter((turn) => turn.next().done !== true);
    await sleep(TICK_MS, undefined, { signal });
  }

  function isPlainSettled(): boolean {
    if (!plain.every((trial) => trial.sent > 0 || trial.error !== undefined)) return false;
    return isSettled(
      plain.map((trial) => waitingFor(trial)),
      elapsedMs(),
    );
  }
}

function waitingFor({ step: { parent, expect }, replies, error }: Trial) {
  return { parent, expect, rttMs: replies[0]?.rttMs, isHopeless: error !== undefined };
}

function isDue(trial: Trial, round: number): boolean {
  return !isOver(trial) && (trial.step.expect === 'answer' || round < SENDS_EXPECTING_SILENCE);
}

async function transmit(
  trials: readonly Trial[],
  { send, signal }: Pick<ExchangeOptions, 'send' | 'signal'>,
): Promise<void> {
  for (let at = 0; at < trials.length; at += BURST) {
    if (at > 0) await sleep(BREATH_MS, undefined, { signal });
    for (const trial of trials.slice(at, at + BURST)) send(trial);
  }
}
