// What is read of settings, tables, counters, listeners and filters equals what other tools tell of the same namespaces.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import namespaces from '../../src/edge/gatherers/kernel/namespaces.js';
import { filters } from '../../src/edge/gatherers/inside/filters.js';
import { services } from '../../src/edge/gatherers/inside/services.js';
import neighbourTables from '../../src/edge/gatherers/kernel/neighbour-tables.js';
import traffic from '../../src/edge/gatherers/kernel/traffic.js';
import nics from '../../src/edge/gatherers/machine/nics.js';
import type { Host } from '../../src/edge/host/host.js';
import { realHost } from '../../src/edge/host/real-host.js';
import type { Netns, NetnsContent } from '../../src/model/netns.js';
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

/** As nft prints it, without what counts and what remarks. */
function dropsPrinted(): string[] {
  return inside(CHILD, 'nft', 'list', 'ruleset')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => / (?:drop|reject)$/.test(line))
    .map((line) => line.replace(/ ?counter packets \d+ bytes \d+/, ''));
}

/** One line to a statement, as nft wants it. */
const TABLE = `table inet mvdt {
  set blocked {
    type ipv4_addr
  }
  chain input {
    type filter hook input priority 0; policy drop;
    icmp type echo-request counter drop
    icmp type { echo-request, timestamp-request } drop
    tcp dport { 22, 80-90 } counter reject
    ip saddr @blocked drop
    ip saddr 10.0.0.0/8 limit rate 5/second drop
    tcp flags syn / fin,syn,rst,ack drop
    iifname "eth*" ip daddr != 192.0.2.5 drop
    numgen random mod 10 < 3 drop
    ct state invalid,new drop
    fib saddr type != local drop
    iifname "lo" accept
  }
  chain forward {
    type filter hook forward priority 0; policy accept;
  }
}
`;

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

  it('tells who listens, on which addresses others can reach', async () => {
    const script = `
      const { createServer } = require('node:net');
      const wanted = [[8080, '0.0.0.0'], [8081, '192.0.2.50'], [8082, '127.0.0.1'], [8083, '::']];
      let left = wanted.length;
      for (const [port, host] of wanted) createServer().listen(port, host, () => {
        left -= 1;
        if (left === 0) process.stdout.write('ready');
      });`;
    const argv = ['netns', 'exec', CHILD, process.execPath, '-e', script];
    const server = spawn('ip', argv, { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(server.stdout, 'data');
      const { host, facts, inode } = await gatherHere();
      const fact = (await services([inode]).gather(host, facts)).services;
      expect(valueOf(fact)).toEqual({ [inode]: { listening: [8080, 8081, 8083] } });
    } finally {
      server.kill();
      await once(server, 'close');
    }
  });

  it('tells what nftables drops as nft does', async () => {
    execFileSync('ip', ['netns', 'exec', CHILD, 'nft', '-f', '-'], { input: TABLE });
    const { host, facts, inode } = await gatherHere();
    const fact = (await filters([inode]).gather(host, facts)).filters;
    const printed = dropsPrinted();
    inside(CHILD, 'nft', 'flush', 'ruleset');
    const { dropping = [] } = valueOf(fact)[inode] ?? {};
    const [policy, ...rules] = dropping;
    expect(policy).toMatchObject({ family: 'inet', table: 'mvdt', verdict: 'policy drop' });
    expect(rules.map(({ matches, verdict }) => `${matches} ${verdict}`)).toEqual(printed);
    expect(rules[0]).toMatchObject({ hook: 'input', packets: 0 });
  });

  it.each([
    ['iptables-nft', 'xt match'],
    ['iptables-legacy', '--icmp-type 8'],
  ])('tells what %s drops', async (program, sign) => {
    const rule = ['-p', 'icmp', '--icmp-type', '8', '-m', 'comment', '--comment', 'no pings'];
    inside(CHILD, program, '-A', 'INPUT', ...rule, '-j', 'DROP');
    inside(CHILD, program, '-A', 'INPUT', '-p', 'tcp', '--dport', '80', '-j', 'REJECT');
    inside(CHILD, program, '-P', 'FORWARD', 'DROP');
    const { host, facts, inode } = await gatherHere();
    const fact = (await filters([inode]).gather(host, facts)).filters;
    const { dropping = [] } = valueOf(fact)[inode] ?? {};
    const brief = dropping.map(({ chain, hook, verdict }) => [chain, hook, verdict]);
    expect(brief).toEqual([
      ['FORWARD', 'forward', 'policy drop'],
      ['INPUT', 'input', 'drop'],
      ['INPUT', 'input', 'reject'],
    ]);
    expect(dropping[1]?.packets).toBe(0);
    expect(dropping[1]?.matches).toContain(sign);
    inside(CHILD, program, '-P', 'FORWARD', 'ACCEPT');
    inside(CHILD, program, '-F');
  });

  it('changes nothing in a namespace without a filter', async () => {
    const { host, facts, inode } = await gatherHere();
    const namesOf = () => inside(PARENT, 'cat', '/proc/net/ip_tables_names');
    const before = namesOf();
    const [own] = valueOf(facts.namespaces ?? { state: 'failed', reason: 'none' });
    const parent = { ...own, inode: 1, isHost: false, mounts: [`/run/netns/${PARENT}`] };
    const inodeOfParent = host.files.inode(`/run/netns/${PARENT}`);
    const there = { ...parent, inode: valueOf(inodeOfParent) } as Netns;
    const fact = (
      await filters([there.inode]).gather(host, { namespaces: { state: 'known', value: [there] } })
    ).filters;
    expect(valueOf(fact)).toEqual({ [there.inode]: { dropping: [] } });
    expect(namesOf()).toBe(before);
    expect(inode).not.toBe(there.inode);
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
