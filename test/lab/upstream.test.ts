// What a switch port lets through, on a real kernel: each policy by two ways of staging it, each with its healthy twin.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { Lab } from '../../src/edge/lab/lab.js';
import type { LanPlan, ParentPlan } from '../../src/edge/lab/plan/plan.js';
import { newsOf } from '../../src/edge/lab/trial/judge.js';
import gatewaySilent from '../../src/edge/lab/scenarios/gateway-silent.js';
import healthyBridge from '../../src/edge/lab/scenarios/healthy-bridge.js';
import healthyIpv6Only from '../../src/edge/lab/scenarios/healthy-ipv6-only.js';
import healthySource from '../../src/edge/lab/scenarios/healthy-source.js';
import healthyPrivate from '../../src/edge/lab/scenarios/healthy-private.js';
import healthyTwoParents from '../../src/edge/lab/scenarios/healthy-two-parents.js';
import healthyUnnumbered from '../../src/edge/lab/scenarios/healthy-unnumbered-parent.js';
import healthyVepa from '../../src/edge/lab/scenarios/healthy-vepa.js';
import type { CheckResult, Report } from '../../src/model/report.js';
import { describeAsRoot } from '../support/root.js';
import { reportIn, withLab } from '../support/standing-lab.js';

type Policy = (plan: LanPlan, parent: ParentPlan) => void;

const inSwitch = ({ switchNetns }: LanPlan, program: string, ...args: readonly string[]): void => {
  execFileSync('ip', ['netns', 'exec', switchNetns, program, ...args]);
};

/** Rules of the bridge family, where `$port` and `$mac` stand for the parent's. */
const rules =
  (...lines: readonly string[]): Policy =>
  (plan, { port, mac }) => {
    const filled = lines.map((line) => line.replaceAll('$port', port).replaceAll('$mac', mac));
    const chains = ['prerouting', 'forward'].map((hook) => {
      const own = filled.filter((line) => line.startsWith(`${hook} `));
      const body = own.map((line) => `${line.slice(hook.length + 1)}; `).join('');
      return `chain ${hook} { type filter hook ${hook} priority 0; ${body}\n}`;
    });
    inSwitch(
      plan,
      'nft',
      `table bridge port-${port.replaceAll(/\W/gu, '')} {\n${chains.join('\n')}\n}`,
    );
  };

const NO_FOREIGN_SOURCE = 'prerouting iifname "$port" ether saddr != $mac drop';
const NO_FOREIGN_UNICAST =
  'forward oifname "$port" ether daddr != { $mac, ff:ff:ff:ff:ff:ff } drop';

const ports =
  (...flags: readonly string[]): Policy =>
  (plan, { port, mac }) => {
    inSwitch(plan, 'bridge', 'fdb', 'replace', mac, 'dev', port, 'master', 'static');
    inSwitch(plan, 'bridge', 'link', 'set', 'dev', port, ...flags);
    inSwitch(plan, 'ip', 'link', 'set', 'dev', port, 'type', 'bridge_slave', 'fdb_flush');
  };

const SOURCE: readonly [string, Policy][] = [
  ['a locked port', ports('learning', 'off', 'locked', 'on')],
  ['rules on the source', rules(NO_FOREIGN_SOURCE)],
];
const UNICAST: readonly [string, Policy][] = [
  ['a port that neither learns nor floods', ports('learning', 'off', 'flood', 'off')],
  ['rules on the destination', rules(NO_FOREIGN_UNICAST)],
];
const BOTH: readonly [string, Policy][] = [
  ['a locked port that does not flood', ports('learning', 'off', 'locked', 'on', 'flood', 'off')],
  ['rules on both', rules(NO_FOREIGN_SOURCE, NO_FOREIGN_UNICAST)],
];

/** Only the first children are let in, as port security with a maximum does. */
const firstOnly =
  (count: number): Policy =>
  (plan, parent) => {
    const macs = [parent.mac, ...parent.children.slice(0, count).map(({ mac }) => mac)];
    rules(`prerouting iifname "$port" ether saddr != { ${macs.join(', ')} } drop`)(plan, parent);
  };

const lossy: Policy = rules('prerouting numgen random mod 10 0 drop');

function parentOf({ segments }: LanPlan, at = 0): ParentPlan {
  const parent = segments[at]?.parent;
  if (parent === undefined) throw new Error('a LAN has a parent');
  return parent;
}

const BY_DESIGN = new Set(['host-child-isolation', 'mode-private']);

function headlines(report: Report): string[] {
  return newsOf(report)
    .filter(({ check }) => !BY_DESIGN.has(check))
    .map(({ check, code, subject }) => `${check} ${code ?? ''} ${subject.kind} ${subject.name}`);
}

function result(report: Report, check: string): CheckResult {
  const found = report.results.find((one) => one.check === check && one.status === 'fail');
  if (found === undefined) throw new Error(`${check} is not among ${headlines(report).join(', ')}`);
  return found;
}

async function reportBehind(lab: Lab, policy: Policy, at = 0): Promise<Report> {
  policy(lab.plan, parentOf(lab.plan, at));
  return reportIn(lab.plan.hostNetns);
}

const says = ({ evidence = [] }: CheckResult): string => evidence.map((one) => one.says).join('\n');

describeAsRoot('a source MAC filter', () => {
  it.each(SOURCE)('by %s', async (_name, policy) => {
    await withLab(healthyBridge, { seed: 11, children: 3 }, async (lab) => {
      const { parent } = parentOf(lab.plan);
      expect(headlines(await reportIn(lab.plan.hostNetns))).toEqual([]);
      const report = await reportBehind(lab, policy);
      expect(headlines(report)).toEqual([`source-mac-filter dropped parent ${parent}`]);
      const finding = result(report, 'source-mac-filter');
      expect(says(finding)).toMatch(/24 of 24 ARP requests .* were not answered/u);
      expect(says(finding)).toMatch(/gets? in/u);
      const hidden = report.results.filter(({ status }) => status === 'suppressed');
      expect(hidden.map(({ check }) => check)).toContain('gateway-silent');
    });
  });

  it.each([
    ['private', healthyPrivate],
    ['vepa', healthyVepa],
    ['an unnumbered parent', healthyUnnumbered],
    ['children that speak IPv6 alone', healthyIpv6Only],
    ['source mode', healthySource],
  ])('behind %s', async (_name, scenario) => {
    await withLab(scenario, { seed: 5 }, async (lab) => {
      const { parent } = parentOf(lab.plan);
      const report = await reportBehind(lab, rules(NO_FOREIGN_SOURCE));
      expect(headlines(report)).toEqual([`source-mac-filter dropped parent ${parent}`]);
    });
  });

  it('on one of two parents', async () => {
    await withLab(healthyTwoParents, { seed: 3, children: 2 }, async (lab) => {
      const { parent } = parentOf(lab.plan, 1);
      const report = await reportBehind(lab, rules(NO_FOREIGN_SOURCE), 1);
      expect(headlines(report)).toEqual([`source-mac-filter dropped parent ${parent}`]);
    });
  });
});

describeAsRoot('a filter of foreign unicast', () => {
  it.each(UNICAST)('by %s', async (_name, policy) => {
    await withLab(healthyBridge, { seed: 12, children: 2 }, async (lab) => {
      const { parent } = parentOf(lab.plan);
      expect(headlines(await reportIn(lab.plan.hostNetns))).toEqual([]);
      const report = await reportBehind(lab, policy);
      expect(headlines(report)).toEqual([`foreign-unicast-filter undelivered parent ${parent}`]);
      expect(says(result(report, 'foreign-unicast-filter'))).toMatch(/so it is not the card/u);
    });
  });

  it.each([
    ['children that speak IPv6 alone', healthyIpv6Only],
    ['source mode, in which the child hears what its gateway tells the parent', healthySource],
  ])('behind %s', async (_name, scenario) => {
    await withLab(scenario, { seed: 40 }, async (lab) => {
      const { parent } = parentOf(lab.plan);
      const report = await reportBehind(lab, rules(NO_FOREIGN_UNICAST));
      expect(headlines(report)).toEqual([`foreign-unicast-filter undelivered parent ${parent}`]);
    });
  });
});

describeAsRoot('both filters at once', () => {
  it.each(BOTH)('by %s', async (_name, policy) => {
    await withLab(healthyBridge, { seed: 13, children: 6 }, async (lab) => {
      const { parent } = parentOf(lab.plan);
      const report = await reportBehind(lab, policy);
      expect(headlines(report)).toEqual([`source-mac-filter both parent ${parent}`]);
      expect(result(report, 'source-mac-filter').why).toMatch(/ARP inspection/u);
    });
  });
});

describeAsRoot('a limit on the number of MACs', () => {
  it.each([
    [2, 1],
    [5, 2],
    [6, 5],
  ])('%i children, of which %i pass', async (children, passing) => {
    await withLab(healthyBridge, { seed: 20 + children, children }, async (lab) => {
      const report = await reportBehind(lab, firstOnly(passing));
      const [line, ...others] = headlines(report);
      expect(others).toEqual([]);
      expect(line).toMatch(/^source-mac-filter limited child /u);
      const { what, why } = result(report, 'source-mac-filter');
      expect(what).toContain(`accepts ${(passing + 1).toString()} MACs`);
      expect(what).toContain(`${passing.toString()} of ${children.toString()} children`);
      for (const { label } of parentOf(lab.plan).children.slice(passing)) {
        expect(why).toContain(label);
      }
    });
  });
});

describeAsRoot('what is no filter', () => {
  it.each([1, 2, 3, 4])('one frame in ten is lost, seed %i', async (seed) => {
    await withLab(healthyBridge, { seed, children: 4 }, async (lab) => {
      expect(headlines(await reportBehind(lab, lossy))).toEqual([]);
    });
  });

  it('a dead gateway', async () => {
    await withLab(gatewaySilent, { seed: 6, children: 4 }, async (lab) => {
      const [line, ...others] = headlines(await reportIn(lab.plan.hostNetns));
      expect(line).toMatch(/^gateway-silent silent gateway /u);
      expect(others).toEqual([]);
    });
  });
});
