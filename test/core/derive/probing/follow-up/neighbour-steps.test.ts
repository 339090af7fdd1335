import { describe, expect, it } from 'vitest';
import {
  MOST_ANEW,
  neighbourSteps,
} from '../../../../../src/core/derive/probing/follow-up/neighbour-steps.js';
import { buildTopology } from '../../../../../src/core/derive/topology/topology.js';
import { aSnapshot, type SnapshotBuilder } from '../../../../support/a-snapshot.js';
import { anew } from '../../../../support/owners-seen.js';

function stepsAfter(builder: SnapshotBuilder): string[] {
  const { facts, scope, observations } = builder.build();
  const topology = buildTopology({ facts, scope });
  return neighbourSteps({ topology, facts, observations, expectations: [] }).map(
    ({ from, target, send }) =>
      `${from} ${target} by ${'device' in send ? (send.device ?? '') : ''}`,
  );
}

const failed = (...ips: readonly string[]) => ({
  neighbours: ips.map((dst) => ({ dst, state: ['FAILED'] as const })),
});
const lan = () => aSnapshot().parent('eth0');

describe('a child asks anew', () => {
  it('for whom the parent asked in vain, in two rounds, by the link whose table it is', () => {
    const mute = lan().child('web', failed('192.0.2.77')).allHealthy().silent('neighbour-arp');
    expect(stepsAfter(mute)).toEqual(['child:eth0@web 192.0.2.77 by eth0']);
    mute.observed(anew('web', '192.0.2.77'));
    expect(stepsAfter(mute)).toHaveLength(1);
    const again = { ...anew('web', '192.0.2.77'), sent: 3 };
    const { facts, scope, observations } = mute.build();
    const twice = [...observations, again];
    const topology = buildTopology({ facts, scope });
    expect(neighbourSteps({ topology, facts, observations: twice, expectations: [] })).toEqual([]);
  });

  it.each([
    ['nobody whom the parent heard', lan().child('web', failed('192.0.2.77')).allHealthy()],
    [
      'nobody who answered it',
      lan()
        .child('web', failed('192.0.2.77'))
        .allHealthy()
        .silent('neighbour-arp')
        .observed(anew('web', '192.0.2.77', { sent: 1, replies: [{ rttMs: 1 }] })),
    ],
    [
      'nothing where it may not',
      lan()
        .child('web', failed('192.0.2.77'))
        .allHealthy()
        .silent('neighbour-arp')
        .observed(anew('web', '192.0.2.77', { sent: 0, replies: [], error: 'withheld' })),
    ],
    [
      'no gateway',
      lan().child('web', failed('192.0.2.1')).allHealthy().silent('gateway-arp-child'),
    ],
    ['not the host', lan().child('web', failed('192.0.2.10')).allHealthy()],
    [
      'no sibling that its mode keeps away',
      lan().child('web', failed('192.0.2.51')).child('db', { mode: 'private' }).allHealthy(),
    ],
  ])('%s', (_name, given) => {
    expect(stepsAfter(given)).toEqual([]);
  });

  it('for a sibling that its mode joins it to', () => {
    const given = lan().child('web', failed('192.0.2.51')).child('db').allHealthy();
    expect(stepsAfter(given.silent('sibling-icmp', { child: 'web' }))).toEqual([
      'child:eth0@web 192.0.2.51 by eth0',
    ]);
  });

  it('for all of its mode, two for each address, and no more than sixteen', () => {
    const builder = lan();
    const ips = Array.from({ length: 8 }, (_, at) => `192.0.2.${(90 + at).toString()}`);
    for (let at = 0; at < 5; at += 1)
      builder.child(`c${at.toString()}`, {
        ...failed(...ips, '192.0.2.98'),
        mode: at < 3 ? 'bridge' : 'private',
      });
    const steps = stepsAfter(builder.allHealthy().silent('neighbour-arp'));
    expect(steps).toHaveLength(MOST_ANEW);
    expect(new Set(steps.map((step) => step.split(' ')[0]))).toEqual(
      new Set(['child:eth0@c0', 'child:eth0@c1']),
    );
  });
});
