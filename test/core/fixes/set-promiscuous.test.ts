import { describe, expect, it } from 'vitest';
import setPromiscuous from '../../../src/core/fixes/set-promiscuous.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { linesOf, planOf } from './plan.js';

const lan = () => aSnapshot().parent('eth0').child('web');
const plan = (given = lan(), link = 'eth0') => planOf(setPromiscuous.request({ link }), given);

describe('set-promiscuous', () => {
  it('switches it on, and off again', () => {
    expect(linesOf(plan().steps)).toEqual(['ip link set dev eth0 promisc on']);
    expect(linesOf(plan().undo)).toEqual(['ip link set dev eth0 promisc off']);
  });

  it('keeps it by the manager in use, and by a unit in any case', () => {
    const given = lan().persistent({
      managers: ['systemd-networkd'],
      networkFiles: { eth0: '/run/systemd/network/10-netplan-eth0.network' },
    });
    const [networkd, unit, ...others] = plan(given).persist;
    expect(networkd?.files).toEqual([
      {
        path: '/etc/systemd/network/10-netplan-eth0.network.d/eth0-promiscuous.conf',
        content: '[Link]\nPromiscuous=yes\n',
      },
    ]);
    expect(unit?.files[0]?.content).toContain('ExecStart=/sbin/ip link set dev eth0 promisc on\n');
    expect(unit?.files[0]?.content).toContain('BindsTo=sys-subsystem-net-devices-eth0.device\n');
    expect(others).toEqual([]);
  });

  it.each([
    ['NetworkManager', /accept-all-mac-addresses true/u],
    ['ifupdown', /iface eth0 inet manual\n {4}up ip link set dev eth0 promisc on\n/u],
  ] as const)('has a form for %s', (manager, text) => {
    const [form] = plan(lan().persistent({ managers: [manager] })).persist;
    const said = [
      ...(form?.files ?? []).map(({ content }) => content),
      ...(form?.commands ?? []).flat(),
    ];
    expect(form?.manager).toBe(manager);
    expect(said.join('\n')).toMatch(text);
  });

  it('where no manager is known, offers them all after the unit', () => {
    const forms = plan(lan().persistent({ managers: [] })).persist;
    expect(forms.map(({ manager }) => manager)).toEqual(['systemd', 'NetworkManager', 'ifupdown']);
  });

  it('writes no file for a name that no file can hold', () => {
    const given = aSnapshot().parent('eth 0').child('web');
    expect(plan(given, 'eth 0').persist).toEqual([]);
    expect(linesOf(plan(given, 'eth 0').steps)).toEqual(["ip link set dev 'eth 0' promisc on"]);
  });
});
