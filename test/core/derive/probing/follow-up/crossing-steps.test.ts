import { describe, expect, it } from 'vitest';
import {
  crossingSteps,
  MOST_CROSSINGS,
} from '../../../../../src/core/derive/probing/follow-up/crossing-steps.js';
import { buildTopology } from '../../../../../src/core/derive/topology/topology.js';
import { aSnapshot, type SnapshotBuilder } from '../../../../support/a-snapshot.js';
import { crossing, STRANGER } from '../../../../support/owners-seen.js';

function stepsAfter(builder: SnapshotBuilder): string[] {
  const { facts, scope, observations } = builder.build();
  const topology = buildTopology({ facts, scope });
  return crossingSteps({ topology, facts, observations, expectations: [] }).map(
    ({ send }) =>
      `${'device' in send ? (send.device ?? '') : ''} to ${'heardAt' in send ? (send.heardAt ?? '') : ''}`,
  );
}

const two = (mac: string) =>
  aSnapshot()
    .parent('eth0')
    .child('web', { mac: STRANGER })
    .parent('eth1', { address: [] })
    .child('cam', { mac, address: '198.51.100.7/24', gateway: null });

describe('a frame to all', () => {
  it('goes each way between two parents on which one MAC is, once', () => {
    const given = two(STRANGER).allHealthy();
    expect(stepsAfter(given)).toEqual(['eth0 to eth1', 'eth1 to eth0']);
    expect(stepsAfter(given.observed(crossing('eth0', 'eth1')))).toEqual([]);
  });

  it('is not sent where each has a MAC of its own, nor by a run that sends nothing', () => {
    expect(stepsAfter(two('02:42:c0:00:02:99').allHealthy())).toEqual([]);
    expect(stepsAfter(two(STRANGER))).toEqual([]);
  });

  it('is listened for at a few links of the host', () => {
    const given = aSnapshot().parent('eth0').child('web', { mac: STRANGER });
    for (let at = 1; at < 8; at += 1)
      given.hostLink(`eth${at.toString()}`, { mac: STRANGER, address: [] });
    expect(stepsAfter(given.allHealthy())).toHaveLength(MOST_CROSSINGS);
  });
});
