// Who reaches whom on a healthy LAN, mode by mode: measured with real links, cell by cell, and predicted from a snapshot.
import { describe, expect, it } from 'vitest';
import { planProbes } from '../../../../src/core/derive/probing/probe-plan.js';
import { predict } from '../../../../src/core/derive/prediction/predict.js';
import type { Prediction, Reflects } from '../../../../src/core/derive/prediction/prediction.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import type { ProbeStep } from '../../../../src/model/observation.js';
import { aSnapshot, type SnapshotBuilder } from '../../../support/a-snapshot.js';

const GATEWAY = '192.0.2.1';
const HOST = '192.0.2.10';

interface Asked {
  readonly from: string;
  readonly to: string;
  /** Bound to this link. */
  readonly device?: string;
}

/** A ping between any two, planned or not; `host` or a child's name. */
function ping(given: SnapshotBuilder, { from, to, device }: Asked, port: Reflects): Prediction {
  const { facts, scope } = given.build();
  const topology = buildTopology({ facts, scope });
  const all = topology.parents.flatMap(({ children }) => children);
  const inode =
    from === 'host'
      ? topology.host.inode
      : all.find(({ label }) => label.split('/')[0] === from)?.netns.inode;
  const step: ProbeStep = {
    probe: 'sibling-icmp',
    from,
    to,
    parent: 'eth0',
    target: to,
    send: { kind: 'icmp', netns: inode ?? 0, ...(device !== undefined && { device }) },
    expect: 'answer',
  };
  return predict(step, { topology, facts, reflects: port });
}

/** The planned probes of one kind. */
function planned(given: SnapshotBuilder, probe: ProbeStep['probe'], port: Reflects): Prediction[] {
  const { facts, scope } = given.build();
  const topology = buildTopology({ facts, scope });
  return planProbes(topology, facts)
    .filter((step) => step.probe === probe)
    .map((step) => predict(step, { topology, facts, reflects: port }));
}

const lan = (mode: string, other = mode) =>
  aSnapshot().parent('eth0', { gateway: GATEWAY }).child('a', { mode }).child('b', { mode: other });
const alone = (mode: string) =>
  aSnapshot().parent('eth0', { gateway: GATEWAY }).child('a', { mode });

const A = '192.0.2.50';
const B = '192.0.2.51';

describe('the table of reachability', () => {
  // ok: answer, fail: silence, lan: it is up to a machine on the LAN (and it lets it in)
  it.each([
    // modes of a and b, reflects, a > gateway, a > b, b > a, a > host, host > a, host > gateway
    ['bridge bridge', 'no', 'lan', 'ok', 'ok', 'fail', 'fail', 'lan'],
    ['bridge bridge', 'yes', 'lan', 'ok', 'ok', 'ok', 'ok', 'lan'],
    ['bridge vepa', 'no', 'lan', 'fail', 'fail', 'fail', 'fail', 'lan'],
    ['bridge vepa', 'yes', 'lan', 'ok', 'ok', 'ok', 'ok', 'lan'],
    ['vepa vepa', 'no', 'lan', 'fail', 'fail', 'fail', 'fail', 'lan'],
    ['vepa vepa', 'yes', 'lan', 'ok', 'ok', 'ok', 'ok', 'lan'],
    ['vepa private', 'no', 'lan', 'fail', 'fail', 'fail', 'fail', 'lan'],
    ['vepa private', 'yes', 'lan', 'fail', 'fail', 'ok', 'ok', 'lan'],
    ['private private', 'no', 'lan', 'fail', 'fail', 'fail', 'fail', 'lan'],
    ['private private', 'yes', 'lan', 'fail', 'fail', 'fail', 'ok', 'lan'],
    ['bridge private', 'no', 'lan', 'fail', 'fail', 'fail', 'fail', 'lan'],
    ['bridge private', 'yes', 'lan', 'fail', 'fail', 'ok', 'ok', 'lan'],
  ] as const)('%s, reflects: %s', (modes, port, ...cells) => {
    const [a = '', b = ''] = modes.split(' ');
    const word = { answer: 'ok', silence: 'fail', either: 'lan' } as const;
    const pairs: Asked[] = [
      { from: 'a', to: GATEWAY },
      { from: 'a', to: B },
      { from: 'b', to: A },
      { from: 'a', to: HOST },
      { from: 'host', to: A },
      { from: 'host', to: GATEWAY },
    ];
    const said = pairs.map((pair) => word[ping(lan(a, b), pair, port).outcome]);
    expect(said).toEqual(cells);
  });

  it.each(['no', 'yes'] as const)('passthru, reflects: %s', (port) => {
    const given = alone('passthru');
    expect(ping(given, { from: 'a', to: GATEWAY }, port).reason).toBe('lan-decides');
    for (const pair of [
      { from: 'host', to: GATEWAY },
      { from: 'host', to: A },
      { from: 'a', to: HOST },
    ]) {
      expect(ping(given, pair, port)).toMatchObject({
        outcome: 'silence',
        reason: 'passthru-takes-all',
      });
    }
  });

  it.each(['bridge', 'vepa', 'private', 'passthru'])('%s: the LAN answers by ARP', (mode) => {
    for (const port of ['no', 'yes', 'unknown'] as const) {
      expect(planned(alone(mode), 'gateway-arp-child', port)).toMatchObject([
        { outcome: 'answer', reason: 'lan-answers' },
      ]);
    }
  });
});

describe('ARP from the parent for a child', () => {
  it.each([
    ['bridge', 'no', 'silence'],
    ['bridge', 'yes', 'answer'],
    ['private', 'no', 'silence'],
    ['private', 'yes', 'answer'],
    ['vepa', 'no', 'silence'],
    ['vepa', 'yes', 'answer'],
    ['vepa', 'unknown', 'either'],
    ['source', 'yes', 'either'],
  ] as const)('%s, reflects: %s → %s', (mode, port, outcome) => {
    expect(planned(alone(mode), 'host-child-arp', port)).toMatchObject([{ outcome }]);
  });
});

describe('a shim', () => {
  const SHIM = '192.0.2.250';
  const routed = (child: string, shim: string) =>
    alone(child).shim('sh0', { mode: shim }).hostRoute({ dst: A, dev: 'sh0' });

  it.each([
    ['bridge', 'bridge', 'no', 'answer'],
    ['bridge', 'vepa', 'no', 'silence'],
    ['bridge', 'vepa', 'yes', 'answer'],
    ['private', 'private', 'no', 'silence'],
    ['private', 'bridge', 'no', 'silence'],
    ['private', 'bridge', 'yes', 'silence'],
    ['private', 'private', 'yes', 'silence'],
    ['vepa', 'vepa', 'no', 'silence'],
    ['vepa', 'bridge', 'no', 'silence'],
    ['vepa', 'vepa', 'yes', 'answer'],
    ['vepa', 'bridge', 'yes', 'answer'],
    ['vepa', 'vepa', 'unknown', 'either'],
  ] as const)('child %s, shim %s, reflects: %s → %s', (child, shim, port, outcome) => {
    const given = routed(child, shim);
    expect(ping(given, { from: 'host', to: A }, port).outcome).toBe(outcome);
    expect(ping(given, { from: 'host', to: A, device: 'sh0' }, port).outcome).toBe(outcome);
    expect(ping(given, { from: 'a', to: SHIM }, port).outcome).toBe(outcome);
  });

  it('answers for the address on the parent too, as long as arp_ignore lets it', () => {
    expect(ping(routed('bridge', 'bridge'), { from: 'a', to: HOST }, 'no').outcome).toBe('answer');
    const strict = routed('bridge', 'bridge').settings('host', {
      links: { sh0: { arp_ignore: 1 } },
    });
    expect(ping(strict, { from: 'a', to: HOST }, 'no')).toMatchObject({
      outcome: 'silence',
      reason: 'host-isolation',
    });
    expect(ping(strict, { from: 'a', to: SHIM }, 'no').outcome).toBe('answer');
  });

  it('is no help without a route into it', () => {
    const given = alone('bridge').shim('sh0');
    expect(ping(given, { from: 'host', to: A }, 'no').reason).toBe('host-isolation');
    // What the child asks arrives, and the answer leaves by the parent.
    expect(ping(given, { from: 'a', to: SHIM }, 'no')).toMatchObject({ outcome: 'silence' });
    // The shim's own echo works all the same, unless what comes back is filtered.
    expect(ping(given, { from: 'host', to: A, device: 'sh0' }, 'no').outcome).toBe('answer');
    const strict = given.settings('host', { all: { rp_filter: 1 } });
    expect(ping(strict, { from: 'host', to: A, device: 'sh0' }, 'no')).toMatchObject({
      outcome: 'silence',
      reason: 'rp-filter',
      dropped: { link: 'sh0', source: A, backBy: 'eth0' },
    });
  });
});

describe('a host whose only address is on a macvlan link', () => {
  it('reaches its bridge children without further routes', () => {
    const given = aSnapshot()
      .parent('eth0', { address: [] })
      .child('a')
      .shim('mv0', { address: '192.0.2.10/24', gateway: GATEWAY });
    expect(ping(given, { from: 'host', to: A }, 'no').outcome).toBe('answer');
    expect(ping(given, { from: 'a', to: HOST }, 'no').outcome).toBe('answer');
  });
});
