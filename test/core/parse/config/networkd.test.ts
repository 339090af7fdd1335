import { describe, expect, it } from 'vitest';
import { networkdMacvlans } from '../../../../src/core/parse/config/networkd.js';

const NETDEV = '[NetDev]\nName=mvshim\nKind=macvlan\n\n[MACVLAN]\nMode=bridge\n';
const netdev = { path: '/etc/systemd/network/30-mvshim.netdev', text: NETDEV };

describe('networkdMacvlans', () => {
  it('knows that a .netdev needs the parent’s .network', () => {
    expect(networkdMacvlans([netdev])).toEqual([
      {
        name: 'mvshim',
        manager: 'systemd-networkd',
        path: netdev.path,
        isComplete: false,
        gap: 'no .network file of the parent says MACVLAN=mvshim, so systemd-networkd does not make it',
      },
    ]);
  });

  it.each([
    ['/etc/systemd/network/10-eth0.network', '[Match]\nName=eth0\n[Network]\nMACVLAN=mvshim\n'],
    [
      '/etc/systemd/network/10-eth0.network.d/shim.conf',
      '[Network]\nMACVLAN=other\nMACVLAN=mvshim',
    ],
    ['/run/systemd/network/10-netplan-eth0.network', '[Network]\nMACVLAN=other mvshim\n'],
  ])('is content with %s', (path, text) => {
    expect(networkdMacvlans([netdev, { path, text }])).toMatchObject([{ isComplete: true }]);
  });

  it('is not content with MACVLAN= in another section', () => {
    const file = { path: '/etc/systemd/network/a.network', text: '[Match]\nMACVLAN=mvshim\n' };
    expect(networkdMacvlans([netdev, file])).toMatchObject([{ isComplete: false }]);
  });

  it('lets /etc hide a file of the same name further down', () => {
    const path = '/usr/lib/systemd/network/30-mvshim.netdev';
    const hidden = { path, text: NETDEV.replace('mvshim', 'old') };
    const masked = { ...netdev, text: '' };
    expect(networkdMacvlans([netdev, hidden]).map(({ name }) => name)).toEqual(['mvshim']);
    expect(networkdMacvlans([masked, hidden])).toEqual([]);
  });

  it('leaves other kinds alone', () => {
    const text = '[NetDev]\nName=br0\nKind=bridge\n';
    expect(networkdMacvlans([{ path: '/etc/systemd/network/br0.netdev', text }])).toEqual([]);
  });

  it('knows macvtap', () => {
    const tap = { path: '/etc/systemd/network/t.netdev', text: '[NetDev]\nName=t\nKind=macvtap\n' };
    const parent = { path: '/etc/systemd/network/p.network', text: '[Network]\nMACVTAP=t\n' };
    expect(networkdMacvlans([tap, parent])).toMatchObject([{ name: 't', isComplete: true }]);
  });
});
