// What is said of a fix: gone, still there, come to light, and the one packet that proves it.
import { describe, expect, it } from 'vitest';
import { cureFrom } from '../../../../src/edge/lab/trial/outcome.js';
import { scenarios } from '../../../../src/edge/lab/scenarios/index.js';
import type { Treatment } from '../../../../src/edge/lab/trial/treat.js';
import type { CheckResult, Reachability, Report } from '../../../../src/model/report.js';

const scenario = scenarios.find(({ id }) => id === 'child-down') ?? expect.fail('no child-down');

const finding = (check: string, more: Partial<CheckResult> = {}): CheckResult => ({
  check,
  category: 'address',
  status: 'fail',
  subject: { kind: 'child', name: 'eth0@web' },
  title: 'x',
  ...more,
});
const echo = (to: string, more: Partial<Reachability> = {}): Reachability => ({
  from: 'host',
  to,
  method: 'icmp',
  probe: 'host-child-icmp',
  parent: 'eth0',
  answered: true,
  rttMs: 0.3,
  sent: 1,
  ...more,
});
const silent = (to: string): Reachability => echo(to, { answered: false, sent: 2 });
const report = (results: CheckResult[], reachability: Reachability[] = []): Report =>
  ({ results, reachability }) as unknown as Report;

const sick = finding('child-down');
const ran: Treatment = { finding: sick, by: 'commands', commands: ['ip link set dev eth0 up'] };
const cure = (after: Report, treatments = [ran], before = report([sick])) =>
  cureFrom({ scenario, before, after, treatments });

describe('a fix', () => {
  it('keeps its word when what it was for is gone, whatever is so by design', () => {
    const done = cure(report([finding('host-child-isolation', { status: 'warn' })]));
    expect(done).toMatchObject({ keptItsWord: true, remaining: [], followUps: [] });
  });

  it('does not when its finding is still there, or a command went wrong', () => {
    expect(cure(report([sick]))).toMatchObject({ keptItsWord: false, remaining: [sick] });
    const failed = { ...ran, failed: { command: 'ip link set dev eth0 up', said: 'no' } };
    expect(cure(report([]), [failed]).keptItsWord).toBe(false);
  });

  it('is not to blame for what it brings to light, nor for what nobody treated', () => {
    const route = finding('default-route-missing', { status: 'warn' });
    expect(cure(report([route]))).toMatchObject({ keptItsWord: true, followUps: [route] });
    const advised: Treatment = {
      finding: finding('gateway-silent'),
      by: 'advice',
      commands: [],
    };
    const done = cure(report([finding('gateway-silent')]), [ran, advised]);
    expect(done).toMatchObject({ keptItsWord: true, followUps: [], remaining: [] });
  });

  it('is, when it makes the doctor crash', () => {
    expect(cure(report([finding('mode-mixed', { status: 'crashed' })])).keptItsWord).toBe(false);
  });
});

describe('the proof', () => {
  const proof = (before: Reachability[], after: Reachability[]) =>
    cure(report([], after), [ran], report([sick], before)).proof;

  it('is an echo that was sent before too, and stayed unanswered', () => {
    const after = [echo('child:a'), echo('child:b'), echo('child:c')];
    const before = [echo('child:a'), silent('child:c')];
    expect(proof(before, after)).toEqual({
      from: 'host',
      to: 'child:c',
      rttMs: 0.3,
      wasSilent: true,
    });
  });

  it('else one that could not be sent before', () => {
    expect(proof([], [echo('child:a')])).toMatchObject({ to: 'child:a', wasSilent: false });
    const unsent = { ...silent('child:a'), sent: 0 };
    expect(proof([unsent], [echo('child:a')])).toMatchObject({ wasSilent: false });
  });

  it('is never made up', () => {
    expect(proof([echo('child:a')], [echo('child:a')])).toBeUndefined();
    expect(proof([], [echo('child:a', { method: 'arp' }), silent('child:b')])).toBeUndefined();
  });
});
