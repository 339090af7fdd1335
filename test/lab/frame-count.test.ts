// What a run sends, counted by somebody else: the switch, at the port that the host hangs on.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Lab } from '../../src/edge/lab/lab.js';
import firewallChild from '../../src/edge/lab/scenarios/firewall-child.js';
import gatewaySilent from '../../src/edge/lab/scenarios/gateway-silent.js';
import healthyBridge from '../../src/edge/lab/scenarios/healthy-bridge.js';
import healthyShim from '../../src/edge/lab/scenarios/healthy-shim.js';
import mtuBlackHole from '../../src/edge/lab/scenarios/mtu-black-hole.js';
import sourceMacFilter from '../../src/edge/lab/scenarios/source-mac-filter.js';
import vepaNoHairpin from '../../src/edge/lab/scenarios/vepa-no-hairpin.js';
import type { Observation, ProbeStep } from '../../src/model/observation.js';
import type { Report } from '../../src/model/report.js';
import type { Snapshot } from '../../src/model/snapshot.js';
import { describeAsRoot } from '../support/root.js';
import { doctorIn, withLab } from '../support/standing-lab.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mvdt-frames-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the switch can tell of a frame. */
const KINDS = {
  probes: 'ether type arp arp operation request arp saddr ip 0.0.0.0',
  // From a stack, or with the true sender of one.
  kernelArp: 'ether type arp arp operation request arp saddr ip != 0.0.0.0',
  reflections: 'ether type 0x88b5',
  echoes: 'ether type ip icmp type echo-request',
  syns: 'ether type ip tcp flags & (syn | ack) == syn',
};
type Counts = Record<keyof typeof KINDS, number>;

function nft(netns: string, args: readonly string[], input = ''): string {
  return execFileSync('ip', ['netns', 'exec', netns, 'nft', ...args], { input, encoding: 'utf8' });
}

function startCounting(lab: Lab): void {
  const port = lab.plan.segments[0]?.parent.port ?? '';
  const lines = Object.entries(KINDS).flatMap(([name, match]) => [
    `add counter bridge witness ${name}`,
    `add rule bridge witness seen iifname "${port}" ${match} counter name ${name}`,
  ]);
  const chain = 'add chain bridge witness seen { type filter hook prerouting priority -300; }';
  nft(lab.plan.switchNetns, ['-f', '-'], ['add table bridge witness', chain, ...lines].join('\n'));
}

function counted(lab: Lab): Counts {
  const list = ['-j', 'list', 'counters', 'table', 'bridge', 'witness'];
  const text = nft(lab.plan.switchNetns, list);
  const { nftables } = JSON.parse(text) as {
    nftables: { counter?: { name: string; packets: number } }[];
  };
  const pairs = nftables.flatMap(({ counter }) =>
    counter === undefined ? [] : [[counter.name, counter.packets]],
  );
  return Object.fromEntries(pairs) as Counts;
}

function sentBy(
  observations: readonly Observation[],
  ...kinds: ProbeStep['send']['kind'][]
): number {
  return observations
    .filter(({ send }) => kinds.includes(send.kind))
    .reduce((sum, { sent }) => sum + sent, 0);
}

describeAsRoot('the frames of a run', () => {
  it.each([
    ['all is well', healthyBridge],
    ['there is a shim', healthyShim],
    ['the gateway is dead', gatewaySilent],
    ['siblings cannot meet', vepaNoHairpin],
    ['the switch refuses foreign MACs', sourceMacFilter],
    ['a child is firewalled', firewallChild],
    ['long packets vanish', mtuBlackHole],
  ])('are as many as the report says, and within its limit, where %s', async (_name, scenario) => {
    await withLab(scenario, { children: 4 }, async (lab) => {
      startCounting(lab);
      const file = path.join(folder, `${lab.plan.labId}.json`);
      const args = ['run', '--json', '--save', file];
      const { stdout } = await doctorIn(lab.plan.hostNetns, { args });
      const report = JSON.parse(stdout) as Report;
      const { observations } = JSON.parse(readFileSync(file, 'utf8')) as Snapshot;
      const seen = counted(lab);

      // A machine that answers no probe without a sender is told the true one, and that looks as the kernel's own requests do.
      const told = observations.filter(
        ({ send }) => send.kind === 'arp' && send.senderIp !== '0.0.0.0',
      );
      const withSender = sentBy(told, 'arp');
      expect(seen.probes).toBe(sentBy(observations, 'arp') - withSender);
      expect(seen.reflections).toBe(sentBy(observations, 'reflection'));
      const left = observations.reduce((sum, one) => sum + (one.left ?? 0), 0);
      // What waited for an ARP answer may leave in a later round, when its own is over.
      expect(seen.echoes).toBeGreaterThanOrEqual(left + sentBy(observations, 'relay'));
      expect(seen.echoes).toBeLessThanOrEqual(sentBy(observations, 'icmp', 'relay'));
      expect(seen.syns).toBeLessThanOrEqual(sentBy(observations, 'tcp'));
      expect(seen.kernelArp).toBeGreaterThanOrEqual(withSender);
      expect(seen.kernelArp - withSender).toBeLessThanOrEqual(
        3 * sentBy(observations, 'icmp', 'tcp'),
      );
      const all = ['arp', 'reflection', 'icmp', 'relay', 'tcp'] as const;
      expect(report.framesSent).toBe(sentBy(observations, ...all));
      expect(report.framesSent).toBeLessThanOrEqual(report.frameLimit.frames);
    });
  });
});
