import { describe, expect, it } from 'vitest';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import { known } from '../../../../src/model/fact.js';
import type { Netns } from '../../../../src/model/netns.js';
import type { Snapshot } from '../../../../src/model/snapshot.js';
import { aSnapshot } from '../../../support/a-snapshot.js';

function withNamespaces(snapshot: Snapshot, edit: (netns: Netns) => Netns): Snapshot {
  if (snapshot.facts.namespaces.state !== 'known') throw new Error('no namespaces');
  const namespaces = snapshot.facts.namespaces.value.map((netns) => edit(netns));
  return { ...snapshot, facts: { ...snapshot.facts, namespaces: known(namespaces) } };
}

function withHostNsid(netns: Netns, hostNsid: number | null): Netns {
  if (netns.isHost || netns.content.state !== 'known') return netns;
  return { ...netns, content: known({ ...netns.content.value, hostNsid }) };
}

describe('the topology', () => {
  it('names children after container, namespace or process', () => {
    const snapshot = aSnapshot()
      .parent('eth0')
      .child('web', { container: true })
      .child('lab')
      .child('proc', { mounts: [], processes: [{ pid: 77, comm: 'nginx' }] })
      .build();
    const [parent] = buildTopology(snapshot).parents;
    expect(parent?.children.map(({ name, label, endpoint }) => [name, label, endpoint])).toEqual([
      ['eth0@lab', 'lab', 'child:eth0@lab'],
      ['eth0@nginx[77]', 'nginx[77]', 'child:eth0@nginx[77]'],
      ['eth0@web', 'web', 'container:web'],
    ]);
  });

  it('keeps apart two links of one namespace, and two namespaces of one name', () => {
    const twins = { mounts: [], processes: [{ pid: 7, comm: 'nginx' }] };
    const snapshot = aSnapshot()
      .parent('eth0')
      .child('web')
      .child('web2', { sameNetnsAs: 'web' })
      .child('x', twins)
      .child('y', twins)
      .build();
    const labels = buildTopology(snapshot).parents[0]?.children.map(({ label }) => label) ?? [];
    expect(new Set(labels).size).toBe(4);
    expect(labels).toContain('web/eth0');
    expect(labels).toContain('web/eth1');
  });

  it('does not take a link for a child when its namespace knows the host by another id, or not at all', () => {
    const snapshot = aSnapshot().parent('eth0').child('web').build();
    for (const nsid of [null, 99]) {
      const stranger = withNamespaces(snapshot, (netns) => withHostNsid(netns, nsid));
      expect(buildTopology(stranger).parents).toEqual([]);
    }
  });

  it('is narrowed by parent, network and container', () => {
    const builder = aSnapshot()
      .parent('eth0')
      .network({ name: 'lan' })
      .child('web', { network: 'lan' })
      .child('db')
      .parent('eth1', { address: '198.51.100.10/24' })
      .child('cam', { address: '198.51.100.50/24' });
    const labels = (scope: Partial<Snapshot['scope']>): string[] =>
      buildTopology(builder.scope({ parents: [], networks: [], containers: [], ...scope }).build())
        .parents.flatMap((parent) => parent.children)
        .map(({ label }) => label);
    expect(labels({})).toEqual(['db', 'web', 'cam']);
    expect(labels({ parents: ['eth1'] })).toEqual(['cam']);
    expect(labels({ networks: ['lan'] })).toEqual(['web']);
    expect(labels({ containers: ['db'] })).toEqual(['db']);
  });

  it('tells of MACs in the filter that belong to nobody who was found', () => {
    const snapshot = aSnapshot()
      .parent('eth0', { filter: ['02:00:00:00:00:99', '33:33:00:00:00:01'] })
      .child('web')
      .build();
    expect(buildTopology(snapshot).parents[0]?.unseenMacs).toEqual(['02:00:00:00:00:99']);
  });

  it('takes the far ends of a VXLAN link for nobody who is here', () => {
    const far = ['00:00:00:00:00:00', '02:00:00:00:00:99'];
    const snapshot = aSnapshot().parent('vx0', { kind: 'vxlan', filter: far }).child('web').build();
    expect(buildTopology(snapshot).parents[0]).toMatchObject({ filter: [], unseenMacs: [] });
  });

  it('takes what a port has learnt for nobody who is here', () => {
    const built = aSnapshot().parent('lan1').child('web').build();
    const learnt = { mac: '02:00:00:00:00:99', ifname: 'lan1', flags: ['self'], state: '' };
    const facts = { ...built.facts, fdb: known([learnt]) };
    expect(buildTopology({ ...built, facts }).parents[0]?.unseenMacs).toEqual([]);
  });

  it('lists networks whose parent is not here', () => {
    const snapshot = aSnapshot().parent('eth0').network({ name: 'lan', parent: 'eth7' }).build();
    expect(buildTopology(snapshot).orphanNetworks.map(({ name }) => name)).toEqual(['lan']);
  });

  it('keeps every child of a namespace that has several', () => {
    for (const isContainer of [true, false]) {
      const snapshot = aSnapshot()
        .parent('eth0')
        .child('web', { container: isContainer })
        .child('web2', { sameNetnsAs: 'web', container: isContainer })
        .child('db')
        .scope({ containers: ['web'] })
        .build();
      const labels = buildTopology(snapshot).parents[0]?.children.map(({ label }) => label);
      expect(labels).toEqual(['web/eth0', 'web/eth1']);
    }
  });

  it('keeps the networks of a container that does not run, and no others', () => {
    const endpoints = (name: string) => [{ networkId: `net-${name}`, networkName: name }];
    const builder = aSnapshot()
      .parent('eth0')
      .network({ name: 'lan' })
      .child('web', { network: 'lan' })
      .network({ name: 'gone', parent: 'eth9' })
      .network({ name: 'lost', parent: 'eth8' })
      .container('old', { endpoints: endpoints('gone') })
      .container('idle', { endpoints: endpoints('lan') });
    const seen = (name: string) => {
      const { parents, orphanNetworks } = buildTopology(
        builder.scope({ containers: [name] }).build(),
      );
      return [
        ...parents.map(({ children, networks }) => [children.length, networks[0]?.name]),
        ...orphanNetworks.map((network) => network.name),
      ];
    };
    expect(seen('old')).toEqual(['gone']);
    expect(seen('idle')).toEqual([[0, 'lan']]);
    expect(seen('web')).toEqual([[1, 'lan']]);
  });

  it('names ipvlan links by their address, since all of them have one MAC', () => {
    const cam = { kind: 'ipvlan', address: '192.0.2.7/24' } as const;
    const builder = aSnapshot()
      .parent('eth0')
      .network({ name: 'cams', driver: 'ipvlan' })
      .network({ name: 'lan' })
      .child('bare', { kind: 'ipvlan', address: '192.0.2.8/24' })
      .child('cam', { ...cam, network: 'cams' })
      .hostLink('eth1')
      .network({ name: 'far', driver: 'ipvlan', parent: 'eth1' })
      .container('elsewhere', {
        state: 'running',
        endpoints: [{ networkId: 'net-far', networkName: 'far', ipv4: '192.0.2.8' }],
      });
    const named = () =>
      buildTopology(builder.build()).parents[0]?.ipvlans.map(({ name, container, network }) => [
        name,
        container?.name,
        network?.name,
      ]);
    expect(buildTopology(builder.build()).parents[0]?.children).toEqual([]);
    expect(named()).toEqual([
      ['eth0@bare', undefined, undefined],
      ['eth0@cam', 'cam', 'cams'],
    ]);
    const endpoints = [{ networkId: 'net-cams', networkName: 'cams', ipv4: '192.0.2.7' }];
    builder.container('twin', { state: 'running', endpoints });
    expect(named()?.map(([name]) => name)).not.toContain('eth0@cam');
  });

  it('is narrowed to the ipvlan links that were asked for, too', () => {
    const builder = aSnapshot()
      .parent('eth0')
      .child('a', { kind: 'ipvlan' })
      .child('b', { kind: 'ipvlan' })
      .scope({ containers: ['b'] });
    const labels = buildTopology(builder.build()).parents[0]?.ipvlans.map(({ label }) => label);
    expect(labels).toEqual(['b']);
  });

  it('survives a snapshot in which nothing is known', () => {
    const nothing = { state: 'skipped', reason: 'test' } as const;
    const { facts, scope } = aSnapshot().parent('eth0').build();
    const blank = Object.fromEntries(Object.keys(facts).map((key) => [key, nothing]));
    expect(buildTopology({ facts: blank as unknown as typeof facts, scope }).parents).toEqual([]);
  });
});
