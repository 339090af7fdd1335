// Ports, names and ways out of containers on macvlan, as a real engine sets them up; what is said is tried from both sides.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult, Report } from '../../src/model/report.js';
import { BIN, findings, inHost, run, runContainer } from '../support/engine-doctor.js';
import { containerGetsNames, getsNames, withNameServer } from '../support/name-server.js';
import { cannotRunEngine, IMAGE, type RealEngine, withEngine } from '../support/real-engine.js';

let engine: RealEngine;
let letGo: () => void = () => undefined;
let over: Promise<void> | undefined;
const folder = mkdtempSync(join(tmpdir(), 'mvdt-traffic-'));
const hostNs = () => `/run/netns/${engine.netns}`;

/** The doctor where the host's resolv.conf names these servers, in a mount namespace of its own. */
async function examine(...nameservers: readonly string[]): Promise<Report> {
  const file = join(folder, 'resolv.conf');
  writeFileSync(file, nameservers.map((ip) => `nameserver ${ip}\n`).join(''));
  const script = 'mount --bind "$1" /etc/resolv.conf && exec "$2" "$3" run --json';
  const inside = ['unshare', '--mount', 'sh', '-c', script, 'sh', file, process.execPath, BIN];
  const env = { ...process.env, DOCKER_HOST: engine.endpoint, NO_COLOR: '1' };
  const options = { env, maxBuffer: 64 * 1024 * 1024 };
  const ended = await run('nsenter', [`--net=${hostNs()}`, ...inside], options).catch(
    (error: unknown) => error as { stdout: string },
  );
  return JSON.parse(ended.stdout) as Report;
}

const OURS = new Set([
  'published-ports-ignored',
  'multi-network-gateway',
  'dns-through-host',
  'internal-network',
  'default-route-missing',
]);

/** `published-ports-ignored nowhere warn container web` for each finding that is of this file's matter. */
function ours(report: Report): string[] {
  return findings(report)
    .filter(({ check, status }) => OURS.has(check) || status === 'crashed')
    .map(({ check, code = '', status, subject }) =>
      [check, code, status, subject.kind, subject.name].join(' '),
    )
    .sort();
}

function the(check: string, report: Report): CheckResult | undefined {
  return findings(report).find((one) => one.check === check);
}

/** Whether somebody takes a connection to the port, asked from the engine's host. */
async function listens(ip: string, port: number): Promise<boolean> {
  const script = `exec 3<>/dev/tcp/${ip}/${port.toString()}`;
  const inside = ['timeout', '3', 'bash', '-c', script];
  return run('nsenter', [`--net=${hostNs()}`, ...inside]).then(
    () => true,
    () => false,
  );
}

function network(name: string, ...options: readonly string[]): void {
  engine.docker('network', 'create', ...options, name);
}

function macvlan(name: string, ...options: readonly string[]): void {
  network(name, '-d', 'macvlan', '-o', 'parent=eth0', ...options);
}

function clear(): void {
  const ids = engine.docker('ps', '-aq').split('\n').filter(Boolean);
  if (ids.length > 0) engine.docker('rm', '-f', ...ids);
  engine.docker('network', 'prune', '-f');
}

const LAN = ['--subnet', '192.0.2.0/24', '--gateway', '192.0.2.1'];

describe.skipIf(cannotRunEngine)(
  'what a real engine does with traffic (needs root and dockerd)',
  () => {
    beforeAll(async () => {
      await new Promise<void>((resolve, reject) => {
        over = withEngine(async (started) => {
          engine = started;
          resolve();
          await new Promise<void>((done) => {
            letGo = done;
          });
        });
        over.catch(reject);
      });
    });
    afterEach(() => {
      clear();
    });
    afterAll(async () => {
      letGo();
      await over;
      rmSync(folder, { recursive: true, force: true });
    });

    it('published ports: dead on macvlan, and beside it alive only where the bridge has the default route', async () => {
      macvlan('lan', ...LAN, '--ip-range', '192.0.2.64/26');
      const serve = [IMAGE, '/bin/busybox', 'httpd', '-f', '-p', '80'];
      engine.docker('run', '-d', '--name', 'site', '--network', 'lan', '-p', '8080:80', ...serve);
      runContainer(engine, 'quiet', '--network', 'lan');
      expect(await listens('192.0.2.10', 8080)).toBe(false);
      const dead = await examine('192.0.2.1');
      expect(ours(dead)).toEqual(['published-ports-ignored nowhere warn container site']);
      expect(the('published-ports-ignored', dead)?.todo).toContain('192.0.2.64:80');

      network('zz-back');
      engine.docker('network', 'connect', 'zz-back', 'site');
      expect(await listens('192.0.2.10', 8080)).toBe(false);
      const beside = await examine('192.0.2.1');
      expect(ours(beside)).toEqual(['published-ports-ignored elsewhere warn container site']);
      const [address = ''] = /172\.\d+\.\d+\.\d+/u.exec(
        the('published-ports-ignored', beside)?.todo ?? '',
      ) ?? [''];
      expect(await listens(address, 80)).toBe(true);

      network('back');
      engine.docker('network', 'connect', 'back', 'site');
      expect(await listens('127.0.0.1', 8080)).toBe(true);
      // The container has a link of its own to that subnet, and answers by it, past the NAT.
      expect(await listens('192.0.2.10', 8080)).toBe(false);
      const alive = await examine('192.0.2.1');
      expect(ours(alive)).toEqual(['multi-network-gateway other warn container site']);
      const away = the('multi-network-gateway', alive);
      expect(away?.what).toContain('because back comes first by name');
      expect(away?.advice?.join(' ')).toContain('publishes ports by back now');
      clear();
    });

    it('a way out by the wrong network is mended by the printed commands, and put back', async () => {
      macvlan('office', ...LAN);
      network('backend');
      runContainer(engine, 'cam', '--network', 'office', '--ip', '192.0.2.81');
      engine.docker('network', 'connect', 'backend', 'cam');
      const routes = (): string => engine.docker('exec', 'cam', 'ip', 'route');
      const before = routes();
      expect(before).toContain('default via 172.');
      const fix = the('multi-network-gateway', await examine('192.0.2.1'))?.fixes?.[0];
      await inHost(engine, ...(fix?.commands ?? []));
      expect(routes()).toContain('default via 192.0.2.1 dev eth0');
      expect(ours(await examine('192.0.2.1'))).toEqual([]);
      await inHost(engine, ...(fix?.undo ?? []));
      expect(routes()).toBe(before);
      clear();
    });

    it('names: a server on the host is out of reach for a child, one at the router is not', async () => {
      macvlan('lan', ...LAN);
      runContainer(engine, 'web', '--network', 'lan', '--dns', '192.0.2.10');
      runContainer(engine, 'tv', '--network', 'lan', '--dns', '192.0.2.1');
      await withNameServer(hostNs(), '192.0.2.10', async () => {
        expect(await getsNames(hostNs(), '192.0.2.10')).toBe(true);
        expect(containerGetsNames(engine.docker, 'web')).toBe(false);
      });
      await withNameServer(`/run/netns/${engine.router}`, '192.0.2.1', () => {
        expect(containerGetsNames(engine.docker, 'tv')).toBe(true);
      });
      const report = await examine('192.0.2.1');
      expect(ours(report)).toEqual(['dns-through-host on-host fail child eth0@web']);
      clear();
    });

    it('names: a server in a child is out of reach for the host, until the printed commands ran', async () => {
      macvlan('things', ...LAN);
      runContainer(engine, 'hole', '--network', 'things', '--ip', '192.0.2.70');
      const pid = engine.docker('inspect', '-f', '{{.State.Pid}}', 'hole').trim();
      await withNameServer(`/proc/${pid}/ns/net`, '192.0.2.70', async () => {
        expect(await getsNames(`/run/netns/${engine.router}`, '192.0.2.70')).toBe(true);
        expect(await getsNames(hostNs(), '192.0.2.70')).toBe(false);
        const report = await examine('192.0.2.70');
        expect(ours(report)).toEqual(['dns-through-host in-child fail child eth0@hole']);
        const fix = the('dns-through-host', report)?.fixes?.[0];
        await inHost(engine, ...(fix?.commands ?? []));
        expect(await getsNames(hostNs(), '192.0.2.70')).toBe(true);
        expect(ours(await examine('192.0.2.70'))).toEqual([]);
        await inHost(engine, ...(fix?.undo ?? []));
      });
      expect(ours(await examine('192.0.2.1'))).toEqual([]);
      clear();
    });

    it('internal: on the LAN all the same, and fit beside a bridge', async () => {
      macvlan('vault', ...LAN, '--internal');
      network('apps');
      runContainer(engine, 'db', '--network', 'vault', '--ip', '192.0.2.90');
      runContainer(engine, 'app', '--network', 'apps');
      engine.docker('network', 'connect', 'vault', 'app');
      const router = ['-c', '1', '-W', '2', '192.0.2.90'];
      await run('nsenter', [`--net=/run/netns/${engine.router}`, 'ping', ...router]);
      const report = await examine('192.0.2.1');
      expect(ours(report)).toEqual(['internal-network on-lan warn network vault']);
      expect(the('internal-network', report)?.what).toContain('and db is on the LAN');
      clear();
      macvlan('vault', ...LAN);
      runContainer(engine, 'db', '--network', 'vault');
      expect(ours(await examine('192.0.2.1'))).toEqual([]);
      clear();
    });
  },
);
