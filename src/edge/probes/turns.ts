// Questions with answers that look the same, asked one after the other: each is listened to until no answer of its can come.
import {
  gapMs,
  quietMs,
  SEND_AT,
  SENDS_EXPECTING_SILENCE,
} from '../../core/derive/probing/patience.js';
import type { Lane, Question } from './alike.js';
import { isOver, type Trial } from './trial.js';

export interface TurnsOptions {
  readonly send: (trial: Trial) => void;
  /** The slowest answer so far to a question like this one; undefined while there was none. */
  readonly slowestMs: (like: Trial) => number | undefined;
  readonly nowMs: () => number;
  /** No turn begins that would not be over by then. */
  readonly untilMs: number;
}

export const NO_TIME =
  'not asked: its answer could not be told from others in the time that is left; a longer --timeout gives more';

/** Goes on a little each time it is resumed; done when everybody had a turn. Nobody listens before or after his own. */
export function* askInTurn(lane: Lane, options: TurnsOptions): Generator<undefined, void> {
  for (const trial of lane.flat()) Object.assign(trial, { isListening: false, takesTurns: true });
  for (const question of lane) {
    if (options.nowMs() + quietOf(question, options) > options.untilMs) {
      for (const trial of question) trial.error = NO_TIME;
      continue;
    }
    for (const trial of question) trial.isListening = true;
    yield* ask(question, options);
    for (const trial of question) trial.isListening = false;
  }
}

function* ask(question: Question, options: TurnsOptions): Generator<undefined, void> {
  const { nowMs, send } = options;
  const isAnswered = (): boolean => question.every((trial) => isOver(trial));
  const isAwaited = question.some(({ step }) => step.expect === 'answer');
  const sends = isAwaited ? SEND_AT.length : SENDS_EXPECTING_SILENCE;
  for (let round = 0; round < sends && !isAnswered(); round += 1) {
    for (const trial of question) if (!isOver(trial)) send(trial);
    while (!isAnswered() && nowMs() < lastSentMs(question) + gapOf(question, options)) yield;
  }
  // An answer to an earlier transmission may still be on its way, and would be taken for one to the next question.
  const isComplete = (): boolean =>
    question.every(({ replies, sent, error }) => replies.length >= sent || error !== undefined);
  const restMs = (): number =>
    isComplete() ? gapOf(question, options) : quietOf(question, options);
  while (nowMs() < lastSentMs(question) + restMs()) yield;
}

function lastSentMs(question: Question): number {
  return Math.max(...question.map(({ sentAtMs }) => sentAtMs));
}

function quietOf([first]: Question, { slowestMs }: TurnsOptions): number {
  return quietMs(first && slowestMs(first));
}

function gapOf([first]: Question, { slowestMs }: TurnsOptions): number {
  return gapMs(first && slowestMs(first));
}
