// The commands of the fixes, run verbatim on a real kernel, and the persistent forms as their managers would run them.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import addDefaultRoute from '../../src/core/fixes/add-default-route.js';
import addShimRoute from '../../src/core/fixes/add-shim-route.js';
import hostShim from '../../src/core/fixes/host-shim.js';
import preferMainTable from '../../src/core/fixes/prefer-main-table.js';
import replaceShimAddress from '../../src/core/fixes/replace-shim-address.js';
import setAddressPrefix from '../../src/core/fixes/set-address-prefix.js';
import setChildUp from '../../src/core/fixes/set-child-up.js';
import setLinkUp from '../../src/core/fixes/set-link-up.js';
import setMacvlanMode from '../../src/core/fixes/set-macvlan-mode.js';
import setShimUp from '../../src/core/fixes/set-shim-up.js';
import type { FixPlan } from '../../src/model/fix.js';
import { aSnapshot } from '../support/a-snapshot.js';
import { describeAsRoot } from '../support/root.js';
import { linesOf, planOf } from '../core/fixes/plan.js';

const NETWORKD = '/usr/lib/systemd/systemd-networkd';
const mustRun = process.env['MACVLAN_DOCTOR_NO_SKIP'] === '1';

// host ── switch ── gateway 192.0.2.1; on the host's eth0 a macvlan child "web" at 192.0.2.50.
const id = `mvdt-${randomBytes(3).toString('hex')}`;
const [host, lan, gateway, web] = ['h', 's', 'g', 'w'].map((end) => `${id}${end}`) as [
  string,
  string,
  string,
  string,
];

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function buildLan(mode = 'bridge'): void {
  for (const name of [host, lan, gateway, web]) ip('netns', 'add', name);
  ip('-n', lan, 'link', 'add', 'br0', 'type', 'bridge');
  ip('-n', lan, 'link', 'set', 'br0', 'up');
  for (const name of [host, gateway]) {
    ip(
      '-n',
      lan,
      'link',
      'add',
      `p${name.slice(-1)}`,
      'type',
      'veth',
      'peer',
      'name',
      'eth0',
      'netns',
      name,
    );
    ip('-n', lan, 'link', 'set', `p${name.slice(-1)}`, 'master', 'br0', 'up');
    ip('-n', name, 'link', 'set', 'lo', 'up');
    ip('-n', name, 'link', 'set', 'eth0', 'up');
  }
  ip('-n', gateway, 'addr', 'add', '192.0.2.1/24', 'dev', 'eth0');
  ip('-n', host, 'addr', 'add', '192.0.2.10/24', 'dev', 'eth0');
  ip('-n', host, 'route', 'add', 'default', 'via', '192.0.2.1');
  ip('-n', host, 'link', 'add', 'mv0', 'link', 'eth0', 'type', 'macvlan', 'mode', mode);
  ip('-n', host, 'link', 'set', 'mv0', 'netns', web, 'name', 'eth0');
  ip('-n', web, 'addr', 'add', '192.0.2.50/24', 'dev', 'eth0');
  ip('-n', web, 'link', 'set', 'eth0', 'up');
  ip('-n', web, 'route', 'add', 'default', 'via', '192.0.2.1');
}

/** The same LAN as a snapshot, so that plans carry the names of this test's namespaces. */
function snapshot() {
  return aSnapshot()
    .parent('eth0', { gateway: '192.0.2.1' })
    .child('web', { mounts: [`/run/netns/${web}`] });
}
const child = `eth0@${web}`;

function sh(line: string): void {
  execFileSync('ip', ['netns', 'exec', host, 'sh', '-ec', line], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function run(steps: FixPlan['steps']): void {
  for (const line of linesOf(steps)) sh(line);
}

function ping(from: string, target: string, seconds: number): boolean {
  const args = ['netns', 'exec', from, 'ping', '-c1', `-W${seconds.toString()}`, target];
  return spawnSync('ip', args, { stdio: 'ignore' }).status === 0;
}

/** A second chance: after a silence the kernel asks by ARP only once a second, and the first packet may have to wait. */
function reaches(target: string, from = host): boolean {
  return ping(from, target, 1) || ping(from, target, 1);
}

/** One packet, and not long to wait: nobody else is on this LAN. */
function isDeafTo(target: string, from = host): boolean {
  return !ping(from, target, 0.5);
}

/** Addresses and routes of the host, for before and after. */
function stateOf(name: string): string {
  const ask = (...args: string[]) =>
    execFileSync('ip', ['-n', name, ...args], { encoding: 'utf8' });
  return [ask('-4', '-br', 'addr'), ask('route'), ask('rule')].join('\n');
}

function addShim(address: string, mode = 'bridge', state = 'up'): void {
  ip('-n', host, 'link', 'add', 'mvd-shim', 'link', 'eth0', 'type', 'macvlan', 'mode', mode);
  ip('-n', host, 'addr', 'add', address, 'dev', 'mvd-shim');
  ip('-n', host, 'link', 'set', 'mvd-shim', state);
}

describeAsRoot('fixes on a real kernel', () => {
  beforeEach(() => {
    buildLan();
  });
  afterEach(() => {
    for (const name of [host, lan, gateway, web]) spawnSync('ip', ['netns', 'del', name]);
  });

  const shimPlan = (given = snapshot().allHealthy()) =>
    planOf(hostShim.request({ parent: 'eth0', children: [child] }), given);

  it('host-shim: host and child talk, the host keeps its gateway, undo leaves nothing', () => {
    const before = stateOf(host);
    expect(isDeafTo('192.0.2.50')).toBe(true);
    const plan = shimPlan();
    run(plan.steps);
    expect(reaches('192.0.2.50')).toBe(true);
    const [, own = ''] = /addr add (\S+)\/32/.exec(linesOf(plan.steps).join('\n')) ?? [];
    expect(reaches(own, web), 'child → host').toBe(true);
    // The shim answers for its own address alone.
    expect(reaches('192.0.2.10', web)).toBe(false);
    expect(reaches('192.0.2.1')).toBe(true);
    run(plan.undo);
    expect(stateOf(host)).toBe(before);
    expect(isDeafTo('192.0.2.50')).toBe(true);
  });

  it('host-shim: routes into a shim on another parent are replaced, and undo puts them back', () => {
    ip('-n', host, 'link', 'add', 'eth1', 'type', 'veth', 'peer', 'name', 'p1', 'netns', lan);
    ip('-n', lan, 'link', 'set', 'p1', 'up');
    ip('-n', host, 'addr', 'add', '198.51.100.10/24', 'dev', 'eth1');
    ip('-n', host, 'link', 'set', 'eth1', 'up');
    ip('-n', host, 'link', 'add', 'mvd-shim', 'link', 'eth1', 'type', 'macvlan', 'mode', 'bridge');
    ip('-n', host, 'addr', 'add', '192.0.2.250/32', 'dev', 'mvd-shim');
    ip('-n', host, 'link', 'set', 'mvd-shim', 'up');
    ip('-n', host, 'route', 'add', '192.0.2.50', 'dev', 'mvd-shim');
    const given = snapshot()
      .parent('eth1', { address: '198.51.100.10/24' })
      .shim('mvd-shim', { parent: 'eth1' })
      .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' })
      .allHealthy();
    const before = stateOf(host);
    expect(isDeafTo('192.0.2.50')).toBe(true);
    const plan = shimPlan(given);
    expect(linesOf(plan.steps)).toContain('ip route replace 192.0.2.50/32 dev mvd-shim1');
    run(plan.steps);
    expect(reaches('192.0.2.50')).toBe(true);
    expect(reaches('192.0.2.1')).toBe(true);
    run(plan.undo);
    expect(stateOf(host)).toBe(before);
    expect(isDeafTo('192.0.2.50')).toBe(true);
  });

  it('its unit: the commands work, twice in a row, and stop takes everything away', () => {
    const before = stateOf(host);
    const unit =
      shimPlan().persist.find(({ manager }) => manager === 'systemd')?.files[0]?.content ?? '';
    const lines = (key: string) =>
      unit
        .split('\n')
        .flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []));
    const start = [...lines('ExecStartPre'), ...lines('ExecStart')];
    expect(start).toHaveLength(7);
    for (const line of [...start, ...start])
      sh(line.startsWith('-') ? `${line.slice(1)} || true` : line);
    expect(reaches('192.0.2.50')).toBe(true);
    expect(reaches('192.0.2.1')).toBe(true);
    for (const line of lines('ExecStop')) sh(line.replace(/^-/, ''));
    expect(stateOf(host)).toBe(before);
  });

  it('its ifupdown stanza: the lines work, twice in a row', () => {
    const given = snapshot()
      .persistent({ managers: ['ifupdown'] })
      .allHealthy();
    const stanza = shimPlan(given).persist[0]?.files[0]?.content ?? '';
    const lines = [...stanza.matchAll(/^ {4}(?:pre-up|up) (.+)$/gm)].map((match) => match[1] ?? '');
    for (const line of [...lines, ...lines]) sh(line.replace(/^ifup /, 'true '));
    expect(reaches('192.0.2.50')).toBe(true);
    expect(reaches('192.0.2.1')).toBe(true);
  });

  it.skipIf(!existsSync(NETWORKD) && !mustRun)(
    'its systemd-networkd form: networkd extends the parent and makes the shim',
    () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'mvdt-'));
      // networkd gives up root before it reads.
      chmodSync(folder, 0o755);
      const own =
        '[Match]\nName=eth0\n[Network]\nAddress=192.0.2.10/24\nGateway=192.0.2.1\nLinkLocalAddressing=no\n';
      writeFileSync(path.join(folder, '10-lan.network'), own);
      const form = shimPlan().persist.find(({ manager }) => manager === 'systemd-networkd');
      for (const file of form?.files ?? []) {
        writeFileSync(path.join(folder, path.basename(file.path)), file.content);
      }
      // networkd runs without the drop-in first, and tells which file the parent has; then again with it, as after a boot.
      const script = [
        `mount --bind ${folder} /etc/systemd/network`,
        'mount -t tmpfs none /run/systemd',
        'mkdir -p /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp',
        'chown -R systemd-network:systemd-network /run/systemd/netif',
        'mount -o remount,ro /sys',
        'ip addr flush dev eth0; ip link set eth0 down',
        `timeout 3 ${NETWORKD} & sleep 2`,
        ...linesOf(form?.commands ?? []),
        'wait',
        `timeout 5 ${NETWORKD} & sleep 4`,
        'ping -c1 -W1 192.0.2.50',
        'ping -c1 -W1 192.0.2.1',
        'wait',
      ];
      const args = ['netns', 'exec', host, 'unshare', '--mount', 'bash', '-ec', script.join('\n')];
      const { status, stderr } = spawnSync('ip', args, { encoding: 'utf8' });
      const dropIn = spawnSync('cat', [path.join(folder, '10-lan.network.d/mvd-shim.conf')]);
      rmSync(folder, { recursive: true });
      expect(status, stderr).toBe(0);
      expect(dropIn.stdout.toString()).toBe('[Network]\nMACVLAN=mvd-shim\n');
    },
  );

  it('add-shim-route', () => {
    addShim('192.0.2.250/32');
    const before = stateOf(host);
    const plan = planOf(
      addShimRoute.request({ shim: 'mvd-shim', destinations: ['192.0.2.50/32'] }),
      snapshot().shim('mvd-shim'),
    );
    expect(isDeafTo('192.0.2.50')).toBe(true);
    run(plan.steps);
    expect(reaches('192.0.2.50')).toBe(true);
    run(plan.undo);
    expect(stateOf(host)).toBe(before);
  });

  it('replace-shim-address: the tutorial shim works, and undo brings it back as it was', () => {
    addShim('192.0.2.250/24');
    const given = snapshot().shim('mvd-shim', { address: '192.0.2.250/24' });
    const plan = planOf(
      replaceShimAddress.request({ shim: 'mvd-shim', destinations: ['192.0.2.50/32'] }),
      given,
    );
    expect(isDeafTo('192.0.2.50')).toBe(true);
    run(plan.steps);
    expect(reaches('192.0.2.50')).toBe(true);
    expect(reaches('192.0.2.1')).toBe(true);
    run(plan.undo);
    expect(stateOf(host)).toMatch(/mvd-shim@eth0\s+UP\s+192\.0\.2\.250\/24\s*\n/);
  });

  it('set-shim-up: up again, with its routes', () => {
    addShim('192.0.2.250/32', 'bridge', 'down');
    const given = snapshot().shim('mvd-shim', { up: false });
    const plan = planOf(
      setShimUp.request({ shim: 'mvd-shim', destinations: ['192.0.2.50/32'] }),
      given,
    );
    run(plan.steps);
    expect(reaches('192.0.2.50')).toBe(true);
    run(plan.undo);
    expect(isDeafTo('192.0.2.50')).toBe(true);
  });

  it('set-macvlan-mode: a vepa shim starts to work, and undo makes it deaf again', () => {
    addShim('192.0.2.250/32', 'vepa');
    ip('-n', host, 'route', 'add', '192.0.2.50', 'dev', 'mvd-shim');
    const given = snapshot().shim('mvd-shim', { mode: 'vepa' });
    const plan = planOf(
      setMacvlanMode.request({ where: { kind: 'shim', name: 'mvd-shim' }, mode: 'bridge' }),
      given,
    );
    expect(isDeafTo('192.0.2.50')).toBe(true);
    run(plan.steps);
    expect(reaches('192.0.2.50')).toBe(true);
    run(plan.undo);
    expect(isDeafTo('192.0.2.50')).toBe(true);
  });

  it("set-macvlan-mode: in a child's namespace", () => {
    ip('-n', web, 'link', 'set', 'eth0', 'type', 'macvlan', 'mode', 'vepa');
    run(shimPlan().steps);
    expect(isDeafTo('192.0.2.50')).toBe(true);
    const given = snapshot();
    run(
      planOf(
        setMacvlanMode.request({ where: { kind: 'child', name: child }, mode: 'bridge' }),
        given,
      ).steps,
    );
    expect(reaches('192.0.2.50')).toBe(true);
  });

  it('prefer-main-table: past a VPN that claims the LAN', () => {
    run(shimPlan().steps);
    ip('-n', host, 'rule', 'add', 'priority', '5270', 'lookup', '52');
    ip('-n', host, 'route', 'add', '192.0.2.0/24', 'dev', 'eth0', 'table', '52');
    expect(isDeafTo('192.0.2.50')).toBe(true);
    const before = stateOf(host);
    const plan = planOf(
      preferMainTable.request({ destinations: ['192.0.2.50/32'], before: 5270 }),
      snapshot(),
    );
    run(plan.steps);
    expect(reaches('192.0.2.50')).toBe(true);
    run(plan.undo);
    expect(stateOf(host)).toBe(before);
  });

  it('set-link-up on the parent, set-child-up with its route, and both undone', () => {
    const given = aSnapshot()
      .parent('eth0')
      .child('web', { mounts: [`/run/netns/${web}`], up: false })
      .child('db');
    ip('-n', host, 'link', 'set', 'eth0', 'down');
    ip('-n', web, 'link', 'set', 'eth0', 'down');
    const parentUp = planOf(setLinkUp.request({ link: 'eth0' }), given);
    const childUp = planOf(setChildUp.request({ child }), given);
    run([...parentUp.steps, ...childUp.steps]);
    expect(stateOf(web)).toMatch(/default via 192\.0\.2\.1 dev eth0/);
    expect(reaches('192.0.2.1', web)).toBe(true);
    expect(stateOf(host), 'as the note says').not.toMatch(/default via/);
    run(childUp.undo);
    expect(stateOf(web)).not.toMatch(/default via/);
    run(childUp.steps);
    run(parentUp.undo);
    expect(isDeafTo('192.0.2.1', web)).toBe(true);
  });

  it("add-default-route and set-address-prefix in a child's namespace", () => {
    ip('-n', web, 'addr', 'flush', 'dev', 'eth0');
    ip('-n', web, 'addr', 'add', '192.0.2.50/26', 'dev', 'eth0');
    const given = snapshot();
    const prefix = setAddressPrefix.request({ child, address: '192.0.2.50', from: 26, to: 24 });
    run(planOf(prefix, given).steps);
    const noWayOut = aSnapshot()
      .parent('eth0')
      .child('web', { gateway: null, mounts: [`/run/netns/${web}`] });
    const route = planOf(addDefaultRoute.request({ child, gateway: '192.0.2.1' }), noWayOut);
    run(route.steps);
    expect(stateOf(web)).toMatch(/192\.0\.2\.50\/24/);
    expect(stateOf(web)).toMatch(/default via 192\.0\.2\.1 dev eth0/);
    expect(reaches('192.0.2.1', web)).toBe(true);
    run(route.undo);
    expect(stateOf(web)).not.toMatch(/default via/);
  });
});
