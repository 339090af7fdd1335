// Questions whose answers look the same, on a clock of the test's own: each answer is credited to the question that it answers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortAlike } from '../../../src/edge/probes/alike.js';
import { newTrial, noteReply, type Trial } from '../../../src/edge/probes/trial.js';
import { askInTurn } from '../../../src/edge/probes/turns.js';
import { slowestAnswer } from '../../../src/edge/probes/yardstick.js';
import type { ArpSend, ProbeStep } from '../../../src/model/observation.js';

const PARENT = '02:00:00:00:00:01';
const CHILDREN = ['02:42:00:00:00:01', '02:42:00:00:00:02', '02:42:00:00:00:03'];

function trialOf(
  ethernetSource: string,
  senderMac: string,
  target = '192.0.2.1',
  more: Partial<ArpSend> = {},
): Trial {
  const sender = { ethernetSource, senderMac, senderIp: '0.0.0.0' };
  const send = { kind: 'arp', device: 'eth0', ...sender, ...more };
  const about = { probe: 'split-source', from: 'host', to: 'gateway:192.0.2.1', parent: 'eth0' };
  return newTrial({ ...about, target, send, expect: 'answer' } as ProbeStep);
}

describe('which trials have to take turns', () => {
  it('those with one sender and one target from several sources, the plain one first', () => {
    const own = trialOf(PARENT, PARENT);
    const sources = CHILDREN.map((mac) => trialOf(mac, PARENT));
    const alone = trialOf(PARENT, PARENT, '192.0.2.9');
    const child = trialOf(CHILDREN[0] ?? '', CHILDREN[0] ?? '');
    const { plain, lanes } = sortAlike([...sources, own, alone, child]);
    expect(lanes).toEqual([[[own], ...sources.map((one) => [one])]]);
    expect(plain).toEqual([alone, child]);
  });

  it('a longer one of one sender, after the one of usual length; not one that is sent elsewhere', () => {
    const short = trialOf(PARENT, PARENT);
    const long = trialOf(PARENT, PARENT, '192.0.2.1', { bytes: 1500 });
    const inside = trialOf(PARENT, PARENT, '192.0.2.1', { netns: 7 });
    const { plain, lanes } = sortAlike([short, long, inside]);
    expect(lanes).toEqual([[[short], [long]]]);
    expect(plain).toEqual([inside]);
  });

  it('those that are sent alike are one question, and need none', () => {
    const twice = [trialOf(PARENT, PARENT), trialOf(PARENT, PARENT)];
    expect(sortAlike(twice)).toEqual({ plain: twice, lanes: [] });
    const odd = trialOf(CHILDREN[0] ?? '', PARENT);
    expect(sortAlike([...twice, odd]).lanes).toEqual([[twice, [odd]]]);
  });
});

interface World {
  /** Who is answered, in the order of asking; the first one is the parent in its own name. */
  readonly isAnswered: readonly boolean[];
  /** Of the nth transmission. */
  readonly delayMs: (transmission: number) => number;
  /** Whether the nth transmission, or its answer, is lost. */
  readonly isLost?: (transmission: number) => boolean;
  readonly windowMs?: number;
}

/** Plays a lane to its end: an answer reaches every trial that listens, as nothing tells it from others. */
function play({ isAnswered, delayMs, isLost = () => false, windowMs = 2000 }: World): Trial[] {
  const trials = isAnswered.map((_, at) => trialOf(CHILDREN[at - 1] ?? PARENT, PARENT));
  let arrivals: number[] = [];
  let now = 0;
  let sent = 0;
  const turn = askInTurn(
    trials.map((trial) => [trial]),
    {
      send(trial) {
        trial.sent += 1;
        trial.sentAtMs = now;
        trial.firstSentAtMs ??= now;
        const at = trials.indexOf(trial);
        if (isAnswered[at] === true && !isLost(sent)) arrivals.push(now + delayMs(sent));
        sent += 1;
      },
      slowestMs: (like) => slowestAnswer(trials, like),
      nowMs: () => now,
      untilMs: windowMs,
    },
  );
  while (turn.next().done !== true) {
    now += 1;
    const due = arrivals.filter((at) => at <= now);
    arrivals = arrivals.filter((at) => at > now);
    for (const trial of due.flatMap(() => trials)) noteReply(trial, now);
  }
  expect(now).toBeLessThan(windowMs * 2);
  return trials;
}

const outcome = (trials: readonly Trial[]) =>
  trials.map(({ replies, error }) => (error === undefined ? replies.length > 0 : error));

describe('taking turns', () => {
  it('credits every answer to its own question, however slow the answers are', () => {
    const others = fc.array(fc.boolean(), { minLength: 1, maxLength: 3 });
    const delay = fc.integer({ min: 0, max: 120 });
    fc.assert(
      fc.property(others, delay, fc.array(fc.nat(99), { minLength: 1 }), (rest, slow, jitter) => {
        const isAnswered = [true, ...rest];
        const delayMs = (nth: number) => slow * (1 + (jitter[nth % jitter.length] ?? 0) / 100);
        const trials = play({ isAnswered, delayMs, windowMs: 10_000 });
        expect(outcome(trials)).toEqual(isAnswered);
      }),
    );
  });

  it('asks up to four times, and forgives three losses', () => {
    const isLost = (nth: number) => nth % 4 !== 3;
    const trials = play({ isAnswered: [true, true, true], delayMs: () => 1, isLost });
    expect(trials.map(({ sent, replies }) => [sent, replies.length])).toEqual([
      [4, 1],
      [4, 1],
      [4, 1],
    ]);
  });

  it('asks a question that is answered once', () => {
    const trials = play({ isAnswered: [true, true], delayMs: () => 1 });
    expect(trials.map(({ sent }) => sent)).toEqual([1, 1]);
  });

  it('says of a question that has no time left that it was not asked', () => {
    const isAnswered = [true, false, false, false];
    const trials = play({ isAnswered, delayMs: () => 0, windowMs: 400 });
    expect(outcome(trials)).toEqual([
      true,
      false,
      false,
      expect.stringContaining('a longer --timeout'),
    ]);
    expect(trials.at(-1)?.sent).toBe(0);
  });
});
