// Two in turn, on a clock of the test's own, before a gateway that answers only so many questions.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askBeside, pairUp } from '../../../src/edge/probes/beside.js';
import { newTrial, noteReply, type Trial } from '../../../src/edge/probes/trial.js';
import type { ProbeId, ProbeStep } from '../../../src/model/observation.js';

function trialOf(probe: ProbeId, child: string, target = '192.0.2.1'): Trial {
  const about = { from: 'x', to: 'y', parent: 'eth0', child, target, expect: 'answer' };
  return newTrial({ probe, ...about, send: { kind: 'arp', device: 'eth0' } } as ProbeStep);
}

const pairOf = (child: string, target?: string): readonly [Trial, Trial] => [
  trialOf('gateway-arp-again', child, target),
  trialOf('gateway-arp-control', child, target),
];

/** Runs one lane to its end; `isAnswered` sees each frame at its time. */
function play(
  trials: readonly Trial[],
  isAnswered: (trial: Trial, nowMs: number) => boolean,
  untilMs = 2000,
): { readonly endedMs: number } {
  let now = 0;
  const options = {
    nowMs: () => now,
    untilMs,
    slowestMs: () => 1,
    send(trial: Trial) {
      trial.sentAtMs = now;
      trial.sent += 1;
      if (isAnswered(trial, now)) noteReply(trial, now + 1);
    },
  };
  const [lane = []] = pairUp(trials).lanes;
  const asking = askBeside(lane, options);
  while (asking.next().done !== true) now += 4;
  return { endedMs: now };
}

describe('a pair', () => {
  it('is asked equally often while the one is silent, and the control is answered each time', () => {
    const [one, control] = pairOf('web');
    play([one, control], (trial) => trial === control);
    expect([one.sent, one.replies.length]).toEqual([4, 0]);
    expect([control.sent, control.replies.length]).toEqual([4, 4]);
  });

  it('is over with the first answer to the one', () => {
    const [one, control] = pairOf('web');
    play([one, control], () => true);
    expect([one.sent, control.sent]).toEqual([1, 0]);
  });

  it('never has its control answered where a limit of any kind leaves out the one', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 400, noNaN: true }),
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (perSecond, burst, full) => {
          const [one, control] = pairOf('web');
          let [tokens, lastMs] = [full * burst, 0];
          play([one, control], (_trial, nowMs) => {
            tokens = Math.min(burst, tokens + ((nowMs - lastMs) * perSecond) / 1000);
            lastMs = nowMs;
            if (tokens < 1) return false;
            tokens -= 1;
            return true;
          });
          if (one.replies.length === 0) expect(control.replies.length).toBeLessThan(3);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('pairs', () => {
  it('of one gateway go one after the other, those of another one beside them', () => {
    const [web, db, far] = [pairOf('web'), pairOf('db'), pairOf('web', '192.0.2.9')];
    const alone = trialOf('gateway-arp-again', 'cam');
    const { lanes, rest } = pairUp([...web, ...db, ...far, alone]);
    const named = lanes.map((lane) => lane.map(({ one, control }) => [one, control]));
    expect(named).toEqual([[web, db], [far]].map((lane) => lane.map((pair) => [...pair])));
    expect(rest).toEqual([alone]);
  });

  it('listen in their own turn only', () => {
    const [web, db] = [pairOf('web'), pairOf('db')];
    play([...web, ...db], (trial) => {
      const waiting = trial === web[0] || trial === web[1] ? db : web;
      for (const other of waiting) noteReply(other, 0);
      return trial === web[1] || trial === db[1];
    });
    expect([web[0].replies, db[0].replies]).toEqual([[], []]);
    expect([web[1].replies.length, db[1].replies.length]).toEqual([4, 4]);
  });

  it('that would not be over in time are not begun', () => {
    const [web, db] = [pairOf('web'), pairOf('db')];
    play([...web, ...db], (trial) => trial === web[1] || trial === db[1], 300);
    expect(web.map(({ sent, error }) => [sent, error])).toEqual([
      [4, undefined],
      [4, undefined],
    ]);
    expect(db.map(({ sent, error }) => [sent, error?.slice(0, 9)])).toEqual([
      [0, 'not asked'],
      [0, 'not asked'],
    ]);
  });
});
