import { describe, expect, it } from 'vitest';
import { stationsIn } from '../../../../src/core/derive/prediction/find-stations.js';
import { areElsewhereToo } from '../../../../src/core/derive/prediction/stations.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import type { Topology } from '../../../../src/model/topology.js';
import { aSnapshot } from '../../../support/a-snapshot.js';

/** The host's stations, and how often one of its addresses was looked at. */
function counted(topology: Topology) {
  const { host } = topology;
  if (host.content.state !== 'known') throw new Error('nothing is known of the host');
  const { value } = host.content;
  let looks = 0;
  const addresses = value.addresses.map((address) => ({
    ...address,
    get family() {
      looks += 1;
      return address.family;
    },
  }));
  const watched = { ...host, content: { ...host.content, value: { ...value, addresses } } };
  const all = stationsIn({ ...topology, host: watched }).filter(({ netns }) => netns.isHost);
  return { all, count: addresses.length, looksAt: () => looks };
}

describe('whether a stack has another link in the subnet of an address', () => {
  it('is worked out once for all links of a namespace on a parent', () => {
    const host = aSnapshot().parent('eth0').hostLink('eth1', { address: '198.51.100.7/24' });
    for (let at = 0; at < 300; at += 1)
      host.shim(`m${at}`, { address: `10.0.${at % 200}.${at % 7}/24` });
    const { all, count, looksAt } = counted(buildTopology(host.build()));
    for (const station of all) {
      expect(areElsewhereToo([station], '198.51.100.9')).toBe(true);
      expect(areElsewhereToo([station], '192.0.2.9')).toBe(false);
    }
    expect(all).toHaveLength(301);
    expect(looksAt()).toBe(count);
  });

  it('is told apart for each parent', () => {
    const host = aSnapshot()
      .parent('eth0')
      .shim('m0')
      .parent('eth1', { address: '198.51.100.7/24' })
      .shim('m1', { address: '198.51.100.8/24' });
    const elsewhere = stationsIn(buildTopology(host.build())).map((station) => [
      station.link.ifname,
      areElsewhereToo([station], '198.51.100.9'),
    ]);
    expect(Object.fromEntries(elsewhere)).toMatchObject({
      eth0: true,
      m0: true,
      eth1: false,
      m1: false,
    });
  });
});
