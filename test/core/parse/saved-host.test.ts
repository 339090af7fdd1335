import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/cli/workflows/judge.js';
import { buildTopology } from '../../../src/core/derive/topology/topology.js';
import {
  SAVED_TEXTS,
  snapshotOfSavedHost,
  type SavedHost,
  type SavedTexts,
} from '../../../src/core/parse/saved-host.js';
import { known, unknown, type Fact } from '../../../src/model/fact.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import type { Topology } from '../../../src/model/topology.js';

const MAC = '02:42:c0:00:02:05';
const OTHER_MAC = '02:42:c0:00:02:06';

function texts(lists: Partial<Record<keyof SavedTexts, unknown>> = {}): SavedTexts {
  const pairs = SAVED_TEXTS.map((name) => [name, known(JSON.stringify(lists[name] ?? []))]);
  return Object.fromEntries(pairs) as SavedTexts;
}

function ether(ifindex: number, ifname: string, more: object = {}): object {
  const flags = ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'];
  return { ifindex, ifname, flags, mtu: 1500, operstate: 'UP', link_type: 'ether', ...more };
}

function macvlan(more: object = {}): object {
  const linkinfo = { info_kind: 'macvlan', info_data: { mode: 'bridge' } };
  return ether(2, 'eth0', { address: MAC, link_index: 7, link_netnsid: 0, linkinfo, ...more });
}

const HOST = texts({
  link: [ether(7, 'eno1', { address: '52:54:00:00:00:01' })],
  addr: [
    {
      ifname: 'eno1',
      addr_info: [{ family: 'inet', local: '192.0.2.10', prefixlen: 24, scope: 'global' }],
    },
  ],
  route: [{ dst: 'default', gateway: '192.0.2.1', dev: 'eno1', table: 'main', flags: [] }],
});
const FILTER = known(
  JSON.stringify([{ mac: MAC, ifname: 'eno1', flags: ['self'], state: 'permanent' }]),
);
const CHILD = texts({
  link: [macvlan()],
  addr: [
    {
      ifname: 'eth0',
      addr_info: [{ family: 'inet', local: '192.0.2.5', prefixlen: 24, scope: 'global' }],
    },
  ],
  route: [
    { dst: 'default', gateway: '192.0.2.1', dev: 'eth0', flags: [] },
    { dst: '192.0.2.0/24', dev: 'eth0', protocol: 'kernel', scope: 'link', flags: [] },
  ],
  route6: [{ dst: 'default', dev: 'eth0', flags: [] }],
  rule6: [{ priority: 0, src: 'all', table: 'local' }],
});

function snapshotOf(saved: Partial<SavedHost>): Snapshot {
  const all = { host: HOST, fdb: FILTER, others: [{ name: 'web', texts: CHILD }], ...saved };
  const tool = { name: 'macvlan-doctor', version: '0.0.0' };
  return snapshotOfSavedHost(all, { tool, takenAt: '2026-01-02T03:04:05.000Z' });
}

function topologyOf(saved: Partial<SavedHost>): Topology {
  return buildTopology(snapshotOf(saved));
}

function withLinks(link: readonly object[]): Partial<SavedHost> {
  return { others: [{ name: 'web', texts: texts({ link }) }] };
}

function childrenOf(saved: Partial<SavedHost>): string[] {
  return topologyOf(saved).parents.flatMap(({ children }) => children.map(({ name }) => name));
}

describe('a snapshot from saved output', () => {
  it('finds the child with what its namespace holds', () => {
    const [parent] = topologyOf({}).parents;
    expect(parent).toMatchObject({ name: 'eno1', unseenMacs: [] });
    expect(parent?.children).toMatchObject([
      { name: 'eth0@web', mac: MAC, mode: 'bridge', gateways: ['192.0.2.1'] },
    ]);
    const families = parent?.children[0]?.allRoutes.map(({ family, dst }) => [family, dst]);
    expect(families).toContainEqual(['inet6', 'default']);
  });

  it('says of everything else that it was not saved', () => {
    const { facts, probing } = snapshotOf({});
    const { namespaces, fdb, ...rest } = facts;
    expect([namespaces.state, fdb.state]).toEqual(['known', 'known']);
    for (const fact of [...Object.values(rest), probing]) {
      expect(fact).toMatchObject({
        state: 'skipped',
        reason: expect.stringMatching(/saved/) as string,
      });
    }
  });

  it('tells the settings and the ARP table where they were saved, and is whole without', () => {
    const names = ['rp_filter', 'arp_ignore', 'arp_announce', 'arp_filter', 'proxy_arp'];
    const lines = ['all', 'default', 'eth0/100'].flatMap((link) =>
      [...names, 'forwarding', 'tag'].map(
        (name, value) => `net.ipv4.conf.${link}.${name} = ${value.toString()}`,
      ),
    );
    const settings = known([...lines, 'net.ipv4.icmp_echo_ignore_all = 1'].join('\n'));
    const counts = { entries: 3, thresh1: 128, thresh2: 512, thresh3: 1024, table_fulls: 7 };
    const ntable = [
      { family: 'inet', name: 'arp_cache', dev: 'eth0' },
      { family: 'inet', name: 'arp_cache', ...counts },
    ];
    const snapshot = snapshotOf({
      host: { ...HOST, settings },
      ntable: known(JSON.stringify(ntable)),
    });
    const conf = {
      rp_filter: 0,
      arp_ignore: 1,
      arp_announce: 2,
      arp_filter: 3,
      proxy_arp: 4,
      forwarding: 5,
    };
    expect(snapshot.facts.neighbourTable).toEqual(
      known({ entries: 3, gcThresh1: 128, gcThresh2: 512, gcThresh3: 1024, tableFulls: 7 }),
    );
    const contents = (one: Snapshot) =>
      one.facts.namespaces.state === 'known'
        ? one.facts.namespaces.value.map(
            ({ content }) => content.state === 'known' && content.value,
          )
        : [];
    const [own, web] = contents(snapshot);
    expect(own).toMatchObject({
      ipv4: { all: conf, links: { 'eth0.100': conf }, ignoresEcho: true },
    });
    expect(own && Object.keys(own.ipv4?.links ?? {})).toEqual(['eth0.100']);
    expect(web).not.toHaveProperty('ipv4');
    const cut = { ...HOST, settings: known(lines.slice(3).join('\n')) };
    expect(contents(snapshotOf({ host: cut }))[0]).not.toHaveProperty('ipv4');
    const empty = snapshotOf({ ntable: known('[]') });
    expect(empty.facts.neighbourTable.state).toBe('failed');
  });

  it('names a process by its folder', () => {
    const others = [
      { name: 'pid-4711-my web', texts: CHILD },
      { name: 'pid-12', texts: CHILD },
    ];
    const { namespaces } = snapshotOf({ others }).facts;
    const value = namespaces.state === 'known' ? namespaces.value : [];
    expect(value.map(({ processes }) => processes)).toEqual([
      [],
      [{ pid: 12, comm: 'process' }],
      [{ pid: 4711, comm: 'my web' }],
    ]);
  });

  it('does not depend on the order of the folders', () => {
    const db = { name: 'db', texts: texts({ link: [macvlan({ address: OTHER_MAC })] }) };
    const web = { name: 'web', texts: CHILD };
    expect(snapshotOf({ others: [db, web] })).toEqual(snapshotOf({ others: [web, db] }));
  });
});

describe('whose child it is', () => {
  it('is not the host’s when its MAC is in no filter of the host', () => {
    expect(childrenOf(withLinks([macvlan({ address: OTHER_MAC })]))).toEqual([]);
  });

  it('is not the host’s when the index is none of the host’s links', () => {
    expect(childrenOf(withLinks([macvlan({ link_index: 8 })]))).toEqual([]);
  });

  it('is told by the index alone where no filter was saved, and for a link that is down', () => {
    expect(childrenOf({ fdb: unknown('skipped', 'not saved') })).toEqual(['eth0@web']);
    expect(childrenOf(withLinks([macvlan({ flags: [], address: OTHER_MAC })]))).toEqual([
      'eth0@web',
    ]);
  });

  it('is nobody’s when two namespaces would do', () => {
    const twin = macvlan({ ifindex: 3, ifname: 'eth1', link_netnsid: 4 });
    expect(childrenOf(withLinks([macvlan(), twin]))).toEqual([]);
  });

  it('does not follow links of other kinds', () => {
    const veth = ether(3, 'eth1', { link_index: 7, link_netnsid: 0 });
    const plain = texts({ link: [veth] });
    expect(childrenOf({ others: [{ name: 'web', texts: plain }] })).toEqual([]);
  });
});

describe('damage', () => {
  const MISSING = unknown('skipped', 'web/rule.json was not saved');

  it.each<[string, keyof SavedTexts, Fact<string>, RegExp]>([
    ['missing', 'rule', MISSING, /not saved/],
    ['cut', 'route', known('[{"dst":"default","ga'), /not JSON/],
    ['empty', 'addr', known(''), /addr\.json is empty/],
    ['empty', 'link', known('\n'), /link\.json is empty/],
    ['of another kind', 'neigh', known('{"error":"no"}'), /not a list/],
  ])('a text that is %s (%s) costs its own namespace and no more', (_kind, name, text, reason) => {
    const broken = { ...CHILD, [name]: text };
    const others = [
      { name: 'bad', texts: broken },
      { name: 'web', texts: CHILD },
    ];
    const snapshot = snapshotOf({ others });
    const { namespaces } = snapshot.facts;
    const value = namespaces.state === 'known' ? namespaces.value : [];
    expect(value.map(({ content }) => content.state)).toEqual([
      'known',
      text.state === 'skipped' ? 'skipped' : 'failed',
      'known',
    ]);
    expect(value[1]?.content).toMatchObject({ reason: expect.stringMatching(reason) as string });
    expect(childrenOf({ others })).toEqual(['eth0@web']);
  });

  it('of the host leaves nothing that could pass for health', () => {
    const host = { ...HOST, link: known('[{') };
    const report = judge(snapshotOf({ host }), { expectations: [], only: [], skip: [] }, 1);
    expect(report.summary).toMatchObject({ fail: 0, warn: 0, pass: 0, crashed: 0 });
    expect(report.summary.undetermined).toBeGreaterThan(0);
  });

  it('of any kind never makes a stack', () => {
    const some = fc.oneof(fc.string(), fc.json(), fc.constant(JSON.stringify([macvlan()])));
    const all = fc
      .array(some, { minLength: SAVED_TEXTS.length, maxLength: SAVED_TEXTS.length })
      .map((list) => {
        const pairs = SAVED_TEXTS.map((name, index) => [name, known(list[index] ?? '')]);
        return Object.fromEntries(pairs) as SavedTexts;
      });
    fc.assert(
      fc.property(all, all, some, fc.string(), (host, other, fdb, name) => {
        const saved = {
          host: { ...host, settings: known(fdb) },
          fdb: known(fdb),
          ntable: known(fdb),
          others: [{ name, texts: other }],
        };
        const report = judge(snapshotOf(saved), { expectations: [], only: [], skip: [] }, 1);
        expect(report.summary.crashed).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

it('reads what iproute2 printed', () => {
  const raw = (name: string): Fact<string> =>
    known(
      readFileSync(
        new URL(`../../../fixtures/raw/iproute2-6.1/${name}.json`, import.meta.url),
        'utf8',
      ),
    );
  const host: SavedTexts = {
    link: raw('links'),
    addr: raw('addresses'),
    route: raw('routes-inet'),
    route6: raw('routes-inet6'),
    rule: raw('rules-inet'),
    rule6: raw('rules-inet6'),
    neigh: raw('neighbours'),
  };
  const { namespaces, fdb } = snapshotOf({ host, fdb: raw('fdb'), others: [] }).facts;
  expect(fdb.state).toBe('known');
  const [own] = namespaces.state === 'known' ? namespaces.value : [];
  expect(own?.content.state).toBe('known');
});
