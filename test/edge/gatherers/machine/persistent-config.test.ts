import { describe, expect, it } from 'vitest';
import persistentConfig from '../../../../src/edge/gatherers/machine/persistent-config.js';
import { unknown } from '../../../../src/model/fact.js';
import { aSnapshot } from '../../../support/a-snapshot.js';
import { type FakeMachine, fakeHost } from '../../../support/fake-host.js';

/** eth0 has ifindex 2, eth1 3. */
const { facts } = aSnapshot().parent('eth0').hostLink('eth1').build();

async function look(machine: FakeMachine) {
  return (await persistentConfig.gather(fakeHost(machine), facts)).persistentConfig;
}

const NETWORKD = {
  '/run/systemd/netif/state': 'OPER_STATE=routable\n',
  '/run/systemd/netif/links/2':
    'ADMIN_STATE=configured\nNETWORK_FILE=/etc/systemd/network/10-eth0.network\n',
  '/run/systemd/netif/links/3': 'ADMIN_STATE=unmanaged\n',
};
const NETDEV = { '/etc/systemd/network/30-mv.netdev': '[NetDev]\nName=mv\nKind=macvlan\n' };

describe('persistentConfig', () => {
  it('finds nobody', async () => {
    expect(await look({})).toEqual({
      state: 'known',
      value: { managers: [], macvlans: [], networkFiles: {} },
    });
  });

  it('finds systemd-networkd, the file of each link, and what it makes', async () => {
    const files = {
      ...NETWORKD,
      ...NETDEV,
      '/etc/systemd/network/10-eth0.network.d/mv.conf': '[Network]\nMACVLAN=mv\n',
    };
    expect(await look({ files })).toEqual({
      state: 'known',
      value: {
        managers: ['systemd-networkd'],
        macvlans: [
          {
            name: 'mv',
            manager: 'systemd-networkd',
            path: '/etc/systemd/network/30-mv.netdev',
            isComplete: true,
          },
        ],
        networkFiles: { eth0: '/etc/systemd/network/10-eth0.network' },
      },
    });
  });

  it('knows that files of a manager that does not run make nothing', async () => {
    const files = { ...NETDEV, '/etc/systemd/network/a.network': '[Network]\nMACVLAN=mv\n' };
    expect(await look({ files })).toMatchObject({
      value: {
        managers: [],
        macvlans: [{ isComplete: false, gap: 'systemd-networkd is not at work on this host' }],
      },
    });
  });

  it('puts the manager of most links first, and netplan last', async () => {
    const files = {
      ...NETWORKD,
      '/run/NetworkManager/devices/2': '[device]\nmanaged=true\nconnection-uuid=1\n',
      '/run/NetworkManager/devices/3': '[device]\nconnection-uuid=2\n',
      '/etc/netplan/01-all.yaml': 'network: {}\n',
    };
    expect(await look({ files })).toMatchObject({
      value: { managers: ['NetworkManager', 'systemd-networkd', 'netplan'] },
    });
  });

  it('finds ifupdown by its stanzas, also in the folder beside', async () => {
    const files = {
      '/etc/network/interfaces': 'auto lo\niface lo inet loopback\n',
      '/etc/network/interfaces.d/mv':
        'auto mv\niface mv inet manual\n  pre-up ip link add mv link eth0 type macvlan mode bridge\n',
    };
    expect(await look({ files })).toMatchObject({
      value: { managers: ['ifupdown'], macvlans: [{ name: 'mv', isComplete: true }] },
    });
  });

  it('finds units, and whether anything starts them', async () => {
    const unit = '[Service]\nExecStart=/sbin/ip link add mv link eth0 type macvlan\n';
    const files = { '/etc/systemd/system/mv.service': unit };
    expect(await look({ files })).toMatchObject({ value: { macvlans: [{ isComplete: false }] } });
    const links = { '/etc/systemd/system/multi-user.target.wants/mv.service': '../mv.service' };
    expect(await look({ files, links })).toMatchObject({
      value: { macvlans: [{ name: 'mv', manager: 'unit', isComplete: true }] },
    });
  });

  it('does not take what it may not read for nothing', async () => {
    const path = '/etc/NetworkManager/system-connections/mv.nmconnection';
    const files = { [path]: unknown('denied', `${path} may not be read by this user`) };
    expect(await look({ files })).toEqual({
      state: 'denied',
      reason: `${path} may not be read by this user; run as root`,
    });
  });

  it('is a question for Linux only', async () => {
    expect(await look({ host: { os: 'darwin' } })).toMatchObject({ state: 'absent' });
  });
});
