import { describe, expect, it } from 'vitest';
import {
  holdersOn,
  isHeldByOther,
  MOST_ENDS,
  stationsCalled,
} from '../../../../src/core/derive/prediction/find-stations.js';
import { predict } from '../../../../src/core/derive/prediction/predict.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import type { Parent, Topology } from '../../../../src/model/topology.js';
import { aSnapshot } from '../../../support/a-snapshot.js';

function parentIn({ parents }: Topology, name: string): Parent {
  const found = parents.find((parent) => parent.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

describe('who has an address', () => {
  const topology = buildTopology(
    aSnapshot()
      .parent('eth0')
      .child('web', { address: '192.0.2.20/24' })
      .child('db', { address: '192.0.2.21/24' })
      .parent('eth1', { address: '198.51.100.10/24' })
      .child('twin', { address: '192.0.2.20/24' })
      .build(),
  );
  const [eth0, eth1] = [parentIn(topology, 'eth0'), parentIn(topology, 'eth1')];

  it('is every link of its stack on that parent', () => {
    const links = (parent: Parent, ip: string): string[] =>
      holdersOn(topology, parent, ip).map(({ netns, link }) => `${netns.isHost} ${link.ifname}`);
    expect(links(eth0, '192.0.2.10')).toEqual(['true eth0']);
    expect(links(eth1, '192.0.2.10')).toEqual(['true eth1']);
    expect(links(eth0, '192.0.2.20')).toHaveLength(1);
    expect(links(eth0, '192.0.2.99')).toEqual([]);
  });

  it('is somebody else, on any parent or on the one', () => {
    const [web] = holdersOn(topology, eth0, '192.0.2.20');
    const [db] = holdersOn(topology, eth0, '192.0.2.21');
    if (web === undefined || db === undefined) throw new Error('nobody');
    const { inode } = web.netns;
    expect(isHeldByOther(topology, '192.0.2.20', { inode })).toBe(true);
    expect(isHeldByOther(topology, '192.0.2.20', { inode, parent: eth0 })).toBe(false);
    expect(isHeldByOther(topology, '192.0.2.20', { inode: db.netns.inode, parent: eth0 })).toBe(
      true,
    );
    expect(isHeldByOther(topology, '192.0.2.21', { inode: db.netns.inode })).toBe(false);
  });

  it('is found by its name', () => {
    const host = topology.host.inode;
    expect(stationsCalled(topology, host, 'eth1').map(({ parent }) => parent.name)).toEqual([
      'eth1',
    ]);
    expect(stationsCalled(topology, host, 'eth9')).toEqual([]);
  });
});

function answerOf(links: number) {
  const host = aSnapshot().parent('eth0').child('web', { address: '10.200.0.20/8' });
  for (let at = 1; at < links; at += 1)
    host.shim(`m${at}`, { address: `10.${at >> 8}.${at & 255}.1/30` });
  const { facts, scope } = host.build();
  const topology = buildTopology({ facts, scope });
  const [web] = holdersOn(topology, parentIn(topology, 'eth0'), '10.200.0.20');
  return predict(
    {
      probe: 'host-child-icmp',
      parent: 'eth0',
      target: '10.0.1.1',
      send: { kind: 'icmp', netns: web?.netns.inode ?? 0, device: 'eth0' },
    },
    { topology, facts, reflects: 'no' },
  ).reason;
}

describe('an address behind very many links', () => {
  it('is gone through as far as can be, and then left open', () => {
    expect(answerOf(MOST_ENDS)).not.toBe('many-ends');
    expect(answerOf(MOST_ENDS + 1)).toBe('many-ends');
  });
});
