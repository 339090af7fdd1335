// One who was silent, asked in turn with one who was answered: what leaves out the one by chance leaves out the other as well.
import { gapMs, quietMs } from '../../core/derive/probing/patience.js';
import { isOver, type Trial } from './trial.js';
import { NO_TIME, type TurnsOptions } from './turns.js';

export interface Pair {
  readonly one: Trial;
  readonly control: Trial;
}

/**
 * In pairs back to front: no limit of so many a second, whatever it is, lets through three of the control's four and none of
 * the other's.
 */
const ORDER = ['one', 'control', 'control', 'one', 'one', 'control', 'control', 'one'] as const;

/** The two are told apart by their answers, so that nobody waits for those: it is only not to ask all at once. */
const SPACING_MS = gapMs();

/** Pairs of one gateway in a lane, one after the other; lanes know nothing of each other. */
export function pairUp(trials: readonly Trial[]): {
  readonly lanes: readonly (readonly Pair[])[];
  readonly rest: readonly Trial[];
} {
  const controls = trials.filter(({ step }) => step.probe === 'gateway-arp-control');
  const lanes = new Map<string, Pair[]>();
  for (const control of controls) {
    const one = trials.find(
      ({ step: { probe, parent, target, child } }) =>
        probe === 'gateway-arp-again' &&
        parent === control.step.parent &&
        target === control.step.target &&
        child === control.step.child,
    );
    if (one === undefined) continue;
    const key = `${one.step.parent} ${one.step.target}`;
    lanes.set(key, [...(lanes.get(key) ?? []), { one, control }]);
  }
  const paired = new Set([...lanes.values()].flat().flatMap(({ one, control }) => [one, control]));
  return { lanes: [...lanes.values()], rest: trials.filter((trial) => !paired.has(trial)) };
}

/** Goes on a little each time it is resumed. Nobody listens before or after his own turn. */
export function* askBeside(
  pairs: readonly Pair[],
  options: TurnsOptions,
): Generator<undefined, void> {
  for (const { one, control } of pairs)
    for (const trial of [one, control])
      Object.assign(trial, { isListening: false, takesTurns: true });
  for (const pair of pairs) {
    const both = [pair.one, pair.control];
    const slowestMs = options.slowestMs(pair.control);
    const neededMs = ORDER.length * SPACING_MS + quietMs(slowestMs);
    if (options.nowMs() + neededMs > options.untilMs) {
      for (const trial of both) trial.error ??= NO_TIME;
      continue;
    }
    for (const trial of both) trial.isListening = true;
    yield* ask(pair, options);
    for (const trial of both) trial.isListening = false;
  }
}

/** Until the one is answered: then there is nothing to hold against it. */
function* ask(pair: Pair, { send, nowMs, slowestMs }: TurnsOptions): Generator<undefined, void> {
  const { one, control } = pair;
  for (const who of ORDER) {
    if (isOver(one) || control.error !== undefined) return;
    const trial = pair[who];
    send(trial);
    while (nowMs() < trial.sentAtMs + SPACING_MS) yield;
  }
  const lastMs = Math.max(one.sentAtMs, control.sentAtMs);
  while (!isOver(one) && nowMs() < lastMs + quietMs(slowestMs(control))) yield;
}
