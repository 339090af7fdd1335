import hostChildIsolation from '../../../src/core/checks/host-child-isolation.js';
import shimRouteMissing from '../../../src/core/checks/shim-route-missing.js';
import { describe, expect, it } from 'vitest';
import { unknown } from '../../../src/model/fact.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { headlinesOf, resultsOf, testCheck } from '../../support/check-tester.js';

const lan = () => aSnapshot().parent('eth0', { gateway: '192.0.2.1' });
/** The children are on eth0; their shim came to sit on eth1, a LAN of its own. */
const elsewhere = () =>
  lan()
    .child('web')
    .parent('eth1', { address: '198.51.100.10/24' })
    .shim('mvd-shim', { parent: 'eth1' })
    .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' });
const withShim = () => lan().child('web').child('db').shim('mvd-shim');

testCheck(shimRouteMissing, {
  pass: [
    {
      name: 'a shim on another parent of the same LAN, and the echo comes back',
      given: elsewhere().allHealthy().answered('host-child-icmp', { child: 'web' }),
    },
    {
      name: 'the same with a child that drops pings: its MAC was heard by that shim',
      given: elsewhere()
        .child('db', { parent: 'eth0', mac: '52:54:00:00:00:77' })
        .hostRoute({ dst: '192.0.2.51', dev: 'mvd-shim' })
        .allHealthy()
        .answered('host-child-icmp', { child: 'web' })
        .neighbourAfter('host', {
          dst: '192.0.2.51',
          dev: 'mvd-shim',
          lladdr: '52:54:00:00:00:77',
          state: ['REACHABLE'],
        }),
    },
    {
      name: 'a second identity on another parent, by whose router the children are reached',
      given: lan()
        .child('web')
        .parent('eth1', { address: [] })
        .shim('lan1', { parent: 'eth1', address: '198.51.100.7/24' })
        .routeLookup({ dst: '192.0.2.50', dev: 'lan1', gateway: '198.51.100.1', type: 'unicast' })
        .allHealthy(),
    },
    {
      name: 'one route per child',
      given: withShim()
        .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' })
        .hostRoute({ dst: '192.0.2.51', dev: 'mvd-shim' })
        .allHealthy(),
    },
    {
      name: "two halves of the LAN by Unraid's shim",
      given: lan()
        .child('web')
        .shim('shim-br0', { address: '192.0.2.10/32' })
        .hostRoute({ dst: '192.0.2.0/25', dev: 'shim-br0' })
        .hostRoute({ dst: '192.0.2.128/25', dev: 'shim-br0' }),
    },
    {
      name: 'a macvlan link without an address',
      given: lan().child('web').shim('mv0', { address: [] }),
    },
    {
      name: 'a second identity on another subnet',
      given: lan().child('web').shim('mv0', { address: '198.51.100.7/24' }).allHealthy(),
    },
    {
      name: 'a second identity with a default route of its own',
      given: lan().child('web').shim('mv0', { address: '192.0.2.20/24', gateway: '192.0.2.1' }),
    },
    {
      name: "the host's only address on a macvlan link",
      given: aSnapshot()
        .parent('eth0', { address: [] })
        .child('web')
        .shim('lan0', { address: '192.0.2.10/24', gateway: '192.0.2.1' })
        .allHealthy(),
    },
    {
      name: 'the same without a gateway: the connected route leads through it',
      given: aSnapshot()
        .parent('eth0', { address: [] })
        .child('web')
        .shim('lan0', { address: '192.0.2.10/24' })
        .allHealthy(),
    },
    {
      name: 'the switch sends frames back, so the host needs no shim',
      given: withShim().allHealthy({ reflects: true }),
    },
    {
      name: 'a child in another subnet, that a router takes the host to',
      given: withShim()
        .child('far', { address: '198.51.100.9/24' })
        .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' })
        .hostRoute({ dst: '192.0.2.51', dev: 'mvd-shim' })
        .hostRoute({ dst: 'default', gateway: '192.0.2.1', dev: 'eth0' }),
    },
    {
      name: "a child with an address that is the host's own: no route decides that",
      given: lan()
        .child('web')
        .child('twin', { address: '192.0.2.10/24' })
        .shim('mvd-shim')
        .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' })
        .routeLookup({ dst: '192.0.2.10', dev: 'lo', table: 'local', type: 'local' })
        .allHealthy(),
    },
    {
      name: 'private children: a route would not help',
      given: lan().child('web', { mode: 'private' }).shim('mvd-shim').allHealthy(),
    },
    {
      name: 'a shim that is down has other troubles',
      given: lan().child('web').shim('mvd-shim', { up: false }),
    },
    {
      name: 'the whole subnet on the shim is the other check',
      given: lan().child('web').shim('mvd-shim', { address: '192.0.2.250/24' }),
    },
  ],
  found: [
    {
      name: 'routes into a shim on another parent',
      given: elsewhere().allHealthy(),
      codes: ['other-parent'],
      subjects: ['shim mvd-shim'],
      fixes: ['host-shim'],
      says: [
        /The host's route to web leads into mvd-shim, which sits on eth1; web is on eth0\./u,
        /4 echo requests from the host to 1 child on eth0 stayed unanswered/u,
        /ip link add mvd-shim1 link eth0 type macvlan mode bridge/u,
        /ip route replace 192\.0\.2\.50\/32 dev mvd-shim1/u,
        /Take them out of what configures them/u,
      ],
    },
    {
      name: 'one of two children led astray: the new shim serves the other as well',
      given: elsewhere().child('db', { parent: 'eth0' }).allHealthy(),
      codes: ['other-parent'],
      says: [/ip route add 192\.0\.2\.51\/32 dev mvd-shim1/u],
    },
    {
      name: 'the run looks at the parent of the children alone',
      given: elsewhere()
        .scope({ parents: ['eth0'] })
        .allHealthy(),
      codes: ['other-parent'],
    },
    {
      name: 'into a shim on another parent, by a table of its own: no command in table main helps',
      given: elsewhere()
        .routeLookup({ dst: '192.0.2.50', dev: 'mvd-shim', table: '52', type: 'unicast' })
        .allHealthy(),
      codes: ['other-parent'],
      fixes: [],
      says: [/table 52/u],
    },
    {
      name: 'a shim without a route, probed',
      given: withShim().allHealthy(),
      codes: ['missing'],
      subjects: ['shim mvd-shim'],
      says: [
        /192\.0\.2\.50 leaves by eth0/,
        /echo requests to 2 of 2 children were answered/,
        /ip route replace 192\.0\.2\.50\/32 dev mvd-shim/,
        /ip route replace 192\.0\.2\.51\/32 dev mvd-shim/,
      ],
      fixes: ['add-shim-route'],
    },
    { name: 'the same without probes', given: withShim(), codes: ['missing'] },
    {
      name: 'the same from saved routes alone',
      given: withShim().fact('routeLookups', unknown('skipped', 'not asked')),
      codes: ['missing'],
      says: [/^routes: /m],
    },
    {
      name: 'its routes lead to nobody any more',
      given: withShim().hostRoute({ dst: '192.0.2.77', dev: 'mvd-shim' }).allHealthy(),
      codes: ['missing'],
    },
    {
      name: 'a route that refuses',
      given: lan()
        .child('web')
        .shim('mvd-shim')
        .hostRoute({ dst: '192.0.2.50', type: 'unreachable' })
        .routeLookup({ dst: '192.0.2.50', error: 'No route to host' })
        .allHealthy(),
      codes: ['missing'],
      says: [/does not leave the host at all/],
    },
    {
      name: 'a child that came after the routes',
      given: withShim().hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' }).allHealthy(),
      codes: ['partial'],
      severity: 'warn',
      subjects: ['shim mvd-shim'],
      says: [
        /reaches web by mvd-shim, and has no route by it to db/,
        /192\.0\.2\.51 leaves by eth0/,
        /ip route replace 192\.0\.2\.51\/32 dev mvd-shim/,
      ],
      saysNot: [/ip route replace 192\.0\.2\.50/],
      fixes: ['add-shim-route'],
    },
    {
      name: 'the same where the host must reach all of them',
      given: withShim().hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' }).allHealthy(),
      codes: ['partial'],
      severity: 'fail',
      expect: ['host-access'],
    },
    {
      name: 'one of two without probes',
      given: withShim().hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' }),
      codes: ['partial'],
      severity: 'warn',
    },
    {
      name: 'a subnet of its own covers the child and loses, beside routes that work',
      given: lan()
        .child('web')
        .child('db')
        .shim('mvd-shim', { address: '192.0.2.250/24' })
        .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' })
        .allHealthy(),
      codes: ['partial'],
      severity: 'warn',
    },
    {
      name: 'noprefixroute and no routes',
      given: lan()
        .child('web')
        .shim('mvd-shim', { address: '192.0.2.250/24', routes: [] })
        .allHealthy(),
      codes: ['missing'],
    },
  ],
  undetermined: [
    {
      name: 'a shim on another parent, and nothing was sent',
      given: elsewhere(),
      reason: /another parent \(eth1\), was not seen.*--passive/u,
    },
  ],
  notApplicable: [{ name: 'no shim', given: lan().child('web'), reason: /no shim/ }],
});

describe('a shim on the wrong parent', () => {
  it('is the one headline: isolation of the siblings stays quiet behind it', () => {
    const given = elsewhere().child('db', { parent: 'eth0' }).allHealthy();
    expect(headlinesOf(resultsOf([shimRouteMissing, hostChildIsolation], given))).toEqual([
      'suppressed host-child-isolation parent eth0 < shim-route-missing',
      'fail shim-route-missing shim mvd-shim',
    ]);
  });

  it('does not hide the isolation of children on its own parent, which it is not there for', () => {
    const given = lan()
      .child('web')
      .parent('eth1', { address: '198.51.100.10/24' })
      .child('cam', { address: '198.51.100.50/24', gateway: '198.51.100.1' })
      .shim('mvd-shim', { parent: 'eth1', address: '192.0.2.250/32' })
      .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' })
      .allHealthy();
    expect(headlinesOf(resultsOf([shimRouteMissing, hostChildIsolation], given))).toEqual([
      'warn host-child-isolation parent eth1',
      'fail shim-route-missing shim mvd-shim',
    ]);
  });
});
