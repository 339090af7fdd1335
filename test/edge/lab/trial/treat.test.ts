// Which commands are run for a finding, and that none of them can leave the lab.
import { describe, expect, it } from 'vitest';
import { drawPlan } from '../../../../src/edge/lab/plan/draw-plan.js';
import { scenarios } from '../../../../src/edge/lab/scenarios/index.js';
import { assertInside, headlinesOf, planTreatment } from '../../../../src/edge/lab/trial/treat.js';
import type { CheckResult, ReportFix } from '../../../../src/model/report.js';

const scenario = scenarios.find(({ id }) => id === 'child-down') ?? expect.fail('no child-down');
const plan = drawPlan(scenario.lan, { labId: 'abc234', seed: 3 });

const finding = (fixes: readonly Partial<ReportFix>[], check = 'child-down'): CheckResult => ({
  check,
  category: 'address',
  status: 'fail',
  subject: { kind: 'parent', name: 'eth0' },
  title: 'x',
  fixes: fixes.map((fix) => ({
    id: 'set-child-up',
    title: 'x',
    risk: 'safe',
    commands: [],
    undo: [],
    persist: [],
    notes: [],
    ...fix,
  })),
});

describe('what is done about a finding', () => {
  it('is its first fix, for every victim, and no other way to the same end', () => {
    const planned = planTreatment(
      finding([
        { commands: ['ip link set dev a up'] },
        { commands: ['ip link set dev b up'] },
        { id: 'other', commands: ['ip link del a'] },
      ]),
    );
    expect(planned).toMatchObject({
      by: 'commands',
      commands: ['ip link set dev a up', 'ip link set dev b up'],
    });
  });

  it('is nothing now, where only files or advice are given', () => {
    const persist = [{ manager: 'systemd', files: [], commands: ['systemctl daemon-reload'] }];
    expect(planTreatment(finding([{ persist }]))).toMatchObject({ by: 'files', commands: [] });
    expect(planTreatment(finding([]))).toMatchObject({ by: 'advice', commands: [] });
  });

  it('leaves alone what is so by design, and what passed', () => {
    const results = [
      finding([]),
      finding([], 'host-child-isolation'),
      { ...finding([], 'parent-down'), status: 'pass' as const },
    ];
    expect(headlinesOf(scenario, { results }).map(({ check }) => check)).toEqual(['child-down']);
  });
});

describe('the lab runs', () => {
  const child = plan.segments[0]?.parent.children[0]?.netns ?? '';

  it.each([
    'ip link add mvd-shim link eth0 type macvlan mode bridge',
    'ip rule add priority 5269 to 192.0.2.50/32 lookup main',
    `ip -n ${child} route replace default via 192.0.2.1 dev eth0`,
    'sysctl -w net.ipv4.conf.mvshim.arp_ignore=1 net.ipv4.conf.mvshim.arp_announce=2',
    `ip netns exec ${child} arping -U -c 2 -I eth0 192.0.2.7`,
  ])('%s', (command) => {
    expect(() => {
      assertInside(command, plan);
    }).not.toThrow();
  });

  it.each([
    'systemctl daemon-reload',
    'docker network rm lan',
    'nsenter --net=/proc/1/ns/net ip link set dev eth0 down',
    'ip -n mvd-other1-host link set dev eth0 down',
    'ip netns del web',
    'ip netns exec web ip link',
    'ip -batch /tmp/x',
    'sysctl -w net.ipv4.neigh.default.gc_thresh3=1',
    'sysctl -w kernel.hostname=x',
    'ip netns exec mvd-other1-host arping -U -I eth0 192.0.2.7',
    `ip netns exec ${child} sh -c reboot`,
    'ip link set dev eth0 up; reboot',
    'ip link set dev "$(reboot)" up',
    'sh -c "ip link set dev eth0 up"',
  ])('not %s', (command) => {
    expect(() => {
      assertInside(command, plan);
    }).toThrow(/would leave the lab/);
  });
});
