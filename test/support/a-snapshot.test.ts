import { describe, expect, it } from 'vitest';
import { buildTopology } from '../../src/core/derive/topology/topology.js';
import { isAnswered } from '../../src/model/observation.js';
import { valueOf } from '../../src/model/fact.js';
import type { Snapshot } from '../../src/model/snapshot.js';
import { aSnapshot, type SnapshotBuilder } from './a-snapshot.js';

function answersOf(builder: SnapshotBuilder): Record<string, boolean> {
  const seen = builder.build().observations;
  return Object.fromEntries(
    seen.map((one) => [`${one.probe} ${one.from} ${one.target}`, isAnswered(one)]),
  );
}

function parentOf(
  snapshot: Snapshot,
): ReturnType<typeof buildTopology>['parents'][number] | undefined {
  return buildTopology({ facts: snapshot.facts, scope: snapshot.scope }).parents[0];
}

describe('aSnapshot', () => {
  it('makes a host that the topology understands', () => {
    const snapshot = aSnapshot()
      .parent('eth0', { gateway: '192.0.2.1', kind: 'veth' })
      .child('web')
      .child('db', { network: 'lan', mode: 'private' })
      .shim('mvd-shim')
      .network({ name: 'lan' })
      .build();
    const parent = parentOf(snapshot);
    expect(
      parent?.children.map(({ name, label, mode, gateways }) => [name, label, mode, gateways]),
    ).toEqual([
      ['eth0@db', 'db', 'private', ['192.0.2.1']],
      ['eth0@web', 'web', 'bridge', ['192.0.2.1']],
    ]);
    expect(parent?.children[0]?.network?.name).toBe('lan');
    expect(parent?.shims.map(({ name }) => name)).toEqual(['mvd-shim']);
    expect(parent?.filter).toHaveLength(3);
    expect(parent?.unseenMacs).toEqual([]);
    expect(parent?.link.promiscuity).toBe(1);
    expect(snapshot.probing.state).toBe('skipped');
    const asJson = JSON.stringify(snapshot);
    expect(JSON.parse(asJson)).toEqual(snapshot);
  });

  it('puts two children into one namespace', () => {
    const snapshot = aSnapshot()
      .parent('eth0')
      .child('web')
      .child('web1', { sameNetnsAs: 'web', address: '192.0.2.60/24', gateway: null });
    expect(parentOf(snapshot.build())?.children.map(({ label }) => label)).toEqual([
      'web/eth0',
      'web/eth1',
    ]);
  });

  it('answers probes as a sound LAN with host isolation does', () => {
    const answers = answersOf(aSnapshot().parent('eth0').child('web').child('db').allHealthy());
    expect(answers).toMatchObject({
      'gateway-arp-child child:eth0@web 192.0.2.1': true,
      'gateway-icmp child:eth0@web 192.0.2.1': true,
      'gateway-arp-parent host 192.0.2.1': true,
      'host-child-arp host 192.0.2.50': false,
      'host-child-icmp host 192.0.2.50': false,
      'child-host-icmp child:eth0@web 192.0.2.10': false,
      'sibling-icmp child:eth0@web 192.0.2.51': true,
      'reflection host ': false,
    });
  });

  it('knows what modes, a reflecting switch and a shim change', () => {
    const vepa = aSnapshot()
      .parent('eth0')
      .child('web', { mode: 'vepa' })
      .child('db', { mode: 'vepa' });
    expect(answersOf(vepa.allHealthy())['sibling-icmp child:eth0@web 192.0.2.51']).toBe(false);
    expect(answersOf(vepa.allHealthy({ reflects: true }))).toMatchObject({
      'sibling-icmp child:eth0@web 192.0.2.51': true,
      'host-child-icmp host 192.0.2.50': true,
    });
    const shim = aSnapshot()
      .parent('eth0')
      .child('web')
      .shim('mvd-shim')
      .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' })
      .allHealthy();
    expect(answersOf(shim)).toMatchObject({
      'host-child-icmp host 192.0.2.50': true,
      'shim-child-icmp shim:mvd-shim 192.0.2.50': true,
      'child-shim-icmp child:eth0@web 192.0.2.250': true,
      'host-child-arp host 192.0.2.50': false,
    });
  });

  it('lets a statement take the place of what was said before', () => {
    const snapshot = aSnapshot().parent('eth0').child('web').child('db').allHealthy();
    const answers = answersOf(snapshot.silent('gateway-arp-child', { child: 'web' }));
    expect(answers['gateway-arp-child child:eth0@web 192.0.2.1']).toBe(false);
    expect(answers['gateway-arp-child child:eth0@db 192.0.2.1']).toBe(true);
  });

  it('refuses a statement about a step that nobody plans', () => {
    const snapshot = aSnapshot().parent('eth0').child('web').silent('shim-child-icmp');
    expect(() => snapshot.build()).toThrow(/no planned step/u);
  });

  it('writes the tables as the probes leave them', () => {
    const { facts } = aSnapshot().parent('eth0').child('web').allHealthy().build();
    const tables = valueOf(facts.neighboursAfter);
    expect(tables?.['4026532001']).toContainEqual(
      expect.objectContaining({ dst: '192.0.2.1', dev: 'eth0', state: ['REACHABLE'] }),
    );
  });

  it('tells what the engine says of its networks, its containers, and who asks whom for names', () => {
    const published = [{ port: 80, protocol: 'tcp', hostPort: 8080 }];
    const { facts } = aSnapshot()
      .parent('eth0')
      .child('web', { network: 'lan', inspected: { published }, endpoint: { gwPriority: 5 } })
      .child('db', { network: 'lan', inspected: null })
      .network({ name: 'lan', addressesLeft: 250, configFrom: 'template' })
      .network({ name: 'mute', held: null })
      .network({ name: 'apps', driver: 'bridge', parent: null })
      .gap('the network mute was not asked')
      .resolvers('host', { nameservers: ['192.0.2.53'] })
      .resolvers('web', { nameservers: ['127.0.0.11'] })
      .build();
    const runtime = valueOf(facts.runtime);
    expect(runtime?.gaps).toEqual(['the network mute was not asked']);
    expect(runtime?.containers).toMatchObject([
      { name: 'web', published, networkMode: 'lan', dns: [], endpoints: [{ gwPriority: 5 }] },
      { name: 'db', endpoints: [{ ipv4: '192.0.2.51' }] },
    ]);
    expect(runtime?.containers[1]).not.toHaveProperty('published');
    expect(runtime?.networks).toMatchObject([
      {
        name: 'lan',
        configFrom: 'template',
        pools: [{ addressesLeft: 250 }],
        held: [{ name: 'web', ipv4: '192.0.2.50' }, { name: 'db' }],
      },
      { name: 'mute' },
      { name: 'apps' },
    ]);
    expect(runtime?.networks.map((network) => 'held' in network)).toEqual([true, false, false]);
    const [host, web] = valueOf(facts.namespaces) ?? [];
    expect(valueOf(facts.resolvers)).toEqual({
      [String(host?.inode)]: { nameservers: ['192.0.2.53'] },
      [String(web?.inode)]: { nameservers: ['127.0.0.11'] },
    });
  });
});
