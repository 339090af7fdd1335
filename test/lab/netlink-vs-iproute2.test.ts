// What we read over rtnetlink equals what iproute2 prints, in namespaces with a bit of everything.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  parseBridgeFdb,
  parseIpAddresses,
  parseIpLinks,
  parseIpNeighbours,
  parseIpRoutes,
  parseIpRules,
} from '../../src/core/parse/ip-json.js';
import { fdbRequest, parseFdb } from '../../src/core/parse/rtnetlink/fdb.js';
import { linkNames } from '../../src/core/parse/rtnetlink/link.js';
import {
  firstRequests,
  parseFirst,
  parseRest,
  restRequests,
} from '../../src/core/parse/rtnetlink/netns-content.js';
import namespaces from '../../src/edge/gatherers/kernel/namespaces.js';
import neighboursAfter from '../../src/edge/gatherers/kernel/neighbours-after.js';
import routeLookups from '../../src/edge/gatherers/kernel/route-lookups.js';
import fdb from '../../src/edge/gatherers/kernel/fdb.js';
import wireless from '../../src/edge/gatherers/kernel/wireless.js';
import { fileDoor } from '../../src/edge/host/files.js';
import type { Host } from '../../src/edge/host/host.js';
import { createNetlinkDoor } from '../../src/edge/host/netlink.js';
import { close, open } from '../../src/edge/host/syscalls.js';
import type { Fact } from '../../src/model/fact.js';
import type { Netns } from '../../src/model/netns.js';
import { sortRoutes } from '../../src/core/parse/rtnetlink/route.js';

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
const mustRun = process.env['MACVLAN_DOCTOR_NO_SKIP'] === '1';

const prefix = `mvdt-${randomBytes(4).toString('hex')}`;
const HOST = `${prefix}-host`;
const CHILD = `${prefix}-child`;
const SWITCH = `${prefix}-switch`;
const ALL = [HOST, CHILD, SWITCH];

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

/** One `ip` command per line, in the namespace. */
function inside(netns: string, script: string): void {
  const lines = script.split('\n').map((line) => line.trim());
  for (const line of lines.filter((text) => text !== ''))
    run('ip', '-n', netns, ...line.split(' '));
}

function pathOf(netns: string): string {
  return `/run/netns/${netns}`;
}

function valueOf<T>(fact: Fact<T>): T {
  if (fact.state !== 'known') throw new Error(fact.reason);
  return fact.value;
}

function buildHost(): void {
  inside(
    HOST,
    `
    link set lo up
    link add p0 type veth peer name sw0 netns ${SWITCH}
    link add p1 type veth peer name sw1 netns ${SWITCH}
    link add in0 type veth peer name in1
    link property add dev p0 altname parent-of-all
    link set p0 up
    link set p1 up
    link set in0 up
    addr add 192.0.2.1/24 brd + dev p0
    addr add 192.0.2.11/24 dev p0
    addr add 198.51.100.1 peer 198.51.100.2/32 dev in0 label in0:peer
    addr add 2001:db8:1::1/64 dev p0 noprefixroute
    addr add 203.0.113.77/24 dev p0 valid_lft 3000 preferred_lft 2000
    link add mb link p0 type macvlan mode bridge
    link add mp link p0 type macvlan mode private
    link add mv link p0 type macvlan mode vepa
    link add ms link p0 type macvlan mode source
    link set ms type macvlan macaddr add 02:00:00:00:00:01
    link add mt link p0 type macvtap mode bridge
    link add mpt link p1 type macvlan mode passthru nopromisc
    link add shim link p0 type macvlan mode bridge
    link set shim up
    link set mb netns ${CHILD}
    link set mv netns ${CHILD}
    link add br0 type bridge
    link set in1 master br0
    link set in1 promisc on
    link set br0 up
    link set mp allmulticast on
    addr add 203.0.113.1/32 dev shim
    route add 10.8.0.0/16 nexthop via 192.0.2.2 weight 1 nexthop via 192.0.2.3 dev p0 weight 3 onlink
    route add blackhole 10.9.0.0/16
    route add unreachable 10.10.0.0/16 metric 7
    route add prohibit 10.11.0.1
    route add throw 10.12.0.0/16 table 100
    route add default via 192.0.2.254 proto dhcp src 192.0.2.1 metric 100
    route add 10.13.0.0/16 via 203.0.114.1 dev p0 onlink table 100 proto static
    route add 203.0.113.5/32 dev shim scope link
    route add 10.14.0.0/16 via 192.0.2.9 table 1000 proto 77
    route add 10.15.0.0/16 via inet6 fe80::1 dev p0
    -6 route add 2001:db8:2::/64 via 2001:db8:1::2 dev p0 onlink metric 5
    -6 route add unreachable 2001:db8:9::/64
    -6 route add 2001:db8:3::/64 nexthop via fe80::1 dev p0 nexthop via fe80::2 dev p0
    -6 route add default via fe80::1 dev p0 proto ra
    -6 route add 2001:db8:4::1 dev p0
    rule add from 192.0.2.0/24 fwmark 0x10/0xff iif p0 table 100 pref 50
    rule add to 198.51.100.1 oif p0 prohibit pref 51
    rule add from 10.0.0.1 fwmark 5 lookup 1000 pref 52
    rule add pref 53 goto 32766
    rule add pref 54 nop
    -6 rule add from 2001:db8:7::/48 lookup 100 pref 60
    neigh add 192.0.2.8 lladdr 02:00:00:00:00:08 dev p0 nud stale
    neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev p0 nud permanent
    neigh add 192.0.2.10 lladdr 02:00:00:00:00:0a dev p0 nud noarp
    neigh add 192.0.2.12 lladdr 02:00:00:00:00:0c dev p0 nud reachable
    neigh add 192.0.2.13 dev p0 nud failed
    neigh add proxy 192.0.2.14 dev p0
    neigh add 2001:db8:1::8 lladdr 02:00:00:00:00:08 dev p0 nud stale router
  `,
  );
}

function buildChild(): void {
  inside(
    CHILD,
    `
    link set lo up
    link set mb name eth0
    link set eth0 up
    addr add 203.0.113.5/24 dev eth0
    addr add 203.0.113.6/24 dev mv
    link add gone0 type veth peer name gone1 netns ${SWITCH}
    link set gone0 up
    route add default via 203.0.113.254
    neigh add 203.0.113.254 lladdr 02:00:00:00:00:fe dev eth0 nud stale
  `,
  );
  inside(SWITCH, 'link set sw0 up');
}

const door = createNetlinkDoor();

function ours(netns: string) {
  const path = pathOf(netns);
  const first = door.withHostNetnsFd((fd) =>
    parseFirst(valueOf(door.ask(path, firstRequests(fd)))),
  );
  if ('errno' in first) throw new Error('links were refused');
  const rest = parseRest(valueOf(door.ask(path, restRequests())), first.links);
  const entries = valueOf(door.ask(path, [fdbRequest()]))[0] ?? [];
  return { links: first.links, ...rest, fdb: parseFdb(entries, linkNames(first.links)) };
}

function theirs(netns: string) {
  const ip = (...args: string[]): string => run('ip', '-n', netns, '-d', '-j', ...args);
  const routes = (family: '-4' | '-6'): string => ip(family, 'route', 'show', 'table', 'all');
  return {
    links: valueOf(parseIpLinks(ip('link'))),
    addresses: valueOf(parseIpAddresses(ip('addr'))),
    routes: sortRoutes([
      ...valueOf(parseIpRoutes(routes('-4'))),
      ...valueOf(parseIpRoutes(routes('-6'), 'inet6')),
    ]),
    rules: [
      ...valueOf(parseIpRules(ip('rule'))),
      ...valueOf(parseIpRules(ip('-6', 'rule'), 'inet6')),
    ],
    neighbours: valueOf(parseIpNeighbours(ip('neigh'))),
    fdb: valueOf(parseBridgeFdb(run('bridge', '-n', netns, '-j', 'fdb'))),
  };
}

/** The machine as a doctor would see it that was started in the namespace HOST. */
function asSeenFromHost(): Host {
  const here = pathOf(HOST);
  return {
    os: 'linux',
    files: {
      ...fileDoor,
      inode: (path) => fileDoor.inode(path === '/proc/self/ns/net' ? here : path),
    },
    netlink: {
      ...door,
      ask: (path, requests) => door.ask(path ?? here, requests),
      withHostNetnsFd: (act) => {
        const fd = open(here);
        try {
          return act(fd);
        } finally {
          close(fd);
        }
      },
    },
  } as Host;
}

describe.skipIf(!isRoot && !mustRun)('rtnetlink and iproute2 (needs root)', () => {
  beforeAll(() => {
    for (const netns of ALL) run('ip', 'netns', 'add', netns);
    buildHost();
    buildChild();
  });

  afterAll(() => {
    for (const netns of ALL) {
      try {
        run('ip', 'netns', 'del', netns);
      } catch {
        // It was not made.
      }
    }
  });

  it.each([HOST, CHILD, SWITCH])('tell the same of %s', async (netns) => {
    // Duplicate address detection ends and neighbours age between the two looks.
    await vi.waitFor(
      () => {
        expect(ours(netns)).toStrictEqual(theirs(netns));
      },
      { timeout: 10_000, interval: 300 },
    );
  });

  it('sees every mode, flag and state that the lab has', () => {
    const { links, neighbours, routes } = ours(HOST);
    const data = new Map(links.map((link) => [link.ifname, link.linkinfo?.info_data]));
    expect(data.get('mp')).toEqual({ mode: 'private', flags: [] });
    expect(data.get('ms')).toEqual({ mode: 'source', flags: [], macaddr_count: 1 });
    expect(data.get('mt')).toEqual({ mode: 'bridge', flags: [] });
    expect(data.get('mpt')).toEqual({ mode: 'passthru', flags: ['nopromisc'] });
    expect(links.find((link) => link.ifname === 'in1')).toMatchObject({
      master: 'br0',
      linkinfo: { info_kind: 'veth', info_slave_kind: 'bridge' },
    });
    expect(neighbours.map(({ dst, state }) => [dst, ...state])).toEqual(
      expect.arrayContaining([
        ['192.0.2.8', 'STALE'],
        ['192.0.2.9', 'PERMANENT'],
        ['192.0.2.13', 'FAILED'],
      ]),
    );
    expect(routes.find(({ dst }) => dst === '10.8.0.0/16')?.nexthops).toEqual([
      { gateway: '192.0.2.2', dev: 'p0', flags: [] },
      { gateway: '192.0.2.3', dev: 'p0', flags: ['onlink'] },
    ]);
    expect(routes.find(({ dst }) => dst === '10.15.0.0/16')?.gateway).toBe('fe80::1');
    expect(routes.length).toBeGreaterThan(30);
  });

  it('gathers what a doctor in the host namespace needs', async () => {
    const host = asSeenFromHost();
    const { namespaces: fact } = await namespaces.gather(host, {});
    const found = valueOf(fact);
    const named = (name: string): Netns => {
      const netns = found.find(({ mounts }) => mounts.includes(pathOf(name)));
      if (!netns) throw new Error(`${name} was not found`);
      return netns;
    };
    const [first] = found;
    expect(first).toMatchObject({ isHost: true, mounts: [pathOf(HOST)] });
    const child = valueOf(named(CHILD).content);
    expect(child.hostNsid).not.toBeNull();
    expect(child.links.find(({ ifname }) => ifname === 'eth0')).toMatchObject({
      link_netnsid: child.hostNsid,
    });
    expect(child.routes.map(({ dst }) => dst)).toContain('default');
    expect(found.some(({ mounts }) => mounts.includes(pathOf(SWITCH)))).toBe(false);

    const { routeLookups: lookups } = await routeLookups.gather(host, { namespaces: fact });
    expect(valueOf(lookups)).toContainEqual({
      dst: '203.0.113.5',
      dev: 'shim',
      prefsrc: '203.0.113.1',
      table: 'main',
      type: 'unicast',
    });
    const { neighboursAfter: after } = await neighboursAfter.gather(host, { namespaces: fact });
    expect(Object.keys(valueOf(after))).toEqual(
      expect.arrayContaining([HOST, CHILD].map((name) => String(named(name).inode))),
    );
    const { fdb: filter } = await fdb.gather(host, {});
    const mac = child.links.find(({ ifname }) => ifname === 'eth0')?.address;
    expect(valueOf(filter)).toContainEqual({
      mac,
      ifname: 'p0',
      flags: ['self'],
      state: 'permanent',
    });
    expect(valueOf((await wireless.gather(host, {})).wireless)).toEqual(expect.any(Array));
  });

  it('says that a namespace has vanished, or is none', () => {
    expect(door.ask(pathOf(`${prefix}-none`), [])).toEqual({
      state: 'failed',
      reason: 'the network namespace has vanished',
    });
    expect(door.ask('/etc/hostname', [])).toMatchObject({ state: 'failed' });
    expect(valueOf(door.ask(null, firstRequests(0)))).toHaveLength(2);
  });
});
