import { describe, expect, it } from 'vitest';
import nics from '../../../../src/edge/gatherers/machine/nics.js';
import type { NetnsDoor } from '../../../../src/edge/host/host.js';
import { known, unknown } from '../../../../src/model/fact.js';
import { aSnapshot } from '../../../support/a-snapshot.js';
import { fakeHost } from '../../../support/fake-host.js';
import { closedNetns } from '../../../support/namespaces-host.js';
import { valueOf } from '../../../support/netlink-bytes.js';

const DRIVERS: Readonly<Record<string, readonly [string, string]>> = {
  eth0: ['iavf', '0000:03:02.1'],
  eth1: ['e1000e', '0000:00:1f.6'],
  eth2: ['hostile', '../../../etc'],
  veth7: ['veth', ''],
};
const netns: NetnsDoor = {
  ...closedNetns,
  driverOf(ifname) {
    const [driver, busInfo] = DRIVERS[ifname] ?? [];
    if (driver === undefined || busInfo === undefined) return unknown('absent', 'no driver');
    return known({ driver, busInfo });
  },
};
const { facts } = aSnapshot()
  .hostLink('eth0')
  .hostLink('eth1')
  .hostLink('eth2')
  .hostLink('eth3')
  .hostLink('veth7', { kind: 'veth' })
  .build();

describe('nics', () => {
  it('are cards with a driver, and virtual functions by their place on the bus', async () => {
    const inodes = {
      '/sys/bus/pci/devices/0000:03:02.1/physfn': 5,
      '/sys/bus/pci/devices/../../../etc/physfn': 6,
    };
    const { nics: fact } = await nics.gather(fakeHost({ inodes, host: { netns } }), facts);
    expect(valueOf(fact)).toEqual({
      eth0: { driver: 'iavf', busInfo: '0000:03:02.1', isVirtualFunction: true },
      eth1: { driver: 'e1000e', busInfo: '0000:00:1f.6', isVirtualFunction: false },
      eth2: { driver: 'hostile', busInfo: '../../../etc', isVirtualFunction: false },
    });
  });

  it('are not known without namespaces, nor without Linux', async () => {
    const host = fakeHost({ host: { netns } });
    expect((await nics.gather(host, {})).nics.state).toBe('failed');
    const namespaces = unknown('denied', 'not allowed');
    expect((await nics.gather(host, { namespaces })).nics).toEqual(
      unknown('failed', 'not allowed'),
    );
    expect((await nics.gather(fakeHost(), facts)).nics.state).toBe('absent');
  });
});
