import { describe, expect, it } from 'vitest';
import {
  isOver,
  newTrial,
  noteReply,
  reasonOf,
  toObservation,
} from '../../../src/edge/probes/trial.js';
import type { ProbeStep } from '../../../src/model/observation.js';

const STEP: ProbeStep = {
  probe: 'gateway-icmp',
  from: 'child:eth0@web',
  to: 'gateway:192.0.2.1',
  parent: 'eth0',
  child: 'eth0@web',
  target: '192.0.2.1',
  send: { kind: 'icmp', netns: 2 },
  expect: 'answer',
};

describe('a trial', () => {
  it('becomes an observation of its step', () => {
    const trial = newTrial(STEP);
    expect(isOver(trial)).toBe(false);
    expect(toObservation(trial)).toEqual({ ...STEP, sent: 0, replies: [] });
  });

  it('is over with its first answer, or with its error', () => {
    const answered = newTrial(STEP);
    noteReply(answered, 1);
    const failed = { ...newTrial(STEP), error: 'the link is gone' };
    expect([isOver(answered), isOver(failed)]).toEqual([true, true]);
    expect(toObservation(failed)).toMatchObject({ error: 'the link is gone' });
  });

  it('keeps a handful of answers, however many come', () => {
    const trial = newTrial(STEP);
    for (let at = 1; at <= 100; at += 1) noteReply(trial, at, { mac: '02:00:00:00:00:01' });
    expect(trial.replies.map(({ rttMs }) => rttMs)).toEqual([1, 2, 3, 4]);
  });

  it('measures from the last transmission, in microseconds, and never less than nothing', () => {
    const trial = { ...newTrial(STEP), sentAtMs: 10 };
    noteReply(trial, 10.123_456);
    noteReply(trial, 9, { mac: '02:00:00:00:00:01' });
    expect(trial.replies).toEqual([{ rttMs: 0.123 }, { rttMs: 0, mac: '02:00:00:00:00:01' }]);
  });

  it('says what went wrong, whatever was thrown', () => {
    expect([reasonOf(new Error('EPERM')), reasonOf('gone')]).toEqual(['EPERM', 'gone']);
  });
});
