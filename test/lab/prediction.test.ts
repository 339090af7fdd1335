// The model against real kernels: what configuration explains comes out as predicted, what lies outside it does not.
import { expect, it } from 'vitest';
import { scenarios } from '../../src/edge/lab/scenarios/index.js';
import type { Report } from '../../src/model/report.js';
import { describeAsRoot } from '../support/root.js';
import { reportIn, withLab } from '../support/standing-lab.js';

function surprises({ reachability }: Report): string[] {
  const odd = reachability.filter(({ predicted }) =>
    (predicted?.agreement ?? '').startsWith('unexpected'),
  );
  return [...new Set(odd.map(({ probe, predicted }) => `${probe}: ${predicted?.agreement ?? ''}`))];
}

function scenarioOf(id: string) {
  const scenario = scenarios.find((one) => one.id === id);
  if (scenario === undefined) throw new Error(`no scenario ${id}`);
  return scenario;
}

describeAsRoot('the model and the kernel', () => {
  it.each([
    'healthy-bridge',
    'healthy-vepa',
    'healthy-private',
    'healthy-shim',
    'vepa-no-hairpin',
    'mode-mixed',
    'shim-mode',
    'passthru-shared',
    'shim-route-strict',
    'rp-filter',
  ])('agree on %s', async (id) => {
    await withLab(scenarioOf(id), {}, async (lab) => {
      const report = await reportIn(lab.plan.hostNetns);
      expect(report.reachability.length).toBeGreaterThan(3);
      expect(surprises(report)).toEqual([]);
    });
  });

  it.each([
    ['source-mac-filter', 'gateway-arp-child: unexpected-silence'],
    ['firewall-child', 'sibling-icmp: unexpected-silence'],
    ['duplicate-ip-device', 'host-child-arp: unexpected-answer'],
  ])('disagree on %s', async (id, surprise) => {
    await withLab(scenarioOf(id), {}, async (lab) => {
      expect(surprises(await reportIn(lab.plan.hostNetns))).toContain(surprise);
    });
  });
});
