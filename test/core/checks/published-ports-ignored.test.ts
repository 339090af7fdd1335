import desktopVm from '../../../src/core/checks/desktop-vm.js';
import publishedPortsIgnored from '../../../src/core/checks/published-ports-ignored.js';
import { describe, expect, it } from 'vitest';
import type { PublishedPort } from '../../../src/model/runtime-network.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { headlinesOf, resultsOf, testCheck } from '../../support/check-tester.js';

const HTTP: PublishedPort = { port: 80, protocol: 'tcp', hostPort: 8080 };
const lan = () =>
  aSnapshot()
    .parent('eth0')
    .network({ name: 'lan', gateway: '192.0.2.1' })
    .network({ name: 'apps', driver: 'bridge', parent: null, subnet: '172.18.0.0/16' });
const web = { network: 'lan', inspected: { published: [HTTP] } };
const bridge = {
  kind: 'veth',
  sameNetnsAs: 'web',
  network: 'apps',
  address: '172.18.0.2/16',
} as const;

/** Two networks; the macvlan one, or the bridge, gives the default route. */
function two(by: 'lan' | 'apps'): SnapshotBuilder {
  return lan()
    .child('web', { ...web, ...(by === 'lan' ? {} : { gateway: null }) })
    .child('web-apps', { ...bridge, gateway: by === 'apps' ? '172.18.0.1' : null });
}

function onNetworks(name: string, ...networks: readonly string[]) {
  const endpoints = networks.map((one) => ({ networkId: `net-${one}`, networkName: one }));
  return { name, options: { state: 'exited', endpoints, published: [HTTP] } };
}

testCheck(publishedPortsIgnored, {
  pass: [
    { name: 'nothing is published', given: lan().child('web', { network: 'lan' }) },
    { name: 'a bridge network gives the default route and carries the ports', given: two('apps') },
    {
      name: 'Podman maps ports on every bridge network',
      given: two('lan').engine({ flavour: 'podman' }),
    },
    {
      name: 'a container that does not run, with a bridge network',
      given: (() => {
        const { name, options } = onNetworks('later', 'lan', 'apps');
        return lan().container(name, options);
      })(),
    },
    {
      name: 'the default route is a VPN of its own making',
      given: lan()
        .child('web', { ...web, gateway: null })
        .child('web-apps', { ...bridge, gateway: null })
        .child('tun0', {
          kind: 'veth',
          sameNetnsAs: 'web',
          address: '10.8.0.2/24',
          gateway: '10.8.0.1',
        }),
    },
    {
      name: 'a network that the engine does not tell of',
      given: lan()
        .child('web', { ...web, endpoint: { networkId: 'gone' } })
        .container('other', {
          endpoints: [{ networkId: 'net-lan', networkName: 'lan' }],
          published: [],
        }),
    },
  ],
  found: [
    {
      name: 'a container with nothing but macvlan',
      given: lan().child('web', web),
      codes: ['nowhere'],
      subjects: ['container web'],
      says: [
        /no effect on lan \(macvlan\): web \(8080→80\/tcp\)\./u,
        /the port inside: 192\.0\.2\.50:80\./u,
        /runtime: web \(running\) asks for 8080→80\/tcp; its networks: lan \(macvlan\)/u,
        /--publish-all, DNAT/u,
      ],
    },
    {
      name: 'several of one network, UDP and addresses of the host, running or not',
      given: lan()
        .child('web', web)
        .child('dns', {
          network: 'lan',
          inspected: {
            published: [
              { port: 53, protocol: 'udp', hostIp: '192.0.2.10', hostPort: 53 },
              { port: 443, protocol: 'tcp' },
            ],
          },
        })
        .container('old', onNetworks('old', 'lan').options),
      codes: ['nowhere'],
      subjects: ['network lan'],
      says: [
        /web \(8080→80\/tcp\), dns \(192\.0\.2\.10:53→53\/udp and 443\/tcp\) and old/u,
        /192\.0\.2\.50:80, 192\.0\.2\.51:53\/udp and 192\.0\.2\.51:443/u,
        /old \(exited\)/u,
      ],
    },
    {
      name: 'ipvlan is no better, nor are two such networks',
      given: lan()
        .network({ name: 'cams', driver: 'ipvlan', parent: 'eth9' })
        .container('cam', onNetworks('cam', 'cams', 'lan').options),
      codes: ['nowhere'],
      says: [/cams \(ipvlan\) and lan \(macvlan\)/u],
    },
    {
      name: 'an internal bridge network beside it publishes nothing either',
      given: lan()
        .network({ name: 'back', driver: 'bridge', parent: null, isInternal: true })
        .child('web', web)
        .child('web-back', { ...bridge, network: 'back', gateway: null }),
      codes: ['nowhere'],
      subjects: ['container web'],
      says: [
        /no effect on lan/u,
        /back \(bridge, internal\) and lan \(macvlan\)|lan \(macvlan\) and back \(bridge, internal\)/u,
        /: 192\.0\.2\.50:80\./u,
      ],
    },
    {
      name: 'a dozen ports are not all told',
      given: lan().child('web', {
        network: 'lan',
        inspected: {
          published: Array.from({ length: 12 }, (_, at) => ({ port: 8000 + at, protocol: 'tcp' })),
        },
      }),
      codes: ['nowhere'],
      says: [/8003\/tcp and 8 ports more/u],
      saysNot: [/8009/u],
    },
    {
      name: 'a bridge network is there, and macvlan gives the default route',
      given: two('lan'),
      codes: ['elsewhere'],
      subjects: ['container web'],
      says: [
        /\(8080→80\/tcp\) have no effect, although apps is a bridge network/u,
        /172\.18\.0\.2:80; this host reaches it by apps/u,
        /leaves by lan, and by none of apps/u,
        /gw-priority, since Docker 28/u,
      ],
    },
  ],
  notApplicable: [
    { name: 'no engine', given: aSnapshot().parent('eth0').child('web') },
    { name: 'networks, and nobody on them', given: lan() },
    {
      name: 'ports of a container that has nothing to do with macvlan',
      given: lan().container('proxy', onNetworks('proxy', 'apps').options),
    },
    {
      name: 'another container was asked for',
      given: lan()
        .child('web', web)
        .child('db')
        .scope({ containers: ['db'] }),
    },
  ],
  undetermined: [
    {
      name: 'the engine had no time left',
      given: lan()
        .child('web', { network: 'lan', inspected: null })
        .gap('what 1 container publishes was not asked: there was no time left'),
      reason: /ports of web are published in vain was not to be seen: what 1 container/u,
    },
    {
      name: 'two networks, and a namespace that nobody looked into',
      given: lan().container('web', {
        ...onNetworks('web', 'lan', 'apps').options,
        state: 'running',
      }),
      reason: /run as root/u,
    },
  ],
});

describe('published-ports-ignored', () => {
  it('stays quiet where the engine lives in a virtual machine', () => {
    const given = lan().child('web', web).engine({ operatingSystem: 'OrbStack' });
    expect(headlinesOf(resultsOf([desktopVm, publishedPortsIgnored], given))).toEqual([
      'fail desktop-vm host host',
      'suppressed published-ports-ignored container web < desktop-vm',
    ]);
  });
});
