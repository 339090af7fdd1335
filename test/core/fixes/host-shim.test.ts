// The headline fix: real names, a free address, one route per child, and every form in which it is kept.
import { describe, expect, it } from 'vitest';
import hostShim from '../../../src/core/fixes/host-shim.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { attempt, linesOf, planOf } from './plan.js';

const lan = (mode = 'bridge') => aSnapshot().parent('eth0').child('web', { mode });
const request = (children = ['eth0@web']) => hostShim.request({ parent: 'eth0', children });
const why = (given: SnapshotBuilder, children?: string[]) => {
  const plan = attempt(request(children), given);
  return 'impossible' in plan ? plan.impossible : 'possible';
};

describe('the commands', () => {
  it('make a /32 in bridge mode with a route per child', () => {
    const plan = planOf(request(['eth0@web', 'eth0@db']), lan().child('db').allHealthy());
    expect(linesOf(plan.steps)).toEqual([
      'ip link add mvd-shim link eth0 type macvlan mode bridge',
      'sysctl -w net.ipv4.conf.mvd-shim.arp_ignore=1',
      'sysctl -w net.ipv4.conf.mvd-shim.arp_announce=2',
      'ip addr add 192.0.2.254/32 dev mvd-shim',
      'ip link set mvd-shim up',
      'ip route add 192.0.2.51/32 dev mvd-shim',
      'ip route add 192.0.2.50/32 dev mvd-shim',
    ]);
    expect(linesOf(plan.undo)).toEqual(['ip link del mvd-shim']);
    expect(plan.notes.join(' ')).toMatch(/192\.0\.2\.254 is free: .*no answer to 4 ARP requests/);
  });

  it('take another name when that one is taken, by a link or by configuration', () => {
    const given = lan()
      .hostLink('mvd-shim')
      .persistent({
        macvlans: [{ name: 'mvd-shim1', manager: 'unit', path: '/x', isComplete: true }],
      })
      .allHealthy();
    expect(linesOf(planOf(request(), given).undo)).toEqual(['ip link del mvd-shim2']);
  });

  it('are another name and another address for each parent, also on one LAN', () => {
    const given = lan().parent('eth1', { address: '192.0.2.11/24' }).child('db').allHealthy();
    const first = linesOf(planOf(request(), given).steps);
    const second = linesOf(
      planOf(hostShim.request({ parent: 'eth1', children: ['eth0@db'] }), given).steps,
    );
    expect([first[0], first[3]]).toEqual([
      'ip link add mvd-shim link eth0 type macvlan mode bridge',
      'ip addr add 192.0.2.254/32 dev mvd-shim',
    ]);
    expect([second[0], second[3]]).toEqual([
      'ip link add mvd-shim1 link eth1 type macvlan mode bridge',
      'ip addr add 192.0.2.253/32 dev mvd-shim1',
    ]);
  });

  it('do not call an address free where nobody at all answers', () => {
    const given = lan()
      .allHealthy()
      .silent('gateway-arp-child')
      .silent('gateway-arp-parent')
      .silent('gateway-icmp');
    const notes = planOf(request(), given).notes.join(' ');
    expect(notes).toMatch(
      /Whether 192\.0\.2\.254 is free is not proven: .* again once the LAN answers/,
    );
    expect(notes).not.toMatch(/is free:/);
  });

  it('route the ip-range when there are many children and nobody else is in it', () => {
    const many = (ipRange: string) => {
      const given = aSnapshot()
        .parent('eth0', { gateway: '192.0.2.1' })
        .network({ name: 'lan', ipRange });
      const names = Array.from({ length: 9 }, (_, index) => `c${index}`);
      for (const [index, name] of names.entries())
        given.child(name, { network: 'lan', address: `192.0.2.${index + 97}/24` });
      return linesOf(
        planOf(request(names.map((name) => `eth0@${name}`)), given.allHealthy()).steps,
      );
    };
    expect(many('192.0.2.96/27').filter((line) => line.startsWith('ip route'))).toEqual([
      'ip route add 192.0.2.96/27 dev mvd-shim',
    ]);
    expect(many('192.0.2.0/25').filter((line) => line.startsWith('ip route'))).toHaveLength(9);
  });

  it('quote nothing into a shell: hostile names stay one word', () => {
    const given = aSnapshot().parent('eth0;reboot').child('web').allHealthy();
    const plan = planOf(hostShim.request({ parent: 'eth0;reboot', children: ['eth0@web'] }), given);
    expect(linesOf(plan.steps)[0]).toBe(
      "ip link add mvd-shim link 'eth0;reboot' type macvlan mode bridge",
    );
    expect(plan.persist).toEqual([]);
    expect(plan.notes.join(' ')).toMatch(/cannot stand in configuration files/);
  });

  it('are in vepa mode for vepa children of a reflecting switch', () => {
    const plan = planOf(request(), lan('vepa').allHealthy({ reflects: true }));
    expect(linesOf(plan.steps)[0]).toMatch(/mode vepa$/);
  });

  it('say whom they leave out', () => {
    const plan = planOf(
      request(['eth0@web', 'eth0@vault']),
      lan().child('vault', { mode: 'private' }).allHealthy(),
    );
    expect(plan.notes.join(' ')).toMatch(/No shim reaches vault/);
  });
});

describe('is not offered', () => {
  it.each([
    ['for private children', lan('private').allHealthy(), /private mode exchange no frames/],
    [
      'for vepa children without reflection',
      lan('vepa').allHealthy(),
      /does not send their frames back/,
    ],
    [
      'without an IPv4 address',
      aSnapshot().parent('eth0').child('web', { address: '2001:db8::1/64' }),
      /IPv4/,
    ],
    ['when nothing was asked on the wire', lan(), /without --passive/],
    ['when every candidate is taken', lan().answered('free-address-arp'), /none stayed silent/],
    [
      'when the subnet is full',
      aSnapshot()
        .parent('eth0', { address: '192.0.2.49/30' })
        .child('web', { address: '192.0.2.50/30', gateway: null }),
      /no free one is left/,
    ],
  ])('%s', (_name, given, reason) => {
    expect(why(given)).toMatch(reason);
  });
});

describe('the persistent forms', () => {
  const forms = (given: SnapshotBuilder) => planOf(request(), given.allHealthy()).persist;

  it('begin with the manager in use, and always hold a plain unit', () => {
    expect(forms(lan()).map(({ manager }) => manager)).toEqual(['systemd-networkd', 'systemd']);
    expect(
      forms(lan().persistent({ managers: ['NetworkManager', 'ifupdown'] })).map(
        ({ manager }) => manager,
      ),
    ).toEqual(['NetworkManager', 'ifupdown', 'systemd']);
    expect(
      forms(lan().persistent({ managers: ['netplan'] })).map(({ manager }) => manager),
    ).toEqual(['systemd-networkd', 'systemd']);
    expect(forms(lan().persistent({ managers: [] })).map(({ manager }) => manager)).toEqual([
      'systemd',
      'systemd-networkd',
      'NetworkManager',
      'ifupdown',
    ]);
  });

  it("systemd-networkd: extends the parent's own file, wherever it lives, and never replaces it", () => {
    const networkFiles = { eth0: '/run/systemd/network/10-netplan-eth0.network' };
    const [form] = forms(
      lan().persistent({ managers: ['netplan', 'systemd-networkd'], networkFiles }),
    );
    expect(form?.files.map(({ path }) => path)).toEqual([
      '/etc/systemd/network/25-mvd-shim.netdev',
      '/etc/systemd/network/05-mvd-shim.network',
      '/etc/sysctl.d/60-mvd-shim.conf',
      '/etc/systemd/network/10-netplan-eth0.network.d/mvd-shim.conf',
    ]);
    expect(form?.files.at(-1)?.content).toBe('[Network]\nMACVLAN=mvd-shim\n');
    expect(form?.files[0]?.content).toMatch(/Kind=macvlan\n\n\[MACVLAN\]\nMode=bridge/);
    expect(form?.files[1]?.content).toMatch(
      /Address=192\.0\.2\.254\/32\n[^]*\[Route\]\nDestination=192\.0\.2\.50\/32\nScope=link/,
    );
    expect(form?.files.every(({ content }) => !content.includes('Name=eth0'))).toBe(true);
  });

  it('systemd-networkd: asks networkd for that file where it is not known', () => {
    const [form] = forms(lan());
    expect(form?.commands[0]?.slice(0, 2)).toEqual(['sh', '-ec']);
    expect(form?.commands[0]?.[2]).toMatch(/NETWORK_FILE/);
  });

  it.each(['systemd-networkd', 'NetworkManager', 'ifupdown', 'netplan'] as const)(
    '%s: the shim answers for its own address only, from the first',
    (manager) => {
      for (const form of forms(lan().persistent({ managers: [manager] }))) {
        const text = form.files.map(({ content }) => content).join('\n');
        expect(text).toMatch(/net\.ipv4\.conf\.mvd-shim\.arp_ignore ?= ?1/);
        expect(text).toMatch(/net\.ipv4\.conf\.mvd-shim\.arp_announce ?= ?2/);
        expect(text).not.toMatch(/addr (?:add|replace)[^]*arp_ignore/);
      }
    },
  );

  it('NetworkManager: never takes the default route', () => {
    const [form] = forms(lan().persistent({ managers: ['NetworkManager'] }));
    const line = form?.commands[0]?.join(' ');
    expect(line).toBe(
      'nmcli connection add type macvlan con-name mvd-shim ifname mvd-shim dev eth0 mode bridge ipv4.method manual ipv4.addresses 192.0.2.254/32 ipv4.routes 192.0.2.50/32 ipv4.never-default yes ipv6.method disabled',
    );
  });

  it('ifupdown: every line may be repeated', () => {
    const [form] = forms(lan().persistent({ managers: ['ifupdown'] }));
    expect(form?.files[0]?.content).toMatch(
      /ip link show dev mvd-shim >\/dev\/null 2>&1 \|\| ip link add/,
    );
    expect(form?.files[0]?.content).toMatch(/up ip route replace 192\.0\.2\.50\/32 dev mvd-shim/);
  });

  it('the unit: waits for the parent, starts from nothing, keeps networkd off the shim', () => {
    const given = aSnapshot().parent('br-lan').child('web').allHealthy();
    const plan = planOf(hostShim.request({ parent: 'br-lan', children: ['eth0@web'] }), given);
    const unit = plan.persist.at(-1);
    expect(unit?.files[0]?.path).toBe('/etc/systemd/system/mvd-shim.service');
    expect(unit?.files[0]?.content).toMatch(/BindsTo=sys-subsystem-net-devices-br\\x2dlan\.device/);
    expect(unit?.files[0]?.content).toMatch(
      /ExecStartPre=-\/sbin\/ip link del mvd-shim\nExecStart=\/sbin\/ip link add mvd-shim link br-lan/,
    );
    expect(unit?.files[1]?.content).toBe('[Match]\nName=mvd-shim\n\n[Link]\nUnmanaged=yes\n');
  });
});
