// Every probe against a real kernel: what answers, what stays silent, what cannot be tried, and how much is sent.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Lab } from '../../src/edge/lab/lab.js';
import type { LanPlan, Segment } from '../../src/edge/lab/plan/plan.js';
import gatewaySilent from '../../src/edge/lab/scenarios/gateway-silent.js';
import healthyBridge from '../../src/edge/lab/scenarios/healthy-bridge.js';
import healthyShim from '../../src/edge/lab/scenarios/healthy-shim.js';
import healthyVepa from '../../src/edge/lab/scenarios/healthy-vepa.js';
import shimRouteMissing from '../../src/edge/lab/scenarios/shim-route-missing.js';
import {
  isAnswered,
  isSilent,
  type Observation,
  type ProbeId,
} from '../../src/model/observation.js';
import type { Report } from '../../src/model/report.js';
import type { Snapshot } from '../../src/model/snapshot.js';
import { describeAsRoot } from '../support/root.js';
import { doctorIn, withLab, type DoctorCall } from '../support/standing-lab.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mvdt-probes-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Probed {
  readonly report: Report;
  readonly observations: readonly Observation[];
  readonly notes: readonly string[];
}

async function probe(lab: Lab, { args = [], ...call }: Partial<DoctorCall> = {}): Promise<Probed> {
  const file = path.join(folder, `${lab.plan.labId}.json`);
  const { stdout, stderr } = await doctorIn(lab.plan.hostNetns, {
    args: ['run', '--json', '--save', file, ...args],
    ...call,
  });
  expect(stderr).not.toMatch(/ {4}at /);
  const { observations, probing } = JSON.parse(readFileSync(file, 'utf8')) as Snapshot;
  const notes = probing.state === 'known' ? probing.value.notes : [];
  return { report: JSON.parse(stdout) as Report, observations, notes };
}

function segmentOf({ segments }: LanPlan): Segment {
  const [segment] = segments;
  if (segment === undefined) throw new Error('a LAN has a segment');
  return segment;
}

function addressOf(cidr: string | undefined): string {
  return cidr?.split('/')[0] ?? '';
}

function ip(netns: string, ...args: readonly string[]): string {
  return execFileSync('ip', ['-n', netns, ...args], { encoding: 'utf8' });
}

function of(observations: readonly Observation[], ...probes: readonly ProbeId[]): Observation[] {
  return observations.filter(({ probe: id }) => probes.includes(id));
}

/** `answered`, `silent` or `error`, for each of these steps. */
function outcomes(observations: readonly Observation[], ...probes: readonly ProbeId[]): string[] {
  return of(observations, ...probes).map((one) => {
    if (isAnswered(one)) return 'answered';
    return isSilent(one) ? 'silent' : `error: ${one.error ?? 'not sent'}`;
  });
}

function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}

describeAsRoot('probes in a healthy LAN', () => {
  it('hear the gateway, the siblings, and nobody else', async () => {
    await withLab(healthyBridge, { children: 3 }, async (lab) => {
      const { router, parent } = segmentOf(lab.plan);
      const { observations, report } = await probe(lab);
      const gatewayArp = of(observations, 'gateway-arp-child', 'gateway-arp-parent');
      expect(gatewayArp.map(({ replies }) => replies[0]?.mac)).toEqual(times(4, router.mac));
      const macs = gatewayArp.map(({ send }) => (send.kind === 'arp' ? send.senderMac : ''));
      expect(macs.toSorted()).toEqual(
        [parent.mac, ...parent.children.map(({ mac }) => mac)].toSorted(),
      );
      expect(outcomes(observations, 'gateway-icmp')).toEqual(times(3, 'answered'));
      expect(outcomes(observations, 'host-child-arp', 'host-child-icmp')).toEqual(
        times(6, 'silent'),
      );
      expect(outcomes(observations, 'child-host-icmp')).toEqual(times(3, 'silent'));
      expect(outcomes(observations, 'reflection')).toEqual(times(2, 'silent'));
      expect(outcomes(observations, 'free-address-arp')).toEqual(times(4, 'silent'));
      expect(report.framesSent).toBe(observations.reduce((sum, { sent }) => sum + sent, 0));
    });
  });

  it('go round the siblings in a ring', async () => {
    await withLab(healthyBridge, { children: 4 }, async (lab) => {
      const ring = of((await probe(lab)).observations, 'sibling-icmp');
      expect(ring.every((one) => isAnswered(one))).toBe(true);
      const next = new Map(ring.map(({ from, to }) => [from, to]));
      const [start = ''] = next.keys();
      const visited = [start];
      while (visited.length <= 4) visited.push(next.get(visited.at(-1) ?? '') ?? '');
      expect(new Set(visited).size).toBe(4);
      expect(visited.at(-1)).toBe(start);
    });
  });

  it('pass through the shim', async () => {
    await withLab(healthyShim, { children: 2 }, async (lab) => {
      const { observations } = await probe(lab);
      expect(outcomes(observations, 'shim-child-icmp', 'host-child-icmp')).toEqual(
        times(4, 'answered'),
      );
      expect(of(observations, 'free-address-arp')).toEqual([]);
    });
  });

  it('are bound to the shim: the host’s own route does not matter to them', async () => {
    await withLab(shimRouteMissing, { children: 2 }, async (lab) => {
      const { observations } = await probe(lab);
      expect(outcomes(observations, 'shim-child-icmp')).toEqual(times(2, 'answered'));
      expect(outcomes(observations, 'host-child-icmp')).not.toContain('answered');
    });
  });
});

describeAsRoot('what the switch and the LAN do', () => {
  it('reflection follows hairpin, and siblings in vepa follow reflection', async () => {
    await withLab(healthyVepa, { children: 2 }, async (lab) => {
      const { parent } = segmentOf(lab.plan);
      const on = (await probe(lab)).observations;
      expect(outcomes(on, 'reflection', 'sibling-icmp')).toEqual(times(4, 'answered'));
      const port = ['link', 'set', 'dev', parent.port, 'type', 'bridge_slave', 'hairpin', 'off'];
      ip(lab.plan.switchNetns, ...port);
      const off = (await probe(lab)).observations;
      expect(outcomes(off, 'reflection', 'sibling-icmp')).toEqual(times(4, 'silent'));
      expect(outcomes(off, 'gateway-icmp')).toEqual(times(2, 'answered'));
    });
  });

  it('an address that somebody has is not offered', async () => {
    await withLab(healthyBridge, { children: 2 }, async (lab) => {
      const { devices, subnet } = segmentOf(lab.plan);
      const [device] = devices;
      const free = of((await probe(lab)).observations, 'free-address-arp').map(
        ({ target }) => target,
      );
      const [taken = '', second = ''] = free;
      const cidr = `${taken}/${subnet.prefixlen.toString()}`;
      ip(device?.netns ?? '', 'addr', 'add', cidr, 'dev', device?.link ?? '');

      const { observations, report } = await probe(lab);
      const answers = of(observations, 'free-address-arp');
      expect(answers.map(({ target }) => target)).toEqual(free);
      expect(answers.map((one) => isAnswered(one))).toEqual([true, false, false, false]);
      expect(answers[0]?.replies[0]?.mac).toBe(device?.mac);
      const plans = JSON.stringify(report.results.flatMap(({ fixes }) => fixes));
      expect(plans).toContain(`${second}/32`);
      expect(plans).not.toContain(`${taken}/`);
    });
  });

  it('a neighbour that a child gave up on is asked for from the parent', async () => {
    await withLab(healthyBridge, { children: 2, seed: 5 }, async (lab) => {
      const { devices, parent, subnet } = segmentOf(lab.plan);
      const [child] = parent.children;
      const there = addressOf(devices[0]?.addresses[0]);
      // The lab keeps the last five addresses of a subnet free (draw-plan.ts).
      const size = 2 ** (32 - subnet.prefixlen);
      const last = [24, 16, 8, 0].map((bits) => ((subnet.base + size - 3) >>> bits) & 0xff);
      const nobody = last.join('.');
      for (const address of [there, nobody]) {
        const entry = ['neigh', 'replace', address, 'dev', child?.link ?? '', 'nud', 'failed'];
        ip(child?.netns ?? '', ...entry);
      }
      const asked = of((await probe(lab)).observations, 'neighbour-arp');
      const byTarget = new Map(asked.map((one) => [one.target, one]));
      expect([...byTarget.keys()].toSorted()).toEqual([there, nobody].toSorted());
      expect(byTarget.get(there)?.replies[0]?.mac).toBe(devices[0]?.mac);
      expect(isSilent(byTarget.get(nobody) as Observation)).toBe(true);
    });
  });
});

/** Packets that the link put on the wire since it was made. */
function sentBy(netns: string, ifname: string): number {
  const [link] = JSON.parse(ip(netns, '-s', '-j', 'link', 'show', 'dev', ifname)) as {
    stats64: { tx: { packets: number } };
  }[];
  return link?.stats64.tx.packets ?? 0;
}

describeAsRoot('how much is sent', () => {
  it.each([
    ['a healthy LAN', healthyBridge],
    ['a dead gateway', gatewaySilent],
  ])('is what the report says: %s', async (_name, scenario) => {
    await withLab(scenario, { children: 4 }, async (lab) => {
      const { hostNetns } = lab.plan;
      const { nic, children } = segmentOf(lab.plan).parent;
      const before = sentBy(hostNetns, nic);
      const { observations, report } = await probe(lab);
      const seen = sentBy(hostNetns, nic) - before;

      // Frames from the parent's tap leave by the parent, each of them. Echoes leave there or are switched between
      // children; for each, the kernel asks by ARP up to three times (mcast_solicit). And each end of the host
      // answers the ARP of others: once when asked by broadcast, once when its entry is confirmed.
      const frames = observations.filter(({ send }) => send.kind !== 'icmp');
      const echoes = observations.filter(({ send }) => send.kind === 'icmp');
      const least = frames.reduce((sum, { sent }) => sum + sent, 0);
      const most = report.framesSent + 3 * echoes.length + 2 * (children.length + 1);
      expect(least).toBeGreaterThan(0);
      expect(seen).toBeGreaterThanOrEqual(least);
      expect(seen).toBeLessThanOrEqual(most);
    });
  });

  it('ends before anything is sent again when all is well', async () => {
    await withLab(healthyBridge, { children: 3 }, async (lab) => {
      // Silence is believed after a quarter of a second; the second transmission would be at 15% of the window.
      const { observations } = await probe(lab, { args: ['--timeout', '10000'] });
      expect(observations.length).toBeGreaterThan(10);
      expect(observations.filter(({ sent }) => sent !== 1)).toEqual([]);
    });
  });

  it('repeats what should answer four times, and what should not twice', async () => {
    await withLab(gatewaySilent, { children: 2 }, async (lab) => {
      const { observations } = await probe(lab);
      const sent = (...probes: ProbeId[]): number[] =>
        of(observations, ...probes).map((one) => one.sent);
      expect(sent('gateway-arp-child', 'gateway-arp-parent')).toEqual(times(3, 4));
      expect(sent('gateway-icmp', 'host-child-icmp')).toEqual(times(4, 2));
      expect(sent('reflection')).toEqual([2, 2]);
      expect(sent('sibling-icmp')).toEqual([1, 1]);
    });
  });
});

/** Node's own loader, made to know no package of this name. */
function withoutPackage(name: string): string {
  const hook = `export const resolve = (specifier, context, next) => {
    if (specifier === '${name}') throw new Error('not installed');
    return next(specifier, context);
  };`;
  const file = path.join(folder, `without-${name}.mjs`);
  const url = `data:text/javascript,${encodeURIComponent(hook)}`;
  writeFileSync(
    file,
    `import { register } from 'node:module';\nregister(${JSON.stringify(url)});\n`,
  );
  return `--import=${file}`;
}

/** Which addresses may be free depends on tables that the kernel sweeps out meanwhile: only how many were asked for counts. */
function answersOf(observations: readonly Observation[]): string[] {
  return observations
    .map((one) => {
      const to = one.probe === 'free-address-arp' ? 'one that may be free' : one.to;
      return `${one.probe} ${one.from} → ${to}: ${isAnswered(one) ? 'yes' : 'no'}`;
    })
    .toSorted();
}

describeAsRoot('what cannot be tried', () => {
  it('says why without CAP_NET_RAW, and is no silence', async () => {
    await withLab(healthyBridge, { children: 2 }, async (lab) => {
      const through = ['setpriv', '--bounding-set=-net_raw'];
      const { observations, report } = await probe(lab, { through });
      expect(observations.length).toBeGreaterThan(10);
      for (const { sent, replies, error, send } of observations) {
        expect([sent, replies]).toEqual([0, []]);
        expect(error).toMatch(
          send.kind === 'icmp' ? /not permitted|root/ : /packet socket could not be opened/,
        );
      }
      expect(report.framesSent).toBe(0);
      expect(report.summary.fail).toBe(0);
      const results = report.results.filter(({ check }) => check === 'gateway-silent');
      expect(results.map(({ status }) => status)).not.toContain('pass');
    });
  });

  it.each([
    ['all is well', healthyShim],
    ['the shim has no routes', shimRouteMissing],
    ['the gateway is dead', gatewaySilent],
  ])(
    'goes through ping without raw-socket, with the same answers, when %s',
    async (_n, scenario) => {
      await withLab(scenario, { children: 2 }, async (lab) => {
        const env = { NODE_OPTIONS: withoutPackage('raw-socket') };
        const raw = await probe(lab);
        const ping = await probe(lab, { env });
        expect(raw.notes).toEqual([]);
        expect(ping.notes).toEqual([expect.stringMatching(/raw-socket is not installed.*ping/)]);
        expect(ping.report.notes).toEqual(expect.arrayContaining([...ping.notes]));
        expect(answersOf(ping.observations)).toEqual(answersOf(raw.observations));
        expect(ping.observations.filter(({ error }) => error !== undefined)).toEqual([]);
      });
    },
  );

  it('says so when there is no ping either', async () => {
    await withLab(healthyBridge, { children: 2 }, async (lab) => {
      const env = { NODE_OPTIONS: withoutPackage('raw-socket'), PATH: '/nonexistent' };
      const { observations, report } = await probe(lab, { env });
      const echoes = observations.filter(({ send }) => send.kind === 'icmp');
      expect(echoes.length).toBeGreaterThan(5);
      for (const { sent, error } of echoes) {
        expect([sent, error]).toEqual([0, expect.stringContaining('ping is not installed')]);
      }
      expect(outcomes(observations, 'gateway-arp-child')).toEqual(times(2, 'answered'));
      expect(report.summary.fail).toBe(0);
    });
  });
});
