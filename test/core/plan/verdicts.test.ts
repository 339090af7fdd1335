import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/cli/workflows/judge.js';
import { planOfNetworks } from '../../../src/core/plan/plan-of-networks.js';
import { known, valueOf } from '../../../src/model/fact.js';
import type { Observation, ProbeId } from '../../../src/model/observation.js';
import type { Plan } from '../../../src/model/plan.js';
import type { Report } from '../../../src/model/report.js';
import { aPlan } from '../../support/a-plan.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';

/** The report on a plan, with what was seen of it. */
function preflight(
  host: SnapshotBuilder,
  plan: Plan,
  observations: readonly Observation[] = [],
): Report {
  const snapshot = host.build();
  const probing =
    observations.length === 0 ? snapshot.probing : known({ windowMs: 1000, notes: [] });
  const seen = {
    ...snapshot,
    scope: { parents: [], networks: plan.networks.map(({ name }) => name), containers: [] },
    // Where anybody was asked at all, no range was.
    facts: {
      ...snapshot.facts,
      plan: known(plan),
      sweeps: probing.state === 'known' ? known([]) : probing,
    },
    observations,
    probing,
  };
  return judge(seen, { expectations: [], only: [], skip: [] }, 1);
}

function answers(report: Report): Record<string, string> {
  const [network] = report.preflight?.networks ?? [];
  return Object.fromEntries(
    network?.answers.map(({ question, answer }) => [question, answer]) ?? [],
  );
}

const MAC = '02:00:00:00:00:01';
const CHILD = 'eth0@a container on lan';

/** Each address is another machine's. */
function asked(probe: ProbeId, target: string, rttMs?: number): Observation {
  const last = Number(target.split('.').at(-1)).toString(16).padStart(2, '0');
  return {
    probe,
    from: 'container:a container on lan',
    to: `gateway:${target}`,
    parent: 'eth0',
    child: CHILD,
    target,
    send: { kind: 'arp', device: 'eth0', ethernetSource: MAC, senderMac: MAC, senderIp: '0.0.0.0' },
    expect: 'answer',
    sent: 4,
    replies:
      rttMs === undefined ? [] : [{ rttMs, mac: `52:54:00:aa:00:${last}`, forIp: '0.0.0.0' }],
  };
}

function found({ results }: Report): string[] {
  return results
    .filter(({ status }) => status === 'fail' || status === 'warn')
    .map(({ check, status, subject }) => `${status} ${check} ${subject.kind} ${subject.name}`);
}

describe('the verdict on a plan', () => {
  const host = (): SnapshotBuilder => aSnapshot().parent('eth0');

  it('is open where nothing was sent, but for what macvlan itself decides', () => {
    const report = preflight(host(), aPlan());
    expect(answers(report)).toEqual({
      created: 'yes',
      collides: 'not-decided',
      lan: 'not-decided',
      siblings: 'yes',
      host: 'no',
    });
    expect(found(report)).toEqual(['warn host-child-isolation parent eth0']);
    expect(report.results.find(({ check }) => check === 'host-child-isolation')).not.toHaveProperty(
      'fixes',
    );
  });

  it('is decided by who answered in the name of the container', () => {
    const report = preflight(host(), aPlan(), [
      asked('gateway-arp-child', '192.0.2.1', 0.4),
      asked('host-child-arp', '192.0.2.192'),
    ]);
    expect(answers(report)).toMatchObject({
      created: 'yes',
      collides: 'no',
      lan: 'yes',
      host: 'no',
    });
    expect(report.preflight?.networks[0]?.answers[2]?.because).toContain('192.0.2.1 answered');
  });

  it('says that a device has the address that the engine would give out', () => {
    const report = preflight(host(), aPlan(), [
      asked('gateway-arp-child', '192.0.2.1', 0.4),
      asked('host-child-arp', '192.0.2.192', 0.7),
      asked('owner-control-arp', '192.0.2.254'),
    ]);
    expect(answers(report)).toMatchObject({ collides: 'yes', lan: 'yes' });
    expect(found(report)).toContain('fail duplicate-ip child eth0@a container on lan');
  });

  it('refuses a parent that is not there, and goes no further', () => {
    const report = preflight(host(), aPlan({ parent: 'eth7' }));
    expect(answers(report)).toMatchObject({ created: 'no', lan: 'no', host: 'no' });
    expect(found(report)).toEqual(['fail parent-missing network lan']);
  });

  it('shows one cause of a network that is refused, and asks nobody for it', () => {
    const busy = host()
      .network({ name: 'bridge', driver: 'bridge', parent: null, subnet: '172.17.0.0/16' })
      .engine({ serverVersion: '20.10.24' });
    const flags = { subnets: ['172.17.0.0/24'], gateways: [], ipRanges: [], isInternal: true };
    const report = preflight(busy, aPlan(flags));
    expect(answers(report)).toEqual({
      created: 'no',
      collides: 'not-decided',
      lan: 'no',
      siblings: 'no',
      host: 'no',
    });
    expect(found(report)).toEqual(['fail network-refused network lan']);
    const { advice } = report.results.find(({ status }) => status === 'fail') ?? {};
    expect(advice?.[0]).toContain('use that network, or give this one an ip-range of its own');
    expect(report.topology.parents.flatMap(({ children }) => children)).toEqual([]);
  });

  it.each([
    ['nothing was sent', {}, [], /the LAN was not asked: nothing was sent/u],
    [
      'an error',
      {},
      [{ ...asked('host-child-arp', '192.0.2.192'), sent: 0, error: 'run as root' }],
      /run as root/u,
    ],
    [
      'something else was asked',
      {},
      [asked('gateway-arp-child', '192.0.2.1', 0.4)],
      /was not seen/u,
    ],
    [
      'the parent is to be made',
      { parent: 'eth0.50' },
      [asked('reflection', '')],
      /nothing can be asked by eth0\.50 before it is made/u,
    ],
  ])('denies no collision where %s', (_what, flags, seen, says) => {
    const report = preflight(host(), aPlan(flags), seen);
    const [, collides, lan] = report.preflight?.networks[0]?.answers ?? [];
    expect(collides).toMatchObject({ answer: 'not-decided' });
    expect(collides?.because).toMatch(says);
    if ('parent' in flags) expect(lan?.because).toMatch(says);
  });

  it('has no container on a network that has no address left for it', () => {
    const flags = { ipRanges: ['192.0.2.4/32'], auxAddresses: ['tv=192.0.2.4'] };
    const report = preflight(host(), aPlan(flags));
    expect(found(report)).toEqual(['fail ip-range-exhausted network lan']);
    expect(answers(report)).toMatchObject({ created: 'yes', collides: 'not-decided', lan: 'no' });
  });

  it('has none that asks for an address in vain', () => {
    const report = preflight(host(), aPlan({}, '192.0.2.1'));
    expect(found(report)).toEqual(['fail address-refused container a container at 192.0.2.1']);
    expect(answers(report)).toMatchObject({ created: 'yes', lan: 'no' });
  });

  it('misses no address that is not known before the engine gives it', () => {
    const plan = aPlan({ subnets: ['fd00::/64'], gateways: [], ipRanges: [], hasIpv6: true });
    const report = preflight(host(), plan, [asked('gateway-arp-parent', '192.0.2.1', 0.4)]);
    expect(found(report)).not.toContain(`warn address-missing child ${CHILD}`);
    expect(report.results.find(({ check }) => check === 'address-missing')).toMatchObject({
      status: 'not-applicable',
    });
  });

  it('does not blame the plan for what was wrong before', () => {
    const sick = host()
      .child('web', { address: '192.0.2.50/24' })
      .child('db', { address: '192.0.2.50/24' });
    expect(found(preflight(sick, aPlan()))).toEqual(['warn host-child-isolation parent eth0']);
  });

  it('blames it for the address of a container that is there', () => {
    const busy = host().child('web', { address: '192.0.2.50/24' });
    const report = preflight(busy, aPlan({}, '192.0.2.50'));
    expect(answers(report)).toMatchObject({ collides: 'yes' });
    expect(found(report).some((one) => one.startsWith('fail duplicate-ip'))).toBe(true);
  });

  it('blames it for a subnet that a VPN leads to', () => {
    const busy = host()
      .hostLink('tun0', { kind: 'tun', linkType: 'none', address: '10.8.0.2/24' })
      .hostRoute({ dst: '198.51.100.0/24', dev: 'tun0' });
    const plan = aPlan({ subnets: ['198.51.100.0/24'], gateways: [], ipRanges: [] });
    expect(found(preflight(busy, plan))).toContain('fail subnet-overlap parent eth0');
  });

  it('has no commands for what would be, and says where they come from once it is', () => {
    const pool = { subnet: '192.0.2.0/24', gateway: '192.0.2.1' };
    const there = host()
      .network({ name: 'lan', mode: 'private', ...pool })
      .child('web', { address: '192.0.2.20/24', network: 'lan', mode: 'private' });
    const networks = valueOf(there.build().facts.runtime)?.networks ?? [];
    const plan = planOfNetworks(networks, { ips: [], newMac: () => MAC });
    const { results } = preflight(there, plan, [asked('gateway-arp-child', '192.0.2.1', 0.4)]);
    const apart = results.find(({ check }) => check === 'mode-private');
    expect(apart).toMatchObject({ status: 'warn' });
    expect(apart).not.toHaveProperty('fixes');
    expect(apart?.advice?.join(' ')).toMatch(/macvlan-doctor run has the commands/u);
  });
});
