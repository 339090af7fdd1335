import shimRouteMissing from '../../../src/core/checks/shim-route-missing.js';
import shimRouteShadowed from '../../../src/core/checks/shim-route-shadowed.js';
import { describe, expect, it } from 'vitest';
import { unknown } from '../../../src/model/fact.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { headlinesOf, resultsOf, testCheck } from '../../support/check-tester.js';

const lan = () => aSnapshot().parent('eth0', { gateway: '192.0.2.1' }).child('web');
const wide = () => lan().shim('mvd-shim', { address: '192.0.2.250/24' });
const routed = () => lan().shim('mvd-shim').hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' });
const tailscale = () =>
  routed()
    .hostLink('tailscale0', { linkType: 'none', kind: 'tun' })
    .hostRoute({ dst: '192.0.2.0/24', dev: 'tailscale0', table: '52' })
    .hostRule({ family: 'inet', priority: 5270, src: 'all', table: '52' })
    .routeLookup({ dst: '192.0.2.50', dev: 'tailscale0', table: '52', type: 'unicast' });

testCheck(shimRouteShadowed, {
  pass: [
    { name: 'a /32 and a route', given: routed().allHealthy() },
    {
      name: 'the whole subnet, and routes besides that win',
      given: wide().hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' }).allHealthy(),
    },
    { name: 'no route at all is the other check', given: lan().shim('mvd-shim').allHealthy() },
    {
      name: 'a whole subnet whose route was there first',
      given: wide()
        .routeLookup({ dst: '192.0.2.50', dev: 'mvd-shim', type: 'unicast' })
        .allHealthy(),
    },
    {
      name: 'a second identity on another subnet',
      given: lan().shim('mv0', { address: '198.51.100.7/24' }).allHealthy(),
    },
    {
      name: 'shadowed, and the switch sends frames back',
      given: wide().allHealthy({ reflects: true }),
    },
  ],
  found: [
    {
      name: 'the whole subnet on the shim, as in most articles',
      given: wide().allHealthy(),
      codes: ['same-subnet'],
      subjects: ['shim mvd-shim'],
      fixes: ['replace-shim-address'],
      says: [
        /ip addr add 192\.0\.2\.250\/32 dev mvd-shim/,
        /ip addr del 192\.0\.2\.250\/24 dev mvd-shim/,
        /ip route replace 192\.0\.2\.50\/32 dev mvd-shim/,
      ],
    },
    {
      name: 'the same, the kernel not asked but the ping silent',
      given: wide()
        .fact('routeLookups', unknown('failed', 'no answer'))
        .silent('host-child-icmp', { child: 'web' }),
      codes: ['same-subnet'],
    },
    {
      name: 'a VPN with a table of its own',
      given: tailscale().answered('shim-child-icmp'),
      codes: ['policy-rule'],
      fixes: ['prefer-main-table'],
      says: [/table 52/, /ip rule add to 192\.0\.2\.50\/32 lookup main priority 5269/],
    },
    {
      name: 'a narrower route by another link',
      given: lan()
        .shim('mvd-shim')
        .hostLink('tun0', { linkType: 'none', kind: 'tun' })
        .hostRoute({ dst: '192.0.2.32/27', dev: 'mvd-shim' })
        .hostRoute({ dst: '192.0.2.48/28', dev: 'tun0' }),
      codes: ['better-route'],
      fixes: ['add-shim-route'],
      says: [/192\.0\.2\.48\/28 by tun0/],
    },
  ],
  notApplicable: [{ name: 'no shim', given: lan() }],
  undetermined: [
    {
      name: 'two equal routes, and nobody asked the kernel',
      given: wide().fact('routeLookups', unknown('skipped', 'not asked')),
      reason: /which one the kernel takes/,
    },
  ],
});

describe('exactly one of shim-route-missing and shim-route-shadowed', () => {
  const both = [shimRouteMissing, shimRouteShadowed];
  it.each([
    ['no route', lan().shim('mvd-shim').allHealthy()],
    ['the whole subnet', wide().allHealthy()],
    ['a policy rule', tailscale()],
  ])('%s', (_name, given) => {
    expect(headlinesOf(resultsOf(both, given))).toHaveLength(1);
  });
});
