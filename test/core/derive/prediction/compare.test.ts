import { describe, expect, it } from 'vitest';
import {
  compare,
  predictAll,
  predictedIn,
} from '../../../../src/core/derive/prediction/compare.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import { aSnapshot, type SnapshotBuilder } from '../../../support/a-snapshot.js';

function seenIn(given: SnapshotBuilder) {
  const { facts, scope, observations } = given.build();
  return { facts, observations, topology: buildTopology({ facts, scope }) };
}

function agreements(given: SnapshotBuilder): Record<string, string> {
  const seen = seenIn(given);
  const compared = compare(seen.observations, predictAll(seen));
  return Object.fromEntries(
    compared.map(({ observation, agreement }) => [observation.probe, agreement]),
  );
}

const lan = () => aSnapshot().parent('eth0').child('web').child('db');

describe('what was seen against what the model says', () => {
  it('agrees on a sound LAN', () => {
    expect(agreements(lan().allHealthy())).toMatchObject({
      'gateway-arp-child': 'as-predicted',
      'sibling-icmp': 'as-predicted',
      'host-child-arp': 'as-predicted',
      'host-child-icmp': 'as-predicted',
      // A gateway is free to ignore pings, a switch port to send frames back.
      'gateway-icmp': 'open',
      reflection: 'open',
    });
  });

  it('takes from the same run whether the switch port reflects', () => {
    const given = lan().allHealthy({ reflects: true });
    expect(agreements(given)).toMatchObject({
      'host-child-arp': 'as-predicted',
      'host-child-icmp': 'as-predicted',
    });
    expect(agreements(given.silent('host-child-icmp'))['host-child-icmp']).toBe(
      'unexpected-silence',
    );
  });

  it('disagrees where something lies outside the model', () => {
    const given = lan()
      .allHealthy()
      .silent('gateway-arp-child')
      .silent('sibling-icmp')
      .answered('host-child-arp');
    expect(agreements(given)).toMatchObject({
      'gateway-arp-child': 'unexpected-silence',
      'sibling-icmp': 'unexpected-silence',
      'host-child-arp': 'unexpected-answer',
    });
  });

  it('is open where nothing was sent', () => {
    const given = lan().allHealthy().failed('sibling-icmp', {}, 'no socket');
    expect(agreements(given)['sibling-icmp']).toBe('open');
  });

  it('is told in the order of the observations', () => {
    const seen = seenIn(lan().allHealthy());
    const told = predictedIn(seen);
    expect(told).toHaveLength(seen.observations.length);
    expect(told[0]).toEqual({
      outcome: 'answer',
      reason: 'lan-answers',
      because: 'Whoever has an address on the LAN answers ARP requests for it.',
      agreement: 'as-predicted',
    });
    expect(compare(seen.observations, [])).toEqual([]);
  });
});
