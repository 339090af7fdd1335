import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/cli/workflows/judge.js';
import { compareBundles } from '../../../src/core/compare/compare.js';
import type { Judged } from '../../../src/core/compare/judged.js';
import { buildTopology } from '../../../src/core/derive/topology/topology.js';
import { renderComparison } from '../../../src/core/reporters/comparison.js';
import type { Comparison } from '../../../src/model/comparison.js';
import { known, valueOf } from '../../../src/model/fact.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';

const TOOL = { name: 'macvlan-doctor', version: '0.0.0' };
/** Of the builder's gateway. */
const ROUTER_MAC = '52:54:00:aa:00:01';
const PLAIN = { color: false, width: 80, verbose: false, quiet: false };

interface Given {
  readonly hostname?: string;
  readonly takenAt?: string;
  readonly keyId?: string;
}

function judged(
  given: Pick<SnapshotBuilder, 'build'>,
  { hostname = 'nas', takenAt, keyId }: Given = {},
): Judged {
  const built = given.build();
  const platform = valueOf(built.facts.platform);
  if (platform === undefined) expect.fail('no platform');
  const facts = { ...built.facts, platform: known({ ...platform, hostname }) };
  const snapshot: Snapshot = { ...built, facts, takenAt: takenAt ?? built.takenAt };
  return {
    file: `${hostname}.tar.gz`,
    snapshot,
    topology: buildTopology(snapshot),
    report: judge(snapshot, { expectations: [], only: [], skip: [] }, 0),
    ...(keyId === undefined ? {} : { keyId }),
  };
}

const compared = (...all: readonly Judged[]): Comparison => compareBundles(all, TOOL);
const healthy = (): SnapshotBuilder => aSnapshot().parent('eth0').child('web').allHealthy();
const EARLY = '2026-01-31T12:00:00.000Z';
const LATE = '2026-02-01T12:00:00.000Z';

describe('two bundles of one host', () => {
  it('differ in nothing when nothing changed', () => {
    const { differences } = compared(judged(healthy()), judged(healthy(), { takenAt: LATE }));
    expect(differences).toEqual([{ before: 0, after: 1, verdicts: [], gone: [], added: [] }]);
  });

  it('differ in the fault and in the fact behind it', () => {
    const sick = aSnapshot().parent('eth0').child('web', { up: false }).allHealthy();
    const { differences } = compared(judged(healthy()), judged(sick, { takenAt: LATE }));
    const [only] = differences;
    expect(only?.verdicts).toContainEqual(
      expect.objectContaining({ check: 'child-down', after: 'fail' }),
    );
    expect(only?.gone).toContainEqual(expect.stringMatching(/^web: link eth0 macvlan bridge up /));
    expect(only?.added).toContainEqual(
      expect.stringMatching(/^web: link eth0 macvlan bridge down /),
    );
  });

  it('are put in order by their time, whatever the order on the command line', () => {
    const { differences } = compared(
      judged(healthy(), { takenAt: LATE }),
      judged(healthy(), { takenAt: EARLY }),
    );
    expect(differences).toMatchObject([{ before: 1, after: 0 }]);
  });

  it('are two hosts when only the name is the same', () => {
    const other = aSnapshot()
      .parent('eth0', { mac: '52:54:00:99:99:99' })
      .child('web', { mac: '02:42:99:99:99:99' })
      .allHealthy();
    expect(compared(judged(healthy()), judged(other)).differences).toEqual([]);
  });

  it('are not compared when their stand-ins come from different keys', () => {
    const pair = [judged(healthy(), { keyId: 'a' }), judged(healthy(), { keyId: 'b' })] as const;
    expect(compared(...pair)).toMatchObject({
      differences: [],
      shared: [],
      notes: [expect.stringContaining('cannot be told')],
    });
  });
});

describe('two hosts', () => {
  const elsewhere = (address: string): SnapshotBuilder =>
    aSnapshot()
      .parent('eth0', { address: '192.0.2.11/24', mac: '52:54:00:99:99:99' })
      .child('db', { address, mac: '02:42:99:99:99:99' });
  const two = (address: string): Comparison =>
    compared(
      judged(healthy(), { hostname: 'one' }),
      judged(elsewhere(address).allHealthy(), { hostname: 'two' }),
    );

  it('have an address twice on one LAN', () => {
    expect(two('192.0.2.50/24').shared).toEqual([
      {
        kind: 'address',
        value: '192.0.2.50',
        by: [
          { bundle: 0, who: 'child eth0@web' },
          { bundle: 1, who: 'child eth0@db' },
        ],
        isOneLan: true,
        because: 'both know the gateway of their subnet by the same MAC',
      },
    ]);
  });

  it('have an IPv6 address twice on one LAN', () => {
    const withIpv6 = (builder: SnapshotBuilder, ipv4: string, mac: string): SnapshotBuilder =>
      builder.child('v6', { address: [ipv4, '2001:db8::5/64'], mac });
    const [one, other] = [
      withIpv6(aSnapshot().parent('eth0'), '192.0.2.60/24', '02:42:00:00:00:01'),
      withIpv6(elsewhere('192.0.2.51/24'), '192.0.2.61/24', '02:42:00:00:00:02'),
    ];
    const { shared } = compared(
      judged(one.allHealthy(), { hostname: 'one' }),
      judged(other.allHealthy(), { hostname: 'two' }),
    );
    expect(shared).toContainEqual(
      expect.objectContaining({ value: '2001:db8::5', isOneLan: true }),
    );
  });

  it('are not kept from each other by a bundle of another case with the same text in it', () => {
    const { shared } = compared(
      judged(healthy(), { hostname: 'zero', keyId: 'a' }),
      judged(healthy(), { hostname: 'one' }),
      judged(elsewhere('192.0.2.50/24').allHealthy(), { hostname: 'two' }),
    );
    expect(shared.filter(({ kind }) => kind === 'address')).toMatchObject([
      { value: '192.0.2.50', by: [{ bundle: 1 }, { bundle: 2 }] },
    ]);
  });

  it.each([
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ])('of two LANs are told by LAN, in whatever order: %i %i %i', (...order) => {
    const there = (own: string, gateway: string): Judged => {
      const builder = aSnapshot()
        .parent('eth0', { mac: own })
        .child('db', { address: '192.0.2.50/24' })
        .allHealthy();
      const text = JSON.stringify(builder.build()).replaceAll(ROUTER_MAC, gateway);
      return judged({ build: () => JSON.parse(text) as Snapshot }, { hostname: own });
    };
    const hosts = [
      there('52:54:00:bb:00:01', '52:54:00:aa:00:01'),
      there('52:54:00:bb:00:02', '52:54:00:cc:00:01'),
      there('52:54:00:bb:00:03', '52:54:00:cc:00:01'),
    ];
    const { shared } = compared(...order.flatMap((at) => hosts[at] ?? []));
    const address = shared.filter(({ value }) => value === '192.0.2.50');
    const places = [order.indexOf(1), order.indexOf(2)].toSorted();
    expect(address).toMatchObject([{ isOneLan: true, by: places.map((bundle) => ({ bundle })) }]);
  });

  it('have nothing twice when they do not', () => {
    expect(two('192.0.2.51/24').shared).toEqual([]);
  });

  it('have nothing twice when one of the two is down', () => {
    const down = elsewhere('192.0.2.51/24').child('old', {
      address: '192.0.2.50/24',
      up: false,
      mac: '02:42:99:99:99:98',
    });
    const { shared } = compared(
      judged(healthy(), { hostname: 'one' }),
      judged(down.allHealthy(), { hostname: 'two' }),
    );
    expect(shared).toEqual([]);
  });

  it('may have an address twice where no gateway tells the LANs apart', () => {
    const silent = aSnapshot().parent('eth0').child('web');
    const { shared } = compared(
      judged(silent, { hostname: 'one' }),
      judged(elsewhere('192.0.2.50/24'), { hostname: 'two' }),
    );
    expect(shared).toMatchObject([{ value: '192.0.2.50', isOneLan: false }]);
  });
});

describe('on the terminal', () => {
  it('says what changed and what is there twice, with nothing that moves the cursor', () => {
    const sick = aSnapshot().parent('eth0').child('web', { up: false }).allHealthy();
    const comparison = compared(
      judged(healthy(), { hostname: 'n\u001B[2Jas' }),
      judged(sick, { hostname: 'n\u001B[2Jas', takenAt: LATE }),
    );
    const text = renderComparison(comparison, PLAIN);
    expect(text).toContain('child-down, child eth0@web: nothing → fail');
    expect(text).toContain('- web: link eth0 macvlan bridge up');
    expect(text).not.toContain('\u001B');
  });

  it('says that nothing changed', () => {
    const comparison = compared(judged(healthy()), judged(healthy(), { takenAt: LATE }));
    expect(renderComparison(comparison, PLAIN)).toContain('From 1 to 2: nothing changed.');
  });
});
