// What settings, routes, rules and fixed neighbours of either side make of a ping that macvlan itself would carry.
import { describe, expect, it } from 'vitest';
import { predict } from '../../../../src/core/derive/prediction/predict.js';
import type { Prediction } from '../../../../src/core/derive/prediction/prediction.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import type { IcmpSend } from '../../../../src/model/observation.js';
import { unknown } from '../../../../src/model/fact.js';
import { aSnapshot, type SnapshotBuilder } from '../../../support/a-snapshot.js';

const A = '192.0.2.50';
const B = '192.0.2.51';
const lan = () => aSnapshot().parent('eth0').child('a').child('b');

function ping(
  given: SnapshotBuilder,
  [from, to]: readonly [string, string],
  options: Partial<IcmpSend> = {},
): Prediction {
  const { facts, scope } = given.build();
  const topology = buildTopology({ facts, scope });
  const children = topology.parents.flatMap((parent) => parent.children);
  const inode =
    from === 'host'
      ? topology.host.inode
      : (children.find(({ label }) => label.split('/')[0] === from)?.netns.inode ?? 0);
  const send = { kind: 'icmp', netns: inode, ...options } as const;
  const step = { probe: 'sibling-icmp', parent: 'eth0', target: to, send } as const;
  return predict(step, { topology, facts, reflects: 'no' });
}

describe('a sibling', () => {
  it.each<[string, SnapshotBuilder, string, string]>([
    ['as the kernel starts it', lan(), 'answer', 'bridge-switches-siblings'],
    [
      'that ignores pings',
      lan().settings('b', { ignoresEcho: true }),
      'silence',
      'target-ignores-echo',
    ],
    ['whose settings were not read', lan().settings('b', null), 'either', 'settings-unknown'],
    [
      'that answers no ARP',
      lan().settings('b', { all: { arp_ignore: 8 } }),
      'silence',
      'arp-ignored',
    ],
    [
      'that answers ARP for its own links only',
      lan().settings('b', { all: { arp_ignore: 1 } }),
      'answer',
      'bridge-switches-siblings',
    ],
    [
      'that answers ARP of its subnet only',
      lan().settings('b', { links: { eth0: { arp_ignore: 2 } } }),
      'answer',
      'bridge-switches-siblings',
    ],
    [
      'with a strict filter and one link',
      lan().settings('b', { all: { rp_filter: 1 } }),
      'answer',
      'bridge-switches-siblings',
    ],
    [
      'that is down',
      aSnapshot().parent('eth0').child('a').child('b', { up: false }),
      'silence',
      'end-down',
    ],
    [
      'without a way back',
      aSnapshot()
        .parent('eth0')
        .child('a', {
          address: '198.51.100.5/24',
          gateway: null,
          routes: [{ dst: '192.0.2.0/24' }],
        })
        .child('b', { gateway: null, address: B + '/24' }),
      'silence',
      'no-way-back',
    ],
    [
      'that answers by its router',
      aSnapshot()
        .parent('eth0')
        .child('a', {
          address: '198.51.100.5/24',
          gateway: null,
          routes: [{ dst: '192.0.2.0/24' }],
        })
        .child('b'),
      'either',
      'returns-by-router',
    ],
    [
      'on a parent that is down',
      aSnapshot().parent('eth0', { up: false }).child('a', { up: true, carrier: false }).child('b'),
      'silence',
      'parent-down',
    ],
    [
      'on a parent without carrier',
      aSnapshot().parent('eth0', { carrier: false }).child('a').child('b'),
      'silence',
      'parent-no-carrier',
    ],
  ])('%s', (_name, given, outcome, reason) => {
    expect(ping(given, ['a', B])).toMatchObject({ outcome, reason });
  });

  it('is missed by a permanent entry for another MAC, and met by one for its own', () => {
    const fixed = (lladdr: string) =>
      aSnapshot()
        .parent('eth0')
        .child('a', { neighbours: [{ dst: B, lladdr, state: ['PERMANENT'] }] })
        .child('b', { mac: '02:42:00:00:00:99' });
    expect(ping(fixed('02:42:00:00:00:01'), ['a', B]).reason).toBe('fixed-neighbour');
    expect(ping(fixed('02:42:00:00:00:99'), ['a', B]).outcome).toBe('answer');
    const back = aSnapshot()
      .parent('eth0')
      .child('a')
      .child('b', { neighbours: [{ dst: A, lladdr: '02:42:00:00:00:01', state: ['PERMANENT'] }] });
    expect(ping(back, ['a', B]).reason).toBe('fixed-neighbour');
  });

  it('may answer another who has the sender’s address', () => {
    const given = lan().child('twin', { address: '192.0.2.50/24' });
    expect(ping(given, ['a', B])).toMatchObject({ outcome: 'either', reason: 'two-owners' });
  });

  it('is asked anew where an entry has failed', () => {
    const given = aSnapshot()
      .parent('eth0')
      .child('a', { neighbours: [{ dst: B, state: ['FAILED'] }] })
      .child('b');
    expect(ping(given, ['a', B]).outcome).toBe('answer');
  });

  it('takes no packet longer than the link', () => {
    expect(ping(lan(), ['a', B], { bytes: 1501 }).reason).toBe('too-long');
    expect(ping(lan(), ['a', B], { bytes: 1500 }).outcome).toBe('answer');
  });

  it('on another parent depends on the LAN', () => {
    const given = aSnapshot().parent('eth0').child('a').parent('eth1', { address: [] }).child('b');
    expect(ping(given, ['a', B])).toMatchObject({ outcome: 'either', reason: 'other-parent' });
  });

  it('or a host with a second link in the subnet may answer by that one', () => {
    const given = () => aSnapshot().parent('eth0').child('a', { mode: 'private' });
    expect(ping(given(), ['a', '192.0.2.10']).outcome).toBe('silence');
    const near = given().hostLink('eth1', { address: '192.0.2.11/24' });
    expect(ping(near, ['a', '192.0.2.10'])).toMatchObject({ reason: 'other-parent' });
    const far = given().hostLink('eth1', { address: '203.0.113.11/24' });
    expect(ping(far, ['a', '192.0.2.10']).reason).toBe('host-isolation');
  });

  it('behind a macvtap is out of sight', () => {
    const given = aSnapshot().parent('eth0').child('a').child('b', { kind: 'macvtap' });
    expect(ping(given, ['a', B]).outcome).toBe('either');
  });
});

describe('a child with two links in one subnet', () => {
  const twice = () =>
    lan().child('b1', { sameNetnsAs: 'b', address: '192.0.2.61/24', gateway: null });

  it('answers for both by either link', () => {
    expect(ping(twice(), ['a', '192.0.2.61']).outcome).toBe('answer');
  });

  it('does not where it filters strictly and answers for own links only', () => {
    const strict = twice().settings('b', { all: { rp_filter: 1, arp_ignore: 1 } });
    expect(ping(strict, ['a', '192.0.2.61'])).toMatchObject({
      reason: 'rp-filter',
      dropped: { link: 'eth1', source: A, backBy: 'eth0' },
    });
    const loose = twice().settings('b', {
      all: { rp_filter: 1, arp_ignore: 1 },
      links: { eth1: { rp_filter: 2 } },
    });
    expect(ping(loose, ['a', '192.0.2.61']).outcome).toBe('answer');
  });
});

describe('the way out', () => {
  const routed = () => lan().shim('sh0').hostRoute({ dst: A, dev: 'sh0' });

  it('is what the kernel says, not what the tables seem to', () => {
    expect(ping(routed(), ['host', A]).outcome).toBe('answer');
    const shadowed = routed().routeLookup({ dst: A, dev: 'tun0', table: '52' });
    expect(ping(shadowed, ['host', A]).reason).toBe('routes-elsewhere');
    const refused = routed().routeLookup({ dst: A, error: 'Network is unreachable' });
    expect(ping(refused, ['host', A]).reason).toBe('no-route');
  });

  it('is worked out where the kernel was not asked', () => {
    const given = () => routed().fact('routeLookups', unknown('failed', 'no netlink'));
    expect(ping(given(), ['host', A]).outcome).toBe('answer');
    const rule = { family: 'inet', priority: 100, src: 'all', table: '52' } as const;
    const shadowed = given().hostRule(rule).hostRoute({ dst: A, dev: 'eth0', table: '52' });
    expect(ping(shadowed, ['host', A]).reason).toBe('host-isolation');
    const { table: _table, ...bare } = rule;
    const forbidden = given().hostRule({ ...bare, action: 'unreachable' });
    expect(ping(forbidden, ['host', A]).reason).toBe('no-route');
    const elsewhere = given().hostRule({ ...rule, dst: '10.0.0.0/8' });
    expect(ping(elsewhere, ['host', A]).outcome).toBe('answer');
  });

  it('of the answer minds rules about its source', () => {
    const given = routed()
      .hostRule({ family: 'inet', priority: 100, src: '192.0.2.250', table: '100' })
      .hostRoute({ dst: 'default', dev: 'eth0', gateway: '192.0.2.1', table: '100' });
    expect(ping(given, ['a', '192.0.2.250']).reason).toBe('returns-by-router');
    expect(ping(routed(), ['a', '192.0.2.250']).outcome).toBe('answer');
  });

  it('to an address of its own does not leave', () => {
    expect(ping(lan(), ['a', A])).toMatchObject({ outcome: 'answer', reason: 'own-address' });
  });

  it('of a namespace that was not seen is out of sight', () => {
    expect(ping(lan(), ['nobody', A]).reason).toBe('out-of-sight');
  });
});
