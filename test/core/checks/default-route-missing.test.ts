import defaultRouteMissing from '../../../src/core/checks/default-route-missing.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';
import { played } from '../../support/passage-view.js';

const lan = () => aSnapshot().parent('eth0', { gateway: '192.0.2.1' });
const connected = { dst: '192.0.2.0/24', protocol: 'kernel' };

testCheck(defaultRouteMissing, {
  pass: [
    { name: 'a default route', given: lan().child('web') },
    {
      name: 'another uplink of the same namespace has it',
      given: lan()
        .child('web', { gateway: null })
        .child('up', { sameNetnsAs: 'web', address: '198.51.100.7/24', gateway: '198.51.100.1' }),
    },
    {
      name: 'a VPN in two halves',
      given: lan().child('web', {
        routes: [connected, { dst: '0.0.0.0/1' }, { dst: '128.0.0.0/1' }],
      }),
    },
    {
      name: 'a table of its own',
      given: lan().child('web', {
        routes: [connected, { dst: 'default', gateway: '192.0.2.1', table: '100' }],
      }),
    },
    {
      name: 'a kill switch behind a table that leads out',
      given: lan().child('web', {
        routes: [connected, { dst: 'default', gateway: '192.0.2.1', table: '100' }],
        rules: [
          { family: 'inet', priority: 10, src: 'all', table: '100' },
          { family: 'inet', priority: 20, src: 'all', action: 'unreachable' },
        ],
      }),
    },
    {
      name: 'rules that refuse some of the packets',
      given: lan().child('web', {
        rules: [
          { family: 'inet', priority: 10, src: 'all', dst: '203.0.113.0/24', action: 'blackhole' },
          { family: 'inet', priority: 11, src: 'all', fwmark: '0x1', action: 'prohibit' },
          { family: 'inet6', priority: 12, src: 'all', action: 'blackhole' },
        ],
      }),
    },
  ],
  found: [
    {
      name: 'a rule that refuses everything first',
      given: lan()
        .child('web', {
          rules: [{ family: 'inet', priority: 10, src: 'all', action: 'blackhole' }],
        })
        .child('db'),
      codes: ['refused'],
      subjects: ['child eth0@web'],
      says: [/its rule "10: from all blackhole" comes before it/u, /ip netns exec web ip rule/u],
    },
    {
      name: 'a kill switch whose table is empty',
      given: lan().child('web', {
        rules: [
          { family: 'inet', priority: 10, src: 'all', table: '100' },
          { family: 'inet', priority: 20, src: 'all', action: 'unreachable' },
        ],
      }),
      codes: ['refused'],
      says: [/20: from all unreachable/u],
    },
    {
      name: 'Docker 29 invents no gateway, and the host has a router',
      given: lan()
        .engine({ serverVersion: '29.1.0' })
        .network({ name: 'lan' })
        .child('web', { network: 'lan', gateway: null }),
      codes: ['missing'],
      subjects: ['child eth0@web'],
      fixes: ['add-default-route', 'recreate-network'],
      says: [
        /Docker 29\.1\.0 gives a default route only where --gateway was given/u,
        /network create -d macvlan.*--gateway=192\.0\.2\.1/u,
      ],
    },
    {
      name: 'the router of the host is known, and does not answer',
      given: played(lan().child('web', { gateway: null }), {
        outcome: ({ probe }) => (probe === 'neighbour-arp' ? 'silent' : undefined),
      }),
      codes: ['missing'],
      fixes: ['add-default-route'],
      says: [/192\.0\.2\.1 did not answer when it was asked for/u],
    },
    {
      name: 'a network of Docker 29 that nobody is on yet',
      given: lan().engine({ serverVersion: '29.1.0' }).network({ name: 'lan' }),
      codes: ['network'],
      subjects: ['network lan'],
      fixes: ['recreate-network'],
      says: [/IPAM of lan: 192\.0\.2\.0\/24, no gateway/u, /--gateway=192\.0\.2\.1/u],
    },
    {
      name: 'the same where no router is known',
      given: aSnapshot()
        .parent('eth0')
        .engine({ serverVersion: '29.1.0' })
        .network({ name: 'lan' }),
      codes: ['network'],
      fixes: [],
      says: [/anew with --gateway and the address of the router/u],
    },
    {
      name: 'the network has a gateway, and the route is gone',
      given: lan()
        .network({ name: 'lan', gateway: '192.0.2.1' })
        .child('web', { network: 'lan', gateway: null }),
      codes: ['missing'],
      says: [/the route was there, and was lost since the container started/u],
    },
    {
      name: "the host's own router is offered",
      given: lan().child('web', { gateway: null }),
      codes: ['missing'],
      subjects: ['child eth0@web'],
      fixes: ['add-default-route'],
      says: [/ip -n web route replace default via 192\.0\.2\.1 dev eth0/],
    },
    {
      name: 'siblings that disagree are not asked',
      given: lan()
        .child('db', { gateway: '192.0.2.9' })
        .child('mqtt', { gateway: '192.0.2.8' })
        .child('web', { gateway: null }),
      codes: ['missing'],
      says: [/route replace default via 192\.0\.2\.1 dev/],
    },
    {
      name: 'a network without a gateway, nobody knows a router',
      given: aSnapshot()
        .parent('eth0')
        .network({ name: 'lan' })
        .child('web', { network: 'lan', gateway: null })
        .child('db', { network: 'lan', gateway: null }),
      codes: ['missing'],
      subjects: ['network lan'],
      fixes: [],
      says: [/--gateway/],
    },
    {
      name: 'only a route that is no unicast',
      given: lan().child('web', { routes: [connected, { dst: 'default', type: 'unreachable' }] }),
      codes: ['missing'],
    },
  ],
  notApplicable: [
    {
      name: 'a network without a gateway of an engine that invents one, and nobody on it',
      given: lan().engine({ serverVersion: '28.5.2' }).network({ name: 'lan' }),
    },
    {
      name: 'an empty network of IPv6 alone, and an internal one',
      given: lan()
        .engine({ serverVersion: '29.1.0' })
        .network({ name: 'six', subnet: '2001:db8::/64' })
        .network({ name: 'in', isInternal: true }),
    },
    {
      name: 'an internal network',
      given: lan()
        .network({ name: 'in', isInternal: true })
        .child('web', { network: 'in', gateway: null }),
    },
    { name: 'IPv6 only', given: lan().child('web', { address: '2001:db8::50/64', gateway: null }) },
    { name: 'no address', given: lan().child('web', { address: [] }) },
  ],
});
