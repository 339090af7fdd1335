// Two owners of one address or one MAC, on a real kernel: each fault is named, and what only looks like one is not.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { Lab } from '../../src/edge/lab/lab.js';
import type { ChildPlan, LanPlan, Segment, Station } from '../../src/edge/lab/plan/plan.js';
import type { Scenario } from '../../src/edge/lab/scenario.js';
import healthyBridge from '../../src/edge/lab/scenarios/healthy-bridge.js';
import healthyPassthru from '../../src/edge/lab/scenarios/healthy-passthru.js';
import healthyShim from '../../src/edge/lab/scenarios/healthy-shim.js';
import healthyTwoParents from '../../src/edge/lab/scenarios/healthy-two-parents.js';
import healthyUnnumbered from '../../src/edge/lab/scenarios/healthy-unnumbered-parent.js';
import healthyVepa from '../../src/edge/lab/scenarios/healthy-vepa.js';
import type { Report } from '../../src/model/report.js';
import { describeAsRoot } from '../support/root.js';
import { reportIn, withLab } from '../support/standing-lab.js';

const OWNERS = new Set([
  'duplicate-ip',
  'duplicate-mac',
  'shim-address-collision',
  'ip-conflict-dhcp',
]);
const inMode = (mode: 'private' | 'vepa'): Scenario => ({
  ...healthyBridge,
  lan: { ...healthyBridge.lan, mode, children: [2, 4] },
});

function ip(netns: string, ...args: readonly string[]): string {
  return execFileSync('ip', ['-n', netns, ...args], { encoding: 'utf8', stdio: 'pipe' });
}

function segmentOf({ segments }: LanPlan, at = 0): Segment {
  const segment = segments[at];
  if (segment === undefined) throw new Error(`a LAN of this kind has ${at.toString()} segments`);
  return segment;
}

interface Cast {
  readonly host: string;
  readonly segment: Segment;
  readonly device: Station;
  readonly first: ChildPlan;
  readonly last: ChildPlan;
}

function castOf({ plan }: Lab): Cast {
  const segment = segmentOf(plan);
  const [device] = segment.devices;
  const { children } = segment.parent;
  const [first, last] = [children[0], children.at(-1)];
  if (device === undefined || first === undefined || last === undefined)
    throw new Error('a LAN has a device and children');
  return { host: plan.hostNetns, segment, device, first, last };
}

const cidrOf = ({ addresses }: { readonly addresses: readonly string[] }): string =>
  addresses[0] ?? '';
const bare = (cidr: string): string => cidr.split('/')[0] ?? '';

/** The one gets the address of the other instead of its own. */
function takeOver(owner: ChildPlan, { netns, link, gateway }: ChildPlan): void {
  ip(netns, 'address', 'flush', 'dev', link);
  ip(netns, 'address', 'add', cidrOf(owner), 'dev', link);
  ip(netns, 'route', 'add', 'default', 'via', gateway);
}

/** What the checks of owners say, worst first: `fail duplicate-ip lan`. */
function said({ results }: Report): string[] {
  return results
    .filter(({ check, status }) => OWNERS.has(check) && status !== 'pass')
    .filter(({ status }) => status !== 'not-applicable')
    .map(({ status, check, code, reason }) => `${status} ${check} ${code ?? reason ?? ''}`);
}

async function see(lab: Lab): Promise<string[]> {
  return said(await reportIn(lab.plan.hostNetns));
}

/** The kernel's one ARP table is no lab's own: other labs on this machine fill it as well. */
function headlines({ results }: Report): string[] {
  return results
    .filter(({ status }) => status === 'fail' || status === 'warn')
    .filter(({ check }) => check !== 'neighbour-table-full')
    .map(({ status, check, code }) => `${status} ${check} ${code ?? ''}`);
}

/** Quiet before; after, nothing else than the fault is new. */
async function injected(
  scenario: Scenario,
  choice: { readonly seed: number; readonly children?: number },
  fault: (cast: Cast, lab: Lab) => void,
): Promise<Report> {
  return withLab(scenario, choice, async (lab) => {
    const before = await reportIn(lab.plan.hostNetns);
    expect(said(before)).toEqual([]);
    fault(castOf(lab), lab);
    const after = await reportIn(lab.plan.hostNetns);
    const known = new Set(headlines(before));
    const news = headlines(after).filter((line) => !known.has(line));
    expect(news.filter((line) => !said(after).includes(line))).toEqual([]);
    return after;
  });
}

const textOf = (report: Report): string => JSON.stringify(report.results);

describeAsRoot('an address with two owners', () => {
  it.each<[string, Scenario, number | undefined]>([
    ['bridge', healthyBridge, 3],
    ['private', inMode('private'), 2],
    ['vepa', inMode('vepa'), 4],
    ['vepa behind a reflecting switch', healthyVepa, 2],
    ['passthru', healthyPassthru, undefined],
    ['bridge on a parent without an address', healthyUnnumbered, 6],
  ])('a device on the LAN: %s', async (name, scenario, children) => {
    const choice = { seed: 11 + name.length, ...(children === undefined ? {} : { children }) };
    let mac = '';
    const report = await injected(scenario, choice, ({ device, last }) => {
      mac = device.mac;
      ip(device.netns, 'address', 'add', cidrOf(last), 'dev', device.link);
    });
    expect(said(report)).toEqual(['fail duplicate-ip lan']);
    expect(textOf(report)).toContain(mac);
  });

  it.each<[string, Scenario]>([
    ['bridge', healthyBridge],
    ['private', inMode('private')],
    ['vepa', inMode('vepa')],
  ])('two siblings, which the wire shows to nobody: %s', async (name, scenario) => {
    const choice = { seed: 40 + name.length, children: 3 };
    const report = await injected(scenario, choice, ({ first, last }) => {
      ip(last.netns, 'address', 'add', cidrOf(first), 'dev', last.link);
    });
    expect(said(report)).toEqual(['fail duplicate-ip siblings']);
  });

  it('a child and its host', async () => {
    const report = await injected(healthyBridge, { seed: 50, children: 2 }, (cast) => {
      const [own = ''] = cast.segment.parent.addresses;
      ip(cast.first.netns, 'address', 'add', own, 'dev', cast.first.link);
    });
    expect(said(report)).toEqual(['fail duplicate-ip host']);
  });

  it('a child and another link of its host, which answers for that one too', async () => {
    const report = await injected(healthyUnnumbered, { seed: 51, children: 2 }, (cast) => {
      ip(cast.host, 'link', 'add', 'br9', 'type', 'bridge');
      ip(cast.host, 'address', 'add', `${bare(cidrOf(cast.first))}/32`, 'dev', 'br9');
      ip(cast.host, 'link', 'set', 'br9', 'up');
    });
    expect(said(report)).toEqual(['fail duplicate-ip host']);
  });

  it('children of two parents on one LAN', async () => {
    await withLab(healthyTwoParents, { seed: 60, children: 2 }, async (lab) => {
      const { first, segment } = castOf(lab);
      const other = segmentOf(lab.plan, 1);
      const [cam] = other.parent.children;
      if (cam === undefined) throw new Error('the second parent has children');
      ip(cam.netns, 'address', 'add', cidrOf(first), 'dev', cam.link);
      // Two LANs may have one private subnet each.
      expect(await see(lab)).toEqual([]);
      const join = ['link', 'set', 'dev', other.parent.port, 'master', segment.name];
      ip(lab.plan.switchNetns, ...join);
      expect(await see(lab)).toEqual(['fail duplicate-ip siblings']);
    });
  });

  it('the command that is offered ends it', async () => {
    await withLab(healthyBridge, { seed: 61, children: 3 }, async (lab) => {
      const { first, last } = castOf(lab);
      takeOver(first, last);
      const { results } = await reportIn(lab.plan.hostNetns);
      const fix = results.find(({ check }) => check === 'duplicate-ip')?.fixes?.[0];
      expect(fix?.id).toBe('set-child-address');
      for (const command of fix?.commands ?? []) execFileSync('sh', ['-ec', command]);
      expect(await see(lab)).toEqual([]);
      expect(ip(last.netns, 'route') + ip(first.netns, 'route')).toMatch(
        /(default via .*\n[^]*){2}/,
      );
    });
  });
});

describeAsRoot('the address of a shim', () => {
  const shimAddress = (host: string): string =>
    /inet (\S+)\/32/.exec(ip(host, '-o', '-4', 'address', 'show', 'type', 'macvlan'))?.[1] ?? '';

  it.each([
    ['lan', 3],
    ['child', 2],
  ] as const)('has a second owner: %s', async (code, children) => {
    const choice = { seed: 70 + children, children };
    const report = await injected(healthyShim, choice, ({ host, device, last }) => {
      const owner = code === 'lan' ? device : last;
      ip(owner.netns, 'address', 'add', `${shimAddress(host)}/24`, 'dev', owner.link);
    });
    expect(said(report)).toEqual([`fail shim-address-collision ${code}`]);
    const found = report.results.find(({ check }) => check === 'shim-address-collision');
    expect(found?.fixes?.map(({ id }) => id)).toEqual(['move-shim-address']);
  });
});

describeAsRoot('a MAC with two owners', () => {
  it('a device on the LAN, which the host has met', async () => {
    const report = await injected(healthyBridge, { seed: 80, children: 3 }, (cast) => {
      const { device, first, host, segment } = cast;
      ip(device.netns, 'link', 'set', 'dev', device.link, 'address', first.mac);
      const met = ['lladdr', first.mac, 'dev', segment.parent.parent, 'nud', 'stale'];
      ip(host, 'neigh', 'replace', bare(cidrOf(device)), ...met);
    });
    expect(said(report)).toEqual(['fail duplicate-mac lan']);
  });

  it('the whole child on another host', async () => {
    const report = await injected(healthyBridge, { seed: 81, children: 2 }, ({ device, first }) => {
      ip(device.netns, 'link', 'set', 'dev', device.link, 'address', first.mac);
      ip(device.netns, 'address', 'add', cidrOf(first), 'dev', device.link);
    });
    expect(said(report)).toEqual(['fail duplicate-mac copy']);
  });

  it('a sibling, which the kernel does not let up; the command that is offered ends it', async () => {
    await withLab(healthyBridge, { seed: 82, children: 4 }, async (lab) => {
      const { first, last, host, segment } = castOf(lab);
      // The kernel makes such a link, and refuses to bring it up.
      ip(last.netns, 'link', 'del', 'dev', last.link);
      const made = ['link', 'add', 'link', segment.parent.parent, 'name', 'mv-twin'];
      ip(host, ...made, 'address', first.mac, 'type', 'macvlan', 'mode', 'bridge');
      ip(host, 'link', 'set', 'mv-twin', 'netns', last.netns, 'name', last.link);
      ip(last.netns, 'address', 'add', cidrOf(last), 'dev', last.link);
      expect(() => ip(last.netns, 'link', 'set', 'dev', last.link, 'up')).toThrow(/in use/);
      const report = await reportIn(lab.plan.hostNetns);
      expect(said(report)).toEqual(['fail duplicate-mac refused']);
      const down = report.results.find(({ check }) => check === 'child-down');
      expect(down).toMatchObject({ status: 'suppressed', suppressedBy: 'duplicate-mac' });
      const found = report.results.find(({ check }) => check === 'duplicate-mac');
      for (const command of found?.fixes?.[0]?.commands ?? []) execFileSync('sh', ['-ec', command]);
      expect(await see(lab)).toEqual([]);
    });
  });
});

describeAsRoot('what only looks like a second owner', () => {
  it.each([
    ['children alone', healthyBridge, 91],
    ['children and a shim', healthyShim, 92],
  ] as const)('a machine that answers for everything: %s', async (_name, scenario, seed) => {
    await withLab(scenario, { seed, children: 3 }, async (lab) => {
      const { device, segment } = castOf(lab);
      const { base, prefixlen } = segment.subnet;
      const subnet = [24, 16, 8, 0].map((shift) => ((base >>> shift) & 255).toString()).join('.');
      // Its stack takes the whole subnet for its own, ARP probes included.
      const all = [`${subnet}/${prefixlen.toString()}`, 'dev', 'lo', 'table', 'local'];
      ip(device.netns, 'route', 'add', 'local', ...all);
      expect(await see(lab)).toEqual([]);
    });
  });

  it('a Linux router that answers for its whole LAN (proxy_arp_pvlan)', async () => {
    await withLab(healthyBridge, { seed: 95, children: 2 }, async (lab) => {
      const { device, segment } = castOf(lab);
      ip(device.netns, 'route', 'add', 'default', 'via', bare(cidrOf(segment.router)));
      for (const name of [`conf.${device.link}.proxy_arp_pvlan`, 'ip_forward'])
        execFileSync('ip', ['netns', 'exec', device.netns, 'sysctl', '-qw', `net.ipv4.${name}=1`]);
      const lines = await see(lab);
      expect(lines.filter((line) => !line.startsWith('undetermined'))).toEqual([]);
    });
  });

  it.each([
    ['the host asks', healthyBridge, 96],
    ['a child asks, for the parent has no address', healthyUnnumbered, 97],
  ] as const)('a router with two links into one LAN: %s', async (_name, scenario, seed) => {
    await withLab(scenario, { seed, children: 2 }, async (lab) => {
      const { router, name } = castOf(lab).segment;
      const far = ['peer', 'name', 'second', 'netns', router.netns];
      ip(lab.plan.switchNetns, 'link', 'add', 'to-second', 'type', 'veth', ...far);
      ip(lab.plan.switchNetns, 'link', 'set', 'to-second', 'master', name, 'up');
      ip(router.netns, 'link', 'set', 'second', 'up');
      const report = await reportIn(lab.plan.hostNetns);
      const verdicts = report.results.filter(({ check }) => check === 'gateway-contested');
      expect([...said(report), ...verdicts.map(({ status }) => status)]).toEqual(['pass']);
      // Both of its links did answer.
      expect(report.reachability.filter(({ probe }) => probe === 'gateway-rival')).toHaveLength(2);
    });
  });

  it('secondary addresses, and a child on two networks', async () => {
    await withLab(healthyTwoParents, { seed: 93, children: 2 }, async (lab) => {
      const { first, host } = castOf(lab);
      const second = segmentOf(lab.plan, 1).parent;
      for (const [at, { netns, link }] of segmentOf(lab.plan).parent.children.entries())
        ip(netns, 'address', 'add', `198.18.0.${(at + 5).toString()}/24`, 'dev', link);
      const make = ['link', 'add', 'link', second.parent, 'name', 'mv-two', 'type', 'macvlan'];
      ip(host, ...make, 'mode', 'bridge');
      ip(host, 'link', 'set', 'mv-two', 'netns', first.netns);
      ip(first.netns, 'address', 'add', '198.18.1.5/24', 'dev', 'mv-two');
      ip(first.netns, 'link', 'set', 'mv-two', 'up');
      expect(await see(lab)).toEqual([]);
      // Both networks on one LAN: the namespace answers for each address by each link.
      const join = ['link', 'set', 'dev', second.port, 'master', segmentOf(lab.plan).name];
      ip(lab.plan.switchNetns, ...join);
      expect(await see(lab)).toEqual([]);
    });
  });

  it('a device that had the address, and is gone', async () => {
    await withLab(healthyBridge, { seed: 94, children: 5 }, async (lab) => {
      const { device, first, host, segment } = castOf(lab);
      const stale = ['lladdr', device.mac, 'dev', segment.parent.parent, 'nud', 'stale'];
      ip(host, 'neigh', 'replace', bare(cidrOf(first)), ...stale);
      const own = ['lladdr', first.mac, 'dev', segment.parent.parent, 'nud', 'stale'];
      const [subnet] = /^\d+\.\d+\.\d+/.exec(cidrOf(first)) ?? [''];
      ip(host, 'neigh', 'replace', `${subnet}.199`, ...own);
      expect(await see(lab)).toEqual([]);
    });
  });
});
