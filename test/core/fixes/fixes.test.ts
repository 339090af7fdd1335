// The smaller fixes: what they run, what they restore, and when they say that there is nothing to run.
import { describe, expect, it } from 'vitest';
import addDefaultRoute from '../../../src/core/fixes/add-default-route.js';
import addShimRoute from '../../../src/core/fixes/add-shim-route.js';
import hostShim from '../../../src/core/fixes/host-shim.js';
import persistShim from '../../../src/core/fixes/persist-shim.js';
import preferMainTable from '../../../src/core/fixes/prefer-main-table.js';
import preferNetwork from '../../../src/core/fixes/prefer-network.js';
import replaceShimAddress from '../../../src/core/fixes/replace-shim-address.js';
import setAddressPrefix from '../../../src/core/fixes/set-address-prefix.js';
import setChildUp from '../../../src/core/fixes/set-child-up.js';
import setLinkUp from '../../../src/core/fixes/set-link-up.js';
import setMacvlanMode from '../../../src/core/fixes/set-macvlan-mode.js';
import setShimUp from '../../../src/core/fixes/set-shim-up.js';
import { aSnapshot, type ParentOptions, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { attempt, linesOf, planOf } from './plan.js';

const lan = () => aSnapshot().parent('eth0').child('web');
const withShim = () => lan().shim('mvd-shim').hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' });
const inContainer = () =>
  aSnapshot().parent('eth0').network({ name: 'lan' }).child('web', { network: 'lan' });
const lost = () => aSnapshot().parent('eth0').child('web', { mounts: [], processes: [] });
const destinations = ['192.0.2.50/32'];

describe('what is gone, or has no way in, becomes a sentence', () => {
  it.each([
    ['set-child-up', setChildUp.request({ child: 'eth0@gone' })],
    [
      'set-macvlan-mode',
      setMacvlanMode.request({ where: { kind: 'shim', name: 'gone' }, mode: 'bridge' }),
    ],
    ['add-shim-route', addShimRoute.request({ shim: 'gone', destinations })],
    ['replace-shim-address', replaceShimAddress.request({ shim: 'gone', destinations })],
    ['set-shim-up', setShimUp.request({ shim: 'gone', destinations })],
    ['persist-shim', persistShim.request({ shim: 'gone' })],
    ['add-default-route', addDefaultRoute.request({ child: 'eth0@gone', gateway: '192.0.2.1' })],
    [
      'set-address-prefix',
      setAddressPrefix.request({ child: 'eth0@gone', address: '192.0.2.50', from: 25, to: 24 }),
    ],
    ['host-shim', hostShim.request({ parent: 'gone', children: [] })],
  ])('%s', (_name, remedy) => {
    expect(attempt(remedy, lan())).toHaveProperty('impossible');
  });

  it('a child whose namespace nothing leads to', () => {
    const child = lost().build().facts.namespaces;
    const name = child.state === 'known' ? `eth0@netns-${child.value[1]?.inode ?? 0}` : '';
    const plan = attempt(setChildUp.request({ child: name }), lost());
    expect('impossible' in plan && plan.impossible).toMatch(/neither a name nor a process/);
  });
});

describe('set-link-up', () => {
  const notesOf = (given: SnapshotBuilder, link = 'eth0') =>
    planOf(setLinkUp.request({ link }), given).notes.join(' ');

  it("acts on the host's own links", () => {
    const plan = planOf(setLinkUp.request({ link: 'eth 0' }), lan());
    expect(linesOf(plan.steps)).toEqual(["ip link set dev 'eth 0' up"]);
    expect(linesOf(plan.undo)).toEqual(["ip link set dev 'eth 0' down"]);
  });

  it.each([
    ['systemd-networkd', 'networkctl reconfigure eth0 (systemd-networkd)'],
    ['NetworkManager', 'nmcli device reapply eth0 (NetworkManager)'],
    ['ifupdown', 'ifup --force eth0 (ifupdown)'],
    ['netplan', 'netplan apply (netplan)'],
  ] as const)('says how %s brings lost routes back', (manager, way) => {
    const notes = notesOf(lan().persistent({ managers: [manager] }));
    expect(notes).toContain(`does not bring them back; this does: ${way}.`);
  });

  it('names no command where no manager is known, and no routes where the host has no address', () => {
    expect(notesOf(lan().persistent({ managers: [] }))).toContain(
      'what configures the link has to set them again.',
    );
    expect(notesOf(lan().hostLink('eth1'), 'eth1')).not.toContain('routes');
  });

  it('quotes a link in the command of the note', () => {
    const given = aSnapshot().parent('eth 0').child('web');
    expect(notesOf(given, 'eth 0')).toContain("networkctl reconfigure 'eth 0' ");
  });
});

describe('set-child-up', () => {
  const planFor = (given: SnapshotBuilder) =>
    planOf(setChildUp.request({ child: 'eth0@web' }), given);
  const down = { up: false };
  const sick = (parent: ParentOptions = {}) =>
    aSnapshot().parent('eth0', parent).child('web', down);
  const up = 'ip -n web link set dev eth0 up';

  it('gives the default route back by the gateway that the network names', () => {
    const given = aSnapshot()
      .parent('eth0')
      .network({ name: 'lan', gateway: '192.0.2.7' })
      .child('web', { network: 'lan', mounts: ['/run/netns/web'], ...down })
      .child('db', { network: 'lan' });
    const plan = planFor(given);
    expect(linesOf(plan.steps)).toEqual([
      up,
      'ip -n web route replace default via 192.0.2.7 dev eth0',
    ]);
    expect(linesOf(plan.undo)).toEqual(['ip -n web link set dev eth0 down']);
    const notes = plan.notes.join(' ');
    expect(notes).toContain('192.0.2.7 is the gateway of the network lan.');
    expect(notes).toContain('Restarting web restores them all');
  });

  it('or by the one that all its siblings use', () => {
    const plan = planFor(sick().child('db').child('mqtt'));
    expect(linesOf(plan.steps).at(-1)).toBe(
      'ip -n web route replace default via 192.0.2.1 dev eth0',
    );
    expect(plan.notes.join(' ')).toContain('192.0.2.1 is the gateway that db and mqtt use.');
  });

  it('or by the one that the host itself uses on that parent', () => {
    const plan = planFor(sick({ gateway: '192.0.2.1' }));
    expect(linesOf(plan.steps).at(-1)).toBe(
      'ip -n web route replace default via 192.0.2.1 dev eth0',
    );
    expect(plan.notes.join(' ')).toContain('192.0.2.1 is the gateway that this host itself uses.');
  });

  it.each([
    ['siblings disagree', sick().child('db').child('mqtt', { gateway: '192.0.2.9' })],
    [
      "the host's own gateway is in another subnet",
      sick({ address: ['192.0.2.10/24', '198.51.100.10/24'], gateway: '198.51.100.1' }),
    ],
    [
      'siblings live in another subnet',
      sick().child('db', { address: '198.51.100.7/24', gateway: '198.51.100.1' }),
    ],
    ['the sibling is down as well', sick().child('db', down)],
    ['the child itself would be the gateway', sick().child('db', { gateway: '192.0.2.50' })],
    [
      'another link of the child leads out',
      sick().child('other', { sameNetnsAs: 'web', address: '198.51.100.7/24' }).child('db'),
    ],
    [
      'the network is closed on purpose',
      aSnapshot()
        .parent('eth0')
        .network({ name: 'in', isInternal: true })
        .child('web', { network: 'in', mounts: ['/run/netns/web'], ...down })
        .child('db'),
    ],
  ])('adds no route where %s, and says so', (_why, given) => {
    const plan = planFor(given);
    expect(linesOf(plan.steps)).toEqual([up]);
    expect(plan.notes.join(' ')).toContain('they do not come back with it');
  });
});

describe('set-macvlan-mode', () => {
  it('knows taps, and how a container network keeps its mode', () => {
    const tap = aSnapshot().parent('eth0').child('vm', { kind: 'macvtap', mode: 'vepa' });
    const plan = planOf(
      setMacvlanMode.request({ where: { kind: 'child', name: 'eth0@vm' }, mode: 'bridge' }),
      tap,
    );
    expect(linesOf(plan.steps)).toEqual(['ip -n vm link set dev eth0 type macvtap mode bridge']);
    expect(linesOf(plan.undo)).toEqual(['ip -n vm link set dev eth0 type macvtap mode vepa']);
    const kept = planOf(
      setMacvlanMode.request({ where: { kind: 'child', name: 'eth0@web' }, mode: 'vepa' }),
      inContainer(),
    );
    expect(kept.notes.join(' ')).toMatch(/stays when the network lan is made anew with it/);
  });

  it('does not touch passthru', () => {
    const given = aSnapshot().parent('eth0').child('web', { mode: 'passthru' });
    const remedy = setMacvlanMode.request({
      where: { kind: 'child', name: 'eth0@web' },
      mode: 'bridge',
    });
    expect(attempt(remedy, given)).toHaveProperty('impossible');
  });
});

describe('add-shim-route', () => {
  it('puts back the route whose place it takes, and keeps the others in its persistent form', () => {
    const given = withShim()
      .child('db')
      .hostRoute({ dst: '192.0.2.51', dev: 'eth0', gateway: '192.0.2.9' });
    const plan = planOf(
      addShimRoute.request({ shim: 'mvd-shim', destinations: ['192.0.2.51/32'] }),
      given,
    );
    expect(linesOf(plan.steps)).toEqual(['ip route replace 192.0.2.51/32 dev mvd-shim']);
    expect(linesOf(plan.undo)).toEqual(['ip route replace 192.0.2.51/32 via 192.0.2.9 dev eth0']);
    const refused = planOf(
      addShimRoute.request({ shim: 'mvd-shim', destinations: ['192.0.2.51/32'] }),
      withShim().hostRoute({ dst: '192.0.2.51', type: 'unreachable' }),
    );
    expect(linesOf(refused.undo)[0]).toMatch(/^ip route replace unreachable 192\.0\.2\.51\/32/);
    const unit = plan.persist.at(-1)?.files[0]?.content;
    expect(unit).toMatch(/route add 192\.0\.2\.50\/32[^]*route add 192\.0\.2\.51\/32/);
  });
});

describe('replace-shim-address', () => {
  it('warns when a DHCP client would put the wide address back', () => {
    const snapshot = lan().shim('mvd-shim', { address: '192.0.2.250/24' }).build();
    const dhcp = JSON.parse(
      JSON.stringify(snapshot).replaceAll(
        '"local":"192.0.2.250",',
        '"local":"192.0.2.250","dynamic":true,',
      ),
    ) as typeof snapshot;
    const plan = planOf(replaceShimAddress.request({ shim: 'mvd-shim', destinations }), dhcp);
    expect(plan.notes.join(' ')).toMatch(/DHCP client/);
    expect(plan.persist.at(-1)?.files[0]?.content).toMatch(/addr add 192\.0\.2\.250\/32/);
  });
});

describe('persist-shim', () => {
  it('runs nothing, and describes the shim as it is, IPv6 included', () => {
    const given = lan()
      .shim('mvd-shim', { address: ['192.0.2.250/32', '2001:db8::250/128'] })
      .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' })
      .hostRoute({ dst: '2001:db8::50', dev: 'mvd-shim' })
      .persistent({ managers: ['NetworkManager'] });
    const plan = planOf(persistShim.request({ shim: 'mvd-shim' }), given);
    expect([plan.steps, plan.undo]).toEqual([[], []]);
    const line = plan.persist[0]?.commands[0]?.join(' ');
    expect(line).toMatch(
      /ipv4\.addresses 192\.0\.2\.250\/32 ipv4\.routes 192\.0\.2\.50\/32 ipv4\.never-default yes/,
    );
    expect(line).toMatch(
      /ipv6\.addresses 2001:db8::250\/128 ipv6\.routes 2001:db8::50\/128 ipv6\.never-default yes/,
    );
  });

  it('cannot write down a name that configuration files would misread', () => {
    const given = lan().shim('my shim').hostRoute({ dst: '192.0.2.50', dev: 'my shim' });
    expect(attempt(persistShim.request({ shim: 'my shim' }), given)).toHaveProperty('impossible');
  });
});

describe('add-default-route', () => {
  it('takes the place of one that leads nowhere, and undo restores it', () => {
    const given = aSnapshot().parent('eth0').child('web', { gateway: '192.0.2.99' });
    const plan = planOf(
      addDefaultRoute.request({ child: 'eth0@web', gateway: '192.0.2.1' }),
      given,
    );
    expect(linesOf(plan.undo)).toEqual([
      'ip -n web route replace default via 192.0.2.99 dev eth0 onlink',
    ]);
  });

  it('names the network that has to keep it', () => {
    const plan = planOf(
      addDefaultRoute.request({ child: 'eth0@web', gateway: '192.0.2.1' }),
      inContainer(),
    );
    expect(plan.notes.join(' ')).toMatch(/stays when the network lan is made anew with it/);
  });
});

describe('set-address-prefix', () => {
  it('adds before it removes', () => {
    const remedy = setAddressPrefix.request({
      child: 'eth0@web',
      address: '192.0.2.50',
      from: 25,
      to: 24,
    });
    const [first, second] = linesOf(planOf(remedy, inContainer()).steps);
    expect(first).toMatch(/ip addr add 192\.0\.2\.50\/24 dev eth0$/);
    expect(second).toMatch(/ip addr del 192\.0\.2\.50\/25 dev eth0$/);
  });
});

describe('prefer-main-table', () => {
  it('goes right before the rule in the way', () => {
    const plan = planOf(preferMainTable.request({ destinations, before: 100 }), lan());
    expect(linesOf(plan.steps)).toEqual(['ip rule add to 192.0.2.50/32 lookup main priority 99']);
    expect(linesOf(plan.undo)).toEqual(['ip rule del to 192.0.2.50/32 lookup main priority 99']);
  });

  it('cannot go before the very first', () => {
    expect(attempt(preferMainTable.request({ destinations, before: 1 }), lan())).toHaveProperty(
      'impossible',
    );
  });
});

describe('add-default-route in a container that leaves by another network', () => {
  it('puts the route back that it took the place of', () => {
    const given = aSnapshot().parent('eth0').child('web', { gateway: null }).child('apps', {
      kind: 'veth',
      sameNetnsAs: 'web',
      address: '172.18.0.2/16',
      gateway: '172.18.0.1',
    });
    const remedy = addDefaultRoute.request({ child: 'eth0@web', gateway: '192.0.2.1' });
    const { steps, undo } = planOf(remedy, given);
    expect(linesOf(steps)).toEqual(['ip -n web route replace default via 192.0.2.1 dev eth0']);
    expect(linesOf(undo)).toEqual(['ip -n web route replace default via 172.18.0.1 dev eth1']);
  });
});

describe('prefer-network', () => {
  const two = (serverVersion: string) =>
    aSnapshot()
      .parent('eth0')
      .engine({ serverVersion })
      .network({ name: 'my lan', gateway: '192.0.2.1' })
      .child('web', { network: 'my lan', endpoint: { gwPriority: -2 } });
  const remedy = preferNetwork.request({ container: 'web', network: 'net-my lan' });

  it('keeps the address, outbids the others, and puts the old priority back', () => {
    const { steps, undo } = planOf(remedy, two('28.0.4'));
    expect(linesOf(steps)).toEqual([
      "docker network disconnect 'my lan' web",
      "docker network connect --ip 192.0.2.50 --gw-priority -1 'my lan' web",
    ]);
    expect(linesOf(undo).at(-1)).toBe(
      "docker network connect --ip 192.0.2.50 --gw-priority -2 'my lan' web",
    );
  });

  it('is nothing for engines that know no priority, nor for who is not there', () => {
    expect(attempt(remedy, two('27.5.1'))).toHaveProperty('impossible');
    const gone = preferNetwork.request({ container: 'gone', network: 'net-my lan' });
    expect(attempt(gone, two('28.0.4'))).toHaveProperty('impossible');
  });
});
