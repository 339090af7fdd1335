import { describe, expect, it } from 'vitest';
import { projectTopology } from '../../../../src/core/derive/topology/projection.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import type { Report } from '../../../../src/model/report.js';
import { aSnapshot, type SnapshotBuilder } from '../../../support/a-snapshot.js';

function project(builder: SnapshotBuilder): Report['topology'] {
  const snapshot = builder.build();
  return projectTopology(buildTopology(snapshot), snapshot.facts);
}

describe('projectTopology', () => {
  it('shows parents with their children, shims and networks', () => {
    const builder = aSnapshot()
      .parent('eth0')
      .network({ name: 'lan' })
      .child('web', { network: 'lan' })
      .shim('mvd-shim')
      .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' });
    const { parents, orphanNetworks } = project(builder);
    expect(orphanNetworks).toEqual([]);
    expect(parents).toMatchObject([
      {
        name: 'eth0',
        mac: '52:54:00:00:00:10',
        operstate: 'UP',
        mtu: 1500,
        addresses: ['192.0.2.10/24', expect.stringMatching(/^fe80::/)],
        networks: ['lan'],
        unseenMacs: [],
        children: [
          {
            name: 'eth0@web',
            label: 'web',
            link: 'eth0',
            mode: 'bridge',
            addresses: ['192.0.2.50/24', expect.stringMatching(/^fe80::/)],
            gateways: ['192.0.2.1'],
            isUp: true,
            container: 'web',
            network: 'lan',
          },
        ],
        shims: [
          {
            name: 'mvd-shim',
            mode: 'bridge',
            addresses: ['192.0.2.250/32', expect.stringMatching(/^fe80::/)],
            routes: ['192.0.2.50'],
            isUp: true,
          },
        ],
      },
    ]);
  });

  it('shows ipvlan links apart from children', () => {
    const builder = aSnapshot()
      .parent('eth0')
      .network({ name: 'cams', driver: 'ipvlan', mode: 'l2' })
      .child('cam', {
        kind: 'ipvlan',
        network: 'cams',
        flags: ['private'],
        address: '192.0.2.7/24',
      });
    expect(project(builder).parents[0]).toMatchObject({
      children: [],
      unseenMacs: [],
      ipvlans: [
        {
          name: 'eth0@cam',
          label: 'cam',
          link: 'eth0',
          mode: 'l2 private',
          mac: '52:54:00:00:00:10',
          isUp: true,
          container: 'cam',
          network: 'cams',
        },
      ],
    });
    expect(project(aSnapshot().parent('eth0').child('web')).parents[0]).not.toHaveProperty(
      'ipvlans',
    );
  });

  it('names networks that have no parent here', () => {
    const builder = aSnapshot().network({ name: 'lost', parent: 'eth9' });
    expect(project(builder)).toEqual({ parents: [], orphanNetworks: ['lost'] });
  });

  it('is plain JSON', () => {
    const topology = project(aSnapshot().parent('eth0').child('web').child('db', { up: false }));
    const text = JSON.stringify(topology);
    expect(JSON.parse(text)).toEqual(topology);
  });
});
