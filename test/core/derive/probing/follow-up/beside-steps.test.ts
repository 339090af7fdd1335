import { describe, expect, it } from 'vitest';
import { planFollowUps } from '../../../../../src/core/derive/probing/follow-up/follow-up.js';
import { gatewayReach } from '../../../../../src/core/derive/verdicts/gateway-reach.js';
import { buildTopology } from '../../../../../src/core/derive/topology/topology.js';
import type { Observation, ProbeStep } from '../../../../../src/model/observation.js';
import { aSnapshot, type SnapshotBuilder } from '../../../../support/a-snapshot.js';

const GATEWAY = '192.0.2.1';

/** `web` is answered, and so many others are not. */
function crowd(silent: number): SnapshotBuilder {
  let host = aSnapshot().parent('eth0').child('web');
  for (let at = 0; at < silent; at += 1) host = host.child(`c${at.toString()}`);
  host = host.allHealthy().silent('gateway-icmp');
  for (let at = 0; at < silent; at += 1)
    host = host.silent('gateway-arp-child', { child: `c${at.toString()}` });
  return host;
}

function roundAfter(builder: SnapshotBuilder, extra: readonly Observation[] = []) {
  const { facts, scope, observations } = builder.build();
  const topology = buildTopology({ facts, scope });
  const seen = { facts, observations: [...observations, ...extra] };
  const steps = planFollowUps({ topology, ...seen, expectations: [] });
  const children = topology.parents.flatMap((parent) => parent.children);
  const reachOf = (name: string) =>
    children
      .filter(({ label }) => label === name)
      .map((child) => gatewayReach(child, GATEWAY, seen))[0];
  return { steps, reachOf };
}

const ofKind = (steps: readonly ProbeStep[], start: string) =>
  steps.filter(({ probe }) => probe.startsWith(start));

/** What came of the steps that are put in turn: of those about `child` the gateway answered so many. */
function told(steps: readonly ProbeStep[], answers: (step: ProbeStep) => number): Observation[] {
  return ofKind(steps, 'gateway-arp-').map((step) => ({
    ...step,
    sent: 4,
    replies: Array.from({ length: answers(step) }, () => ({ rttMs: 0.4 })),
  }));
}

const controlsOnly = ({ probe }: ProbeStep): number => (probe === 'gateway-arp-control' ? 4 : 0);

describe('children that were left out while another one was answered', () => {
  it('are asked once more before anything else is, each in turn with that one', () => {
    const { steps } = roundAfter(crowd(2));
    expect(ofKind(steps, 'split')).toEqual([]);
    expect(
      ofKind(steps, 'gateway-arp-').map(({ probe, from, child }) => [probe, from, child]),
    ).toEqual(
      ['c0', 'c1'].flatMap((name) => [
        ['gateway-arp-again', `child:eth0@${name}`, `eth0@${name}`],
        ['gateway-arp-control', 'child:eth0@web', `eth0@${name}`],
      ]),
    );
  });

  it('are six at the most, and asked once', () => {
    const { steps } = roundAfter(crowd(9));
    expect(ofKind(steps, 'gateway-arp-again')).toHaveLength(6);
    const next = roundAfter(crowd(9), told(steps, controlsOnly));
    expect(ofKind(next.steps, 'gateway-arp-')).toEqual([]);
  });

  it('that are silent again while the control is answered are silent, and those with them; then the split is asked', () => {
    const { steps } = roundAfter(crowd(9));
    const next = roundAfter(crowd(9), told(steps, controlsOnly));
    expect(['c0', 'c8'].map((name) => next.reachOf(name))).toEqual(['silent', 'silent']);
    expect(ofKind(next.steps, 'split-child')).toHaveLength(8);
  });

  it('are open where one of them is answered now: the rest was not asked again', () => {
    const { steps } = roundAfter(crowd(9));
    const isLucky = ({ child }: ProbeStep): boolean => child === 'eth0@c1';
    const next = roundAfter(
      crowd(9),
      told(steps, (step) => (isLucky(step) ? 1 : controlsOnly(step))),
    );
    expect(['c0', 'c1', 'c8'].map((name) => next.reachOf(name))).toEqual([
      'silent',
      'answered',
      'unknown',
    ]);
    expect(ofKind(next.steps, 'split-child').map(({ child }) => child)).not.toContain('eth0@c8');
  });

  it('are open where the control is left out too, and no filter is looked for', () => {
    const { steps } = roundAfter(crowd(3));
    const next = roundAfter(
      crowd(3),
      told(steps, (step) => controlsOnly(step) / 2),
    );
    expect(next.reachOf('c0')).toBe('unknown');
    expect(ofKind(next.steps, 'split')).toEqual([]);
  });
});

describe('nobody is asked again in this way', () => {
  it('where nobody was answered, and where everybody was', () => {
    const dumb = crowd(2).silent('gateway-arp-child', { child: 'web' });
    expect(ofKind(roundAfter(dumb).steps, 'gateway-arp-')).toEqual([]);
    expect(ofKind(roundAfter(crowd(0)).steps, 'gateway-arp-')).toEqual([]);
  });
});
