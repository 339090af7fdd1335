// Every registered check at once: healthy hosts are silent, and one fault is one headline.
import { describe, expect, it } from 'vitest';
import { checks } from '../../../src/core/checks/index.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { headlinesOf, resultsOf } from '../../support/check-tester.js';
import { anew } from '../../support/owners-seen.js';

function headlines(given: SnapshotBuilder): string[] {
  return headlinesOf(resultsOf(checks, given.wholeRun()));
}

/** What is to be read first: without what is quiet behind something else. */
function seen(given: SnapshotBuilder): string[] {
  return headlines(given).filter((line) => !line.startsWith('suppressed'));
}

const ISOLATION = 'warn host-child-isolation parent eth0';
const numbered = () => aSnapshot().parent('eth0', { gateway: '192.0.2.1' });
const bare = () =>
  aSnapshot().hostLink('lan0', { address: '198.51.100.2/24' }).parent('eth0', { address: [] });

/** On a parent where nobody on the LAN is known to answer, what is upstream cannot be told. */
const UPSTREAM_OPEN = ['undetermined foreign-unicast-filter', 'undetermined source-mac-filter'];

describe('a healthy host', () => {
  it.each([
    ['bridge', bare().child('web').child('db').allHealthy()],
    [
      'vepa behind a reflecting switch',
      numbered()
        .child('web', { mode: 'vepa' })
        .child('db', { mode: 'vepa' })
        .allHealthy({ reflects: true }),
    ],
    ['one private child', bare().child('web', { mode: 'private' }).allHealthy()],
    ['passthru on a dedicated card', bare().child('web', { mode: 'passthru' }).allHealthy()],
    [
      'a bridge as parent',
      aSnapshot()
        .hostLink('eth0', { master: 'br0' })
        .parent('br0', { kind: 'bridge', address: [] })
        .child('web')
        .allHealthy(),
    ],
    [
      'a Docker network',
      bare()
        .network({ name: 'lan', gateway: '192.0.2.1' })
        .child('web', { network: 'lan' })
        .child('db', { network: 'lan' })
        .allHealthy(),
    ],
    ['no macvlan at all', aSnapshot().hostLink('eth0', { address: '192.0.2.10/24' })],
    ['nothing but a network', numbered().network({ name: 'lan', gateway: '192.0.2.1' })],
  ] as [string, SnapshotBuilder][])('is silent: %s', (_name, given) => {
    expect(headlines(given)).toEqual([]);
  });

  it.each([
    [
      'IPv6 alone',
      bare()
        .child('web', {
          address: '2001:db8::5/64',
          gateway: 'fe80::1',
          neighbours: [{ dst: 'fe80::1', lladdr: '52:54:00:aa:00:01', state: ['REACHABLE'] }],
        })
        .allHealthy(),
    ],
    [
      'a child on two networks',
      bare()
        .child('web')
        .parent('eth1', { address: [] })
        .child('web1', {
          sameNetnsAs: 'web',
          address: '203.0.113.5/24',
          gateway: null,
          neighbours: [{ dst: '203.0.113.9', lladdr: '52:54:00:aa:00:09', state: ['REACHABLE'] }],
        })
        .allHealthy(),
    ],
  ] as [string, SnapshotBuilder][])('says what nobody could be asked for: %s', (_name, given) => {
    const open = headlines(given).map((line) => line.split(' ').slice(0, 2).join(' '));
    expect(open).toEqual(UPSTREAM_OPEN);
  });
});

describe('the host’s own gap', () => {
  it('is the one thing to say of an ordinary healthy host', () => {
    expect(headlines(numbered().child('web').child('db').allHealthy())).toEqual([ISOLATION]);
  });

  it('is closed by a shim', () => {
    const given = numbered()
      .child('web')
      .shim('mvd-shim')
      .settings('host', { links: { 'mvd-shim': { arp_ignore: 1, arp_announce: 2 } } })
      .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' })
      .persistent({
        macvlans: [
          {
            name: 'mvd-shim',
            manager: 'unit',
            path: '/etc/systemd/system/mvd-shim.service',
            isComplete: true,
          },
        ],
      })
      .allHealthy();
    expect(headlines(given)).toEqual([]);
  });

  it('is no gap behind a reflecting switch', () => {
    expect(headlines(numbered().child('web').allHealthy({ reflects: true }))).toEqual([]);
  });
});

describe('two faults are two headlines', () => {
  it('a vepa shim where the children are mixed', () => {
    const given = numbered()
      .child('web')
      .child('db', { mode: 'private' })
      .shim('sh0', { mode: 'vepa' })
      .settings('host', { links: { sh0: { arp_ignore: 1, arp_announce: 2 } } })
      .hostRoute({ dst: '192.0.2.50', dev: 'sh0' })
      .allHealthy();
    const seen = headlines(given).filter((line) => !line.startsWith('suppressed'));
    expect(seen).toEqual(['fail mode-mixed parent eth0', 'fail shim-mode shim sh0']);
  });
});

describe('one fault is one headline', () => {
  const deaf = (given: SnapshotBuilder): SnapshotBuilder =>
    given.silent('gateway-arp-child').silent('gateway-icmp').silent('gateway-arp-parent');

  it.each([
    [
      'Wi-Fi that is not signed in',
      aSnapshot().parent('wlan0', { isWireless: true, carrier: false, address: [] }).child('web'),
      ['fail parent-wireless parent wlan0'],
    ],
    [
      'parent down',
      numbered()
        .network({ name: 'x' })
        .parent('eth1', { address: [], up: false })
        .child('cam')
        .allHealthy(),
      ['fail parent-down parent eth1'],
    ],
    [
      'no carrier',
      aSnapshot().parent('eth1', { address: [], carrier: false }).child('cam').allHealthy(),
      ['fail parent-no-carrier parent eth1'],
    ],
    [
      'gateway gone',
      deaf(
        aSnapshot()
          .parent('veth0', { kind: 'veth', address: [] })
          .child('web')
          .child('db')
          .allHealthy(),
      ),
      [
        'fail gateway-silent gateway 192.0.2.1',
        ...UPSTREAM_OPEN.map((line) => `${line} parent veth0`),
      ],
    ],
    [
      'Wi-Fi',
      deaf(
        aSnapshot().parent('wlan0', { isWireless: true, address: [] }).child('web').allHealthy(),
      ),
      ['fail parent-wireless parent wlan0'],
    ],
    [
      'vepa',
      numbered().child('web', { mode: 'vepa' }).child('db', { mode: 'vepa' }).allHealthy(),
      ['fail vepa-no-hairpin parent eth0'],
    ],
    [
      'mixed',
      bare().child('web').child('db', { mode: 'vepa' }).allHealthy(),
      ['fail mode-mixed parent eth0'],
    ],
    [
      'private beside bridge',
      bare().child('web').child('db', { mode: 'private' }).allHealthy(),
      ['fail mode-mixed parent eth0'],
    ],
    [
      'private',
      bare().child('web', { mode: 'private' }).child('db', { mode: 'private' }).allHealthy(),
      ['warn mode-private parent eth0'],
    ],
    [
      'passthru',
      numbered().child('web', { mode: 'passthru' }).allHealthy(),
      ['fail passthru-shared parent eth0'],
    ],
    [
      'filter',
      deaf(aSnapshot().parent('eth0', { address: [], filter: [] }).child('web').allHealthy()),
      [
        'fail nic-unicast-filter parent eth0',
        ...UPSTREAM_OPEN.map((line) => `${line} parent eth0`),
      ],
    ],
    [
      'enslaved',
      aSnapshot()
        .parent('eth0', { address: [], master: 'br0', slaveKind: 'bridge' })
        .hostLink('br0', { kind: 'bridge', address: '192.0.2.10/24', gateway: '192.0.2.1' })
        .network({ name: 'lan', parent: 'eth0' }),
      ['fail parent-enslaved parent eth0'],
    ],
    [
      'missing',
      numbered().network({ name: 'lan', parent: 'eth7' }),
      ['fail parent-missing network lan'],
    ],
    [
      'loopback',
      numbered().network({ name: 'lan', parent: 'lo' }),
      ['fail parent-not-ethernet parent lo'],
    ],
    [
      'a subnet from elsewhere, without a gateway',
      numbered()
        .child('ok')
        .child('web', { address: '10.9.0.5/24', gateway: null })
        .allHealthy({ reflects: true })
        .silent('neighbour-arp'),
      ['undetermined subnet-mismatch child eth0@web', 'warn default-route-missing child eth0@web'],
    ],
    [
      'a neighbour that went away',
      bare()
        .child('web', { neighbours: [{ dst: '192.0.2.77', state: ['FAILED'] }] })
        .allHealthy()
        .silent('neighbour-arp')
        .observed(anew('web', '192.0.2.77')),
      ['warn neighbour-unresolved child eth0@web'],
    ],
  ] as [string, SnapshotBuilder, string[]][])('%s', (_name, given, expected) => {
    expect(seen(given)).toEqual(expected);
  });
});

describe('two faults at once', () => {
  it('on two parents are both said', () => {
    const given = aSnapshot()
      .parent('eth0', { address: [], up: false })
      .child('web')
      .parent('veth1', { kind: 'veth', address: [] })
      .child('cam', { address: '203.0.113.5/24', gateway: '203.0.113.1' })
      .allHealthy()
      .silent('gateway-arp-child')
      .silent('gateway-icmp')
      .silent('gateway-arp-parent');
    expect(seen(given)).toEqual([
      'fail parent-down parent eth0',
      'fail gateway-silent gateway 203.0.113.1',
      ...UPSTREAM_OPEN.map((line) => `${line} parent veth1`),
    ]);
  });

  it('on one parent are both said where neither explains the other', () => {
    const given = numbered()
      .child('web', { mode: 'private' })
      .child('db', { mode: 'private' })
      .allHealthy()
      .silent('gateway-arp-child')
      .silent('gateway-icmp')
      .silent('gateway-arp-parent')
      .answered('gateway-icmp', { child: 'db' });
    expect(seen(given)).toEqual([
      'warn host-child-isolation parent eth0',
      'warn mode-private parent eth0',
      'fail gateway-silent gateway 192.0.2.1',
    ]);
  });
});

describe('text from outside', () => {
  it('stays harmless in every sentence and every command', () => {
    const evil = 'e;$(x)\u001B[2J';
    const given = aSnapshot()
      .parent(evil, { up: false })
      .child(`w'\n${evil}`, { mode: 'vepa' })
      .network({ name: evil });
    for (const result of resultsOf(checks, given)) {
      const { what = '', why = '', todo = '', advice = [], evidence = [], reason = '' } = result;
      const text = [what, why, todo, reason, ...advice, ...evidence.map(({ says }) => says)].join(
        ' ',
      );
      expect(text).not.toContain('\u001B');
      for (const line of (result.fixes ?? []).flatMap(({ commands }) => commands)) {
        expect(line).not.toContain('\u001B');
        expect(line).not.toMatch(/(?:^|\s)e;/u);
      }
    }
  });
});
