import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../src/core/derive/topology/content.js';
import { buildTopology } from '../../../src/core/derive/topology/topology.js';
import { withPlan } from '../../../src/core/plan/overlay.js';
import { sendableSteps } from '../../../src/core/plan/sendable.js';
import { planProbes } from '../../../src/core/derive/probing/probe-plan.js';
import { known, unknown } from '../../../src/model/fact.js';
import type { Plan } from '../../../src/model/plan.js';
import type { Route } from '../../../src/model/route.js';
import type { Facts } from '../../../src/model/snapshot.js';
import type { Child } from '../../../src/model/topology.js';
import { aPlan } from '../../support/a-plan.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { composed } from '../../support/compose-plan.js';

const EVERYTHING = { parents: [], networks: [], containers: [] };

function laidOver(host: SnapshotBuilder, plan: Plan): Facts {
  return withPlan({ ...host.build().facts, plan: known(plan) });
}

function parentsOf(facts: Facts) {
  return buildTopology({ facts, scope: EVERYTHING }).parents;
}

/** One container on a macvlan and a bridge network. */
function onTwo(priority: string): Plan {
  return composed([
    `name: t
services:
  a: { networks: { lan: { ${priority} }, back: {} } }
networks:
  back: {}
  lan:
    driver: macvlan
    driver_opts: { parent: eth0 }
    ipam: { config: [{ subnet: 192.0.2.0/24, gateway: 192.0.2.1 }] }
`,
  ]);
}

function waysOut(child: Child | undefined): Route[] {
  const routes = child === undefined ? [] : contentOf(child.netns).routes;
  return routes.filter(({ dst }) => dst === 'default');
}

describe('a plan laid over a host', () => {
  const host = (): SnapshotBuilder => aSnapshot().parent('eth0');

  it('leaves the host as it is where nothing is planned', () => {
    const { facts } = host().build();
    expect(withPlan(facts)).toBe(facts);
  });

  it('has a child on the parent, with the first address that the engine would hand out', () => {
    const [eth0] = parentsOf(laidOver(host(), aPlan()));
    expect(eth0?.networks.map(({ name }) => name)).toEqual(['lan']);
    expect(eth0?.children).toMatchObject([
      {
        mode: 'bridge',
        mac: '02:00:00:00:00:01',
        gateways: ['192.0.2.1'],
        addresses: [{ local: '192.0.2.192', prefixlen: 24 }],
      },
    ]);
    expect(eth0?.unseenMacs).toEqual([]);
  });

  it.each([
    ['reserved addresses', { auxAddresses: ['a=192.0.2.192', 'b=192.0.2.193'] }, '192.0.2.194'],
    ['the gateway', { gateways: ['192.0.2.192'] }, '192.0.2.193'],
    ['no range', { ipRanges: [] }, '192.0.2.2'],
    ['a range over the whole subnet', { ipRanges: ['192.0.2.0/24'] }, '192.0.2.2'],
    ['no gateway given', { gateways: [] }, '192.0.2.193'],
  ])('leaves out what is taken: %s', (_what, flags, ip) => {
    const [eth0] = parentsOf(laidOver(host(), aPlan(flags)));
    expect(eth0?.children[0]?.addresses[0]?.local).toBe(ip);
  });

  it('gives an address that is asked for to nobody else', () => {
    const plan = aPlan({}, '192.0.2.192', '192.0.2.200');
    const [eth0] = parentsOf(laidOver(host(), plan));
    expect(eth0?.children.map(({ addresses }) => addresses[0]?.local).sort()).toEqual([
      '192.0.2.192',
      '192.0.2.200',
    ]);
  });

  it('goes round addresses that containers hold on a network that is there', () => {
    const there = host()
      .network({ name: 'lan', gateway: '192.0.2.1' })
      .child('web', { network: 'lan', address: '192.0.2.2/24' });
    const plan = aPlan();
    const external = plan.networks.map((network) => ({ ...network, isExternal: true }));
    const [eth0] = parentsOf(laidOver(there, { ...plan, networks: external }));
    const planned = eth0?.children.find(({ netns }) => netns.isPlanned === true);
    expect(planned?.addresses[0]?.local).toBe('192.0.2.3');
  });

  it('makes the VLAN link that its name asks for, and no other', () => {
    const vlan = parentsOf(laidOver(host(), aPlan({ parent: 'eth0.50' })));
    expect(vlan.map(({ name, link }) => [name, link.linkinfo?.info_data?.id])).toEqual([
      ['eth0.50', 50],
    ]);
    for (const parent of ['eth1.50', 'eth0.0', 'eth0.4095', 'eth7']) {
      const facts = laidOver(host(), aPlan({ parent }));
      expect(buildTopology({ facts, scope: EVERYTHING }).orphanNetworks).toHaveLength(1);
    }
  });

  it('is on paper alone where no engine answers and no namespace could be read', () => {
    const blind = host()
      .fact('namespaces', unknown('failed', 'no netlink'))
      .fact('runtime', unknown('absent', 'no engine'));
    const facts = laidOver(blind, aPlan());
    expect(facts.namespaces.state).toBe('failed');
    expect(facts.runtime).toMatchObject({ value: { networks: [{ name: 'lan' }] } });
  });

  it.each([
    ['20.10.24', '', ['back']],
    ['20.10.24', 'gw_priority: 1', ['back']],
    ['28.5.2', '', ['back']],
    ['28.5.2', 'gw_priority: 1', ['lan']],
    ['', 'gw_priority: 1', ['lan']],
  ])('leaves by the network that Docker %s chooses: %s', (serverVersion, priority, chosen) => {
    const [eth0] = parentsOf(laidOver(host().engine({ serverVersion }), onTwo(priority)));
    const [child] = eth0?.children ?? [];
    expect(child?.allLinks.map(({ linkinfo }) => linkinfo?.info_kind)).toEqual(['macvlan', 'veth']);
    expect(waysOut(child).map(({ dev }) => dev)).toEqual(
      chosen.map((name) => (name === 'lan' ? 'eth0' : 'eth1')),
    );
  });

  it('leaves by both networks of Podman', () => {
    const [eth0] = parentsOf(laidOver(host().engine({ flavour: 'podman' }), onTwo('')));
    expect(waysOut(eth0?.children[0])).toHaveLength(2);
  });

  it.each([
    ['28.5.2', ['192.0.2.192']],
    ['29.1.0', []],
  ])('has a gateway that nobody named where Docker %s invents one', (serverVersion, gateways) => {
    const plan = aPlan({ gateways: [] });
    const [eth0] = parentsOf(laidOver(host().engine({ serverVersion }), plan));
    expect(eth0?.children[0]?.gateways).toEqual(gateways);
  });

  it('is asked about by the parent alone, and the device lets the answers in', () => {
    const facts = laidOver(host(), aPlan());
    const topology = buildTopology({ facts, scope: EVERYTHING });
    const steps = sendableSteps(planProbes(topology, facts), topology);
    const named = steps.filter(({ child }) => child !== undefined);
    expect(named.map(({ send }) => send.kind)).toEqual(['arp', 'arp']);
    expect(steps.find(({ probe }) => probe === 'gateway-arp-child')?.send).toMatchObject({
      device: 'eth0',
      ethernetSource: '02:00:00:00:00:01',
      isAdmitted: true,
    });
    expect(steps.find(({ probe }) => probe === 'gateway-arp-parent')?.send).not.toHaveProperty(
      'isAdmitted',
    );
  });

  it('asks nothing by a link that is still to be made', () => {
    const facts = laidOver(host(), aPlan({ parent: 'eth0.50' }));
    const topology = buildTopology({ facts, scope: EVERYTHING });
    expect(planProbes(topology, facts).length).toBeGreaterThan(0);
    expect(sendableSteps(planProbes(topology, facts), topology)).toEqual([]);
  });
});
