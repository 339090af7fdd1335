// What is read of settings, tables, counters, listeners and filters equals what other tools tell of the same namespaces.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import namespaces from '../../src/edge/gatherers/kernel/namespaces.js';
import neighbourTables from '../../src/edge/gatherers/kernel/neighbour-tables.js';
import traffic from '../../src/edge/gatherers/kernel/traffic.js';
import nics from '../../src/edge/gatherers/machine/nics.js';
import type { Host } from '../../src/edge/host/host.js';
import { realHost } from '../../src/edge/host/real-host.js';
import type { NetnsContent } from '../../src/model/netns.js';
import type { Facts } from '../../src/model/snapshot.js';
import { valueOf } from '../support/netlink-bytes.js';
import { describeAsRoot } from '../support/root.js';

const prefix = `mvdt-${randomBytes(4).toString('hex')}`;
const PARENT = `${prefix}-parent`;
const CHILD = `${prefix}-child`;
const SETTINGS = [
  'rp_filter',
  'arp_ignore',
  'arp_announce',
  'arp_filter',
  'proxy_arp',
  'forwarding',
] as const;

function inside(netns: string, ...argv: readonly string[]): string {
  return execFileSync('ip', ['netns', 'exec', netns, ...argv], { encoding: 'utf8' });
}

function ip(...argv: readonly string[]): void {
  execFileSync('ip', argv);
}

function build(): void {
  for (const netns of [PARENT, CHILD]) ip('netns', 'add', netns);
  ip('-n', PARENT, 'link', 'add', 'p0', 'type', 'veth', 'peer', 'name', 'p1');
  ip('-n', PARENT, 'link', 'add', 'eth0', 'link', 'p0', 'type', 'macvlan', 'mode', 'bridge');
  ip('-n', PARENT, 'link', 'set', 'eth0', 'netns', CHILD);
  ip('-n', CHILD, 'link', 'set', 'lo', 'up');
  ip('-n', CHILD, 'addr', 'add', '192.0.2.50/24', 'dev', 'eth0');
  ip('-n', CHILD, 'link', 'set', 'eth0', 'up');
}

async function gatherHere(): Promise<{ host: Host; facts: Partial<Facts>; inode: number }> {
  const host = realHost();
  const facts = await namespaces.gather(host, {});
  const netns = valueOf(facts.namespaces).find(({ mounts }) =>
    mounts.includes(`/run/netns/${CHILD}`),
  );
  return { host, facts, inode: netns?.inode ?? 0 };
}

function contentOf({ namespaces: fact }: Partial<Facts>, inode: number): NetnsContent {
  const netns = fact && valueOf(fact).find((one) => one.inode === inode);
  if (!netns) throw new Error('the namespace was not found');
  return valueOf(netns.content);
}

function settingOf(link: string, name: string): number {
  return Number(inside(CHILD, 'cat', `/proc/sys/net/ipv4/conf/${link}/${name}`));
}

describeAsRoot('facts of the kernel', () => {
  beforeAll(build);
  afterAll(() => {
    for (const netns of [PARENT, CHILD]) {
      try {
        ip('netns', 'del', netns);
      } catch {
        // It was not made.
      }
    }
  });

  it('tells the IPv4 settings of another namespace as /proc does inside it', async () => {
    // Each setting another value, so that no two can be taken for each other.
    const values = ['2', '1', '2', '1', '0', '0'];
    for (const [link, shift] of [
      ['all', 0],
      ['eth0', 1],
    ] as const) {
      for (const [index, name] of SETTINGS.entries()) {
        const value = values[(index + shift) % values.length] ?? '0';
        const path = `/proc/sys/net/ipv4/conf/${link}/${name}`;
        inside(CHILD, 'sh', '-c', 'echo "$1" > "$2"', 'set', value, path);
      }
    }
    inside(CHILD, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/icmp_echo_ignore_all');
    const { facts, inode } = await gatherHere();
    const { ipv4 } = contentOf(facts, inode);
    for (const name of SETTINGS) {
      expect([name, ipv4?.all[name]]).toEqual([name, settingOf('all', name)]);
      expect([name, ipv4?.links['eth0']?.[name]]).toEqual([name, settingOf('eth0', name)]);
    }
    expect(ipv4?.ignoresEcho).toBe(true);
    expect(new Set(SETTINGS.map((name) => ipv4?.all[name]))).not.toEqual(new Set([0]));
    const [own] = valueOf(facts.namespaces ?? { state: 'failed', reason: 'none' });
    expect(own && valueOf(own.content).ipv4?.ignoresEcho).toBe(false);
  });

  it('tells the ARP table as ip-ntable does', async () => {
    const told = JSON.parse(
      execFileSync('ip', ['-s', '-j', 'ntable', 'show', 'name', 'arp_cache'], { encoding: 'utf8' }),
    ) as readonly Readonly<Record<string, number | string>>[];
    const table = told.find(({ family, thresh3 }) => family === 'inet' && thresh3 !== undefined);
    const { neighbourTable } = await neighbourTables.gather(realHost(), {});
    const seen = valueOf(neighbourTable);
    expect(seen.gcThresh3).toBe(table?.['thresh3']);
    expect(seen.tableFulls).toBeGreaterThanOrEqual(Number(table?.['table_fulls']));
    expect(seen.entries).toBeLessThanOrEqual(seen.gcThresh3);
  });

  it('tells drivers and counters of the links of its own namespace', async () => {
    const { host, facts } = await gatherHere();
    const drivers = valueOf((await nics.gather(host, facts)).nics);
    const counters = valueOf((await traffic.gather(host, facts)).traffic);
    expect(Object.keys(counters)).toEqual(expect.arrayContaining(Object.keys(drivers)));
    for (const [ifname, { rxPackets }] of Object.entries(counters)) {
      const path = `/sys/class/net/${ifname}/statistics/rx_packets`;
      expect(Number(readFileSync(path, 'utf8'))).toBeGreaterThanOrEqual(rxPackets);
    }
  });
});
