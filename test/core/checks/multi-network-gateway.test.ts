import multiNetworkGateway from '../../../src/core/checks/multi-network-gateway.js';
import { aSnapshot, type ChildOptions, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';
import { played } from '../../support/passage-view.js';

const nets = (gateway: string | undefined = '192.0.2.1') =>
  aSnapshot()
    .parent('eth0')
    .network({ name: 'lan', ...(gateway !== '' && { gateway }) })
    .network({ name: 'apps', driver: 'bridge', parent: null, subnet: '172.18.0.0/16' });

const veth = { kind: 'veth', address: '172.18.0.2/16', network: 'apps' } as const;

/** `web` on both; the default route as said. */
function both(
  builder: SnapshotBuilder,
  by: 'lan' | 'apps' | 'both',
  more: ChildOptions = {},
): SnapshotBuilder {
  return builder
    .child('web', { network: 'lan', ...(by === 'apps' && { gateway: null }), ...more })
    .child('web-apps', {
      ...veth,
      sameNetnsAs: 'web',
      gateway: by === 'lan' ? null : '172.18.0.1',
    });
}

testCheck(multiNetworkGateway, {
  pass: [
    { name: 'it leaves by the LAN', given: both(nets(), 'lan') },
    {
      name: 'the macvlan network was made without a gateway, by an engine that invents none',
      given: both(nets('').engine({ serverVersion: '29.0.1' }), 'apps'),
    },
    {
      name: 'the macvlan network is internal',
      given: both(
        aSnapshot()
          .parent('eth0')
          .network({ name: 'lan', gateway: '192.0.2.1', isInternal: true })
          .network({ name: 'apps', driver: 'bridge', parent: null }),
        'apps',
      ),
    },
    {
      name: 'a VPN in the container, which somebody wanted',
      given: both(nets(), 'lan', { gateway: null }).child('tun0', {
        kind: 'veth',
        sameNetnsAs: 'web',
        address: '10.8.0.2/24',
        gateway: '10.8.0.1',
      }),
    },
    {
      name: 'of two default routes the nearer leads to the LAN',
      given: nets()
        .child('web', { network: 'lan' })
        .child('web-apps', {
          ...veth,
          sameNetnsAs: 'web',
          routes: [
            { dst: '172.18.0.0/16' },
            { dst: 'default', gateway: '172.18.0.1', metric: 100 },
          ],
        }),
    },
    {
      name: 'no default route at all is another matter',
      given: both(nets(), 'lan', { gateway: null }),
    },
    {
      name: 'one that does not run leaves by nothing',
      given: nets().container('old', {
        endpoints: ['apps', 'lan'].map((name) => ({ networkId: `net-${name}`, networkName: name })),
      }),
    },
    {
      name: 'two LANs, and one of them has to be the one',
      given: nets()
        .child('web', { network: 'lan' })
        .parent('eth1', { address: '198.51.100.2/24' })
        .network({ name: 'iot', gateway: '198.51.100.1', subnet: '198.51.100.0/24' })
        .child('web-iot', {
          sameNetnsAs: 'web',
          network: 'iot',
          address: '198.51.100.7/24',
          gateway: null,
        }),
    },
  ],
  found: [
    {
      name: 'by the bridge, whose name comes first',
      given: both(nets(), 'apps'),
      codes: ['other'],
      subjects: ['container web'],
      says: [
        /web is on lan, and leaves by apps: the default route leads there, because apps comes first by name/u,
        /routes: web: default via 172\.18\.0\.1 dev eth1 metric 0, which is apps \(bridge\)/u,
        /gw_priority: 1 under lan/u,
        /priority in a compose file is the order of connecting/u,
        /docker network disconnect lan web\ndocker network connect --ip 192\.0\.2\.50 --gw-priority 1 lan web/u,
      ],
      fixes: ['prefer-network'],
      saysNot: [/--internal/u, /these ports end/u],
    },
    {
      name: 'an engine without gw-priority, and ports that the cure would end',
      given: both(nets('').engine({ serverVersion: '20.10.24+dfsg1' }), 'apps', {
        inspected: { published: [{ port: 80, protocol: 'tcp' }] },
      }),
      codes: ['other'],
      says: [/Docker 20\.10\.24\+dfsg1 knows no gw-priority/u, /--internal/u, /these ports end/u],
      fixes: [],
      saysNot: [/gw_priority: 1 under/u, /--gw-priority/u],
    },
    {
      name: 'an engine without gw-priority, and a router that is known',
      given: both(nets().engine({ serverVersion: '27.5.1' }), 'apps'),
      codes: ['other'],
      fixes: ['add-default-route'],
      says: [/ip route replace default via 192\.0\.2\.1 dev eth0/u],
      saysNot: [/did not answer when it was asked for/u],
    },
    {
      name: 'the same, and the router stays silent',
      given: played(both(nets().engine({ serverVersion: '27.5.1' }), 'apps'), {
        outcome: ({ probe, target }) =>
          probe === 'neighbour-arp' && target === '192.0.2.1' ? 'silent' : undefined,
      }),
      codes: ['other'],
      says: [/192\.0\.2\.1 did not answer when it was asked for/u],
    },
    {
      name: 'somebody gave the bridge the higher priority',
      given: nets()
        .child('web', { network: 'lan', gateway: null })
        .child('web-apps', {
          ...veth,
          sameNetnsAs: 'web',
          gateway: '172.18.0.1',
          endpoint: { gwPriority: 7 },
        }),
      codes: ['other'],
      says: [/because apps has the gw-priority 7/u, /--gw-priority 8 lan web/u],
    },
    {
      name: 'a bridge with IPv6 is preferred whatever it is called',
      given: aSnapshot()
        .parent('eth0')
        .network({ name: 'lan', gateway: '192.0.2.1', hasIpv6: false })
        .network({ name: 'zoo', driver: 'bridge', parent: null, hasIpv6: true })
        .child('web', { network: 'lan', gateway: null })
        .child('web-zoo', { ...veth, network: 'zoo', sameNetnsAs: 'web', gateway: '172.18.0.1' }),
      codes: ['other'],
      says: [/because zoo has IPv6 as well, which Docker prefers/u],
    },
    {
      name: 'against all rules: then no reason is made up',
      given: aSnapshot()
        .parent('eth0')
        .network({ name: 'lan', gateway: '192.0.2.1' })
        .network({ name: 'zoo', driver: 'bridge', parent: null })
        .child('web', { network: 'lan', gateway: null })
        .child('web-zoo', { ...veth, network: 'zoo', sameNetnsAs: 'web', gateway: '172.18.0.1' }),
      codes: ['other'],
      says: [/the default route leads there\./u],
      saysNot: [/because/u],
    },
    {
      name: 'two containers with one cause',
      given: both(nets(), 'apps')
        .child('db', { network: 'lan', gateway: null })
        .child('db-apps', {
          ...veth,
          address: '172.18.0.3/16',
          sameNetnsAs: 'db',
          gateway: '172.18.0.1',
        }),
      codes: ['other'],
      subjects: ['network lan'],
      says: [/web and db are on lan, and leave by apps/u],
    },
    {
      name: 'Podman with one metric for both',
      given: both(nets().engine({ flavour: 'podman', serverVersion: '4.9.3' }), 'both'),
      codes: ['tie'],
      subjects: ['container web'],
      says: [
        /web has default routes of the same metric by lan and apps/u,
        /Make lan anew with the option metric=50/u,
        /apps with no_default_route=1/u,
      ],
    },
  ],
  notApplicable: [
    { name: 'one network each', given: nets().child('web', { network: 'lan' }) },
    { name: 'no engine', given: aSnapshot().parent('eth0').child('web') },
  ],
  undetermined: [
    {
      name: 'a running container in a namespace that nobody looked into',
      given: nets().container('web', {
        state: 'running',
        endpoints: ['apps', 'lan'].map((name) => ({ networkId: `net-${name}`, networkName: name })),
      }),
      reason: /by which of their networks web leave was not seen: run as root/u,
    },
  ],
});
