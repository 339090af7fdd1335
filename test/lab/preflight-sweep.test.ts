// The LAN asked through for a network that nobody has made: who is found, how fast it is asked, and what stays behind.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  contains,
  ipv4FromNumber,
  ipv4Range,
  networkOf,
} from '../../src/core/derive/addressing/subnets.js';
import type { Lab } from '../../src/edge/lab/lab.js';
import { namespacesOf } from '../../src/edge/lab/plan/plan.js';
import healthyBridge from '../../src/edge/lab/scenarios/healthy-bridge.js';
import healthyVepa from '../../src/edge/lab/scenarios/healthy-vepa.js';
import vepaNoHairpin from '../../src/edge/lab/scenarios/vepa-no-hairpin.js';
import { valueOf } from '../../src/model/fact.js';
import type { Question, Report } from '../../src/model/report.js';
import type { Snapshot } from '../../src/model/snapshot.js';
import type { Sweep } from '../../src/model/sweep.js';
import { describeAsRoot } from '../support/root.js';
import { configurationOf, doctorIn, withLab } from '../support/standing-lab.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mvdt-sweep-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(netns: string, ...program: readonly string[]): string {
  return execFileSync('ip', ['netns', 'exec', netns, ...program], { encoding: 'utf8' });
}

/** More than 450 a second with 50 in hand is more than 500 in some second; the kernel's own clock says so, whatever waits here. */
const TOO_FAST = 'limit rate over 450/second burst 50 packets';
const PROBE = 'ether type arp arp operation request arp saddr ip 0.0.0.0';

/** The switch counts what comes in by the host's cable. */
function watch({ plan }: Lab): void {
  const port = plan.segments[0]?.parent.port ?? '';
  const lines = [
    'add table bridge witness',
    'add chain bridge witness seen { type filter hook prerouting priority -300; }',
    'add counter bridge witness probes',
    'add counter bridge witness fast',
    `add rule bridge witness seen iifname "${port}" ${PROBE} counter name probes`,
    `add rule bridge witness seen iifname "${port}" ${PROBE} ${TOO_FAST} counter name fast`,
  ];
  for (const line of lines) run(plan.switchNetns, 'nft', ...line.split(' '));
}

function witnessed({ plan }: Lab): Record<string, number> {
  const list = ['nft', '-j', 'list', 'counters', 'table', 'bridge', 'witness'];
  const { nftables } = JSON.parse(run(plan.switchNetns, ...list)) as {
    nftables: { counter?: { name: string; packets: number } }[];
  };
  run(plan.switchNetns, 'nft', 'reset', 'counters');
  return Object.fromEntries(
    nftables.flatMap(({ counter }) => (counter ? [[counter.name, counter.packets]] : [])),
  );
}

/** `namespace address MAC` of everything that anybody in the lab has learnt. */
function neighbours({ plan }: Lab): string[] {
  return namespacesOf(plan).flatMap((netns) => {
    const text = execFileSync('ip', ['-n', netns, '-j', 'neigh'], { encoding: 'utf8' });
    const entries = JSON.parse(text) as { dst: string; lladdr?: string }[];
    return entries.map(({ dst, lladdr = '' }) => `${netns} ${dst} ${lladdr}`);
  });
}

interface Seen {
  readonly report: Report;
  readonly sweep: Sweep | undefined;
  readonly snapshot: Snapshot;
}

async function preflight(lab: Lab, ...flags: readonly string[]): Promise<Seen> {
  const file = path.join(folder, `${lab.plan.labId}.json`);
  const args = ['preflight', '--json', '--save', file, ...flags];
  const { stdout, stderr } = await doctorIn(lab.plan.hostNetns, { args });
  if (stdout === '') throw new Error(stderr);
  const snapshot = JSON.parse(readFileSync(file, 'utf8')) as Snapshot;
  const [sweep] = valueOf(snapshot.facts.sweeps) ?? [];
  return { report: JSON.parse(stdout) as Report, snapshot, sweep };
}

function of(report: Report, check: string) {
  return report.results.filter((result) => result.check === check);
}

function answerTo(asked: Question, { preflight: verdict }: Report) {
  const answers = verdict?.networks.flatMap((network) => network.answers) ?? [];
  return answers.find(({ question }) => question === asked);
}

function bare(cidr = ''): string {
  return cidr.split('/')[0] ?? '';
}

/** A planned network on the lab's own LAN. */
function plannedOn({ plan }: Lab) {
  const [segment] = plan.segments;
  const [device] = segment?.devices ?? [];
  if (segment === undefined || device === undefined) throw new Error('a LAN has all of these');
  const { base, prefixlen } = segment.subnet;
  const subnet = `${ipv4FromNumber(base)}/${prefixlen.toString()}`;
  const gateway = bare(segment.router.addresses[0]);
  const flags = ['--parent', segment.parent.parent, '--subnet', subnet, '--gateway', gateway];
  const stations = [segment.router, ...segment.devices];
  const children = segment.parent.children.flatMap(({ addresses }) => addresses);
  const own = [...segment.parent.addresses, ...children].map((one) => bare(one));
  const lan = stations.flatMap(({ addresses, mac }) =>
    addresses.map((one) => ({ ip: bare(one), mac })),
  );
  return { segment, device, subnet, gateway, flags, own, lan };
}

describeAsRoot('a LAN asked through', () => {
  it('tells exactly who has an address of the range, slowly, and nobody remembers it', async () => {
    await withLab(healthyBridge, { children: 2 }, async (lab) => {
      const { device, subnet, gateway, flags, own, lan } = plannedOn(lab);
      const width = Math.max(25, Number(subnet.split('/')[1]) + 1);
      const range = networkOf(bare(device.addresses[0]), width);
      const used = new Set([...own, ...lan.map(({ ip }) => ip)]);
      const first = (ipv4Range(range)?.first ?? 0) + 2;
      const free = Array.from({ length: 60 }, (_, at) => ipv4FromNumber(first + at)).filter(
        (ip) => !used.has(ip),
      );
      const [ours = '', second = '', third = ''] = [free[0], free.at(-1), free[5]];
      for (const ip of [second, third])
        run(device.netns, 'ip', 'addr', 'add', `${ip}/32`, 'dev', device.link);
      const expected = [
        ...lan,
        { ip: second, mac: device.mac },
        { ip: third, mac: device.mac },
      ].filter(({ ip }) => contains(range, ip) && ip !== gateway);

      watch(lab);
      const before = new Set(neighbours(lab));
      const { report, sweep, snapshot } = await preflight(
        lab,
        ...flags,
        '--ip-range',
        range,
        '--ip',
        ours,
      );
      const answers = sweep?.answers.map(({ ip, mac }) => `${ip} ${mac}`);
      expect(answers?.toSorted()).toEqual(expected.map(({ ip, mac }) => `${ip} ${mac}`).toSorted());
      expect(answerTo('collides', report)).toMatchObject({
        answer: 'yes',
        checks: ['range-in-use'],
      });
      for (const { ip, mac } of expected) {
        expect(JSON.stringify(of(report, 'range-in-use'))).toContain(`${ip} (${mac})`);
      }

      // As many frames as the report says, at no time too many.
      const asked = snapshot.observations
        .filter(({ send }) => send.kind === 'arp')
        .reduce((sum, { sent }) => sum + sent, sweep?.sent ?? 0);
      expect(witnessed(lab)).toEqual({ probes: asked, fast: 0 });
      expect(report.framesSent).toBeLessThanOrEqual(report.frameLimit.frames);
      expect(report.frameLimit.formula).toMatch(/for ranges that were asked through/u);
      // The host's own echo has host and gateway know each other; nothing else is new anywhere.
      const learnt = neighbours(lab).filter((one) => !before.has(one));
      const usual = new Set([gateway, ...own]);
      expect(learnt.filter((one) => !usual.has(one.split(' ')[1] ?? ''))).toEqual([]);
    });
  });

  it('says nothing where nobody is, and asks for more than a /24 only when told to', async () => {
    await withLab(healthyBridge, { children: 2 }, async (lab) => {
      const { segment, flags } = plannedOn(lab);
      // Of another subnet on the same wire: nobody there.
      const { base, prefixlen } = lab.plan.otherSubnet;
      const elsewhere = `${ipv4FromNumber(base)}/${Math.max(prefixlen, 25).toString()}`;
      const parent = ['--parent', segment.parent.parent];
      const empty = await preflight(lab, ...parent, '--subnet', elsewhere);
      expect(empty.sweep).toMatchObject({ range: elsewhere, answers: [] });
      expect(of(empty.report, 'range-in-use')).toMatchObject([{ status: 'pass' }]);

      watch(lab);
      const wide = networkOf(
        ipv4FromNumber(segment.subnet.base),
        Math.min(22, segment.subnet.prefixlen),
      );
      const large = await preflight(lab, ...parent, '--subnet', wide, ...flags.slice(4));
      expect(large.sweep?.sent).toBe(0);
      expect(answerTo('collides', large.report)).toMatchObject({ answer: 'not-decided' });
      expect(answerTo('collides', large.report)?.because).toMatch(
        /--sweep asks them all, in about \d+ s/u,
      );
      expect(witnessed(lab)['probes']).toBeLessThan(100);
    });
  });

  it.each([
    ['one that sends frames back', healthyVepa, 'yes'],
    ['one that does not', vepaNoHairpin, 'no'],
  ])('asks the switch where siblings need it: %s', async (_what, scenario, answer) => {
    await withLab(scenario, { children: 2 }, async (lab) => {
      const { flags } = plannedOn(lab);
      const range = ['--ip-range', networkOf(bare(flags[5]), 29), '--mode', 'vepa'];
      const asked = await preflight(lab, ...flags, ...range);
      expect(answerTo('siblings', asked.report)).toMatchObject({ answer });
      const unasked = await preflight(lab, ...flags, ...range, '--passive');
      expect(answerTo('siblings', unasked.report)).toMatchObject({ answer: 'not-decided' });
    });
  });

  it.each(['SIGINT', 'SIGKILL'] as const)('leaves nothing behind under %s', async (signal) => {
    await withLab(healthyBridge, { children: 1 }, async (lab) => {
      const { flags } = plannedOn(lab);
      const before = configurationOf(lab);
      const known = new Set(neighbours(lab));
      const ends = [];
      for (const afterMs of [500, 1300]) {
        const args = ['preflight', ...flags, '--sweep'];
        ends.push(await doctorIn(lab.plan.hostNetns, { args, kill: { signal, afterMs } }));
      }
      expect(configurationOf(lab)).toEqual(before);
      const { gateway, own } = plannedOn(lab);
      const learnt = neighbours(lab).filter((one) => !known.has(one));
      expect(learnt.filter((one) => ![gateway, ...own].includes(one.split(' ')[1] ?? ''))).toEqual(
        [],
      );
      const last = ends.at(-1);
      expect(last?.code ?? last?.signal).toBe(signal === 'SIGINT' ? 130 : 'SIGKILL');
      for (const { stderr } of ends) expect(stderr).not.toMatch(/ {4}at /u);
    });
  });
});
