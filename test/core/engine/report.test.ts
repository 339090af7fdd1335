import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/core/engine/report.js';
import { STATUSES, type CheckResult } from '../../../src/model/report.js';
import { unknown } from '../../../src/model/fact.js';
import { aSnapshot } from '../../support/a-snapshot.js';

const LIMIT = { frames: 100, formula: '4 × 25 probes' };

const NOTHING = {
  results: [],
  topology: { parents: [], orphanNetworks: [] },
  durationMs: 12,
  frameLimit: LIMIT,
};

function result(status: CheckResult['status']): CheckResult {
  return {
    check: 'a',
    category: 'host',
    status,
    subject: { kind: 'host', name: 'host' },
    title: 'a',
  };
}

describe('buildReport', () => {
  it('says who ran when on what', () => {
    const report = buildReport({ ...NOTHING, snapshot: aSnapshot().parent('eth0').build() });
    expect(report).toMatchObject({
      schemaVersion: 1,
      tool: { name: 'macvlan-doctor' },
      startedAt: '2026-01-31T12:00:00.000Z',
      durationMs: 12,
      frameLimit: LIMIT,
      host: { hostname: 'nas', kernel: '6.1.0-32-amd64', platform: 'linux', privileged: true },
    });
  });

  it('is not privileged with half of the privileges, nor when nobody knows', () => {
    const privileges = { canEnterNamespaces: false, canOpenRawSockets: true, isRoot: false };
    const half = aSnapshot().platform({ privileges });
    expect(buildReport({ ...NOTHING, snapshot: half.build() }).host.privileged).toBe(false);
    const none = aSnapshot().fact('platform', unknown('failed', 'odd'));
    expect(buildReport({ ...NOTHING, snapshot: none.build() }).host).toEqual({
      hostname: 'unknown',
      kernel: 'unknown',
      platform: 'unknown',
      privileged: false,
    });
  });

  it('counts every status', () => {
    const results = STATUSES.flatMap((status, index) =>
      Array.from({ length: index + 1 }, () => result(status)),
    );
    const { summary } = buildReport({ ...NOTHING, results, snapshot: aSnapshot().build() });
    expect(summary).toEqual({
      pass: 1,
      warn: 2,
      fail: 3,
      undetermined: 4,
      notApplicable: 5,
      suppressed: 6,
      accepted: 7,
      crashed: 8,
    });
  });

  it('tells who reached whom, how fast, and how many frames it took', () => {
    const snapshot = aSnapshot()
      .parent('eth0')
      .child('web')
      .allHealthy()
      .silent('gateway-icmp')
      .failed('host-child-arp', {}, 'no such device')
      .build();
    const { reachability, framesSent } = buildReport({ ...NOTHING, snapshot });
    expect(reachability).toContainEqual({
      from: 'child:eth0@web',
      to: 'gateway:192.0.2.1',
      method: 'arp',
      probe: 'gateway-arp-child',
      parent: 'eth0',
      answered: true,
      rttMs: 0.4,
      sent: 1,
    });
    expect(reachability).toContainEqual(
      expect.objectContaining({ probe: 'gateway-icmp', method: 'icmp', answered: false, sent: 4 }),
    );
    expect(reachability).toContainEqual(
      expect.objectContaining({ probe: 'host-child-arp', sent: 0, error: 'no such device' }),
    );
    expect(framesSent).toBe(snapshot.observations.reduce((sum, { sent }) => sum + sent, 0));
  });

  it('says of each probe what the model does, where it is told', () => {
    const snapshot = aSnapshot().parent('eth0').child('web').allHealthy().build();
    const word = { reason: 'lan-answers', because: 'So.', agreement: 'as-predicted' } as const;
    const predicted = snapshot.observations.map(() => ({ outcome: 'answer' as const, ...word }));
    const { reachability } = buildReport({ ...NOTHING, snapshot, predicted });
    expect(reachability.map((one) => one.predicted)).toEqual(predicted);
  });

  it('notes why nothing was probed, and each remark once', () => {
    const { notes } = buildReport({ ...NOTHING, snapshot: aSnapshot().build(), notes: ['x', 'x'] });
    expect(notes).toEqual(['No probes: nothing was sent (--passive).', 'x']);
  });
});
