import shimRouteMissing from '../../../src/core/checks/shim-route-missing.js';
import { unknown } from '../../../src/model/fact.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const lan = () => aSnapshot().parent('eth0', { gateway: '192.0.2.1' });
const withShim = () => lan().child('web').child('db').shim('mvd-shim');

testCheck(shimRouteMissing, {
  pass: [
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
  notApplicable: [{ name: 'no shim', given: lan().child('web'), reason: /no shim/ }],
});
