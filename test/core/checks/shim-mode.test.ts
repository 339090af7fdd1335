import shimMode from '../../../src/core/checks/shim-mode.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const lan = (mode = 'bridge') => aSnapshot().parent('eth0').child('web', { mode });
const route = { dst: '192.0.2.50', dev: 'mvd-shim' };

testCheck(shimMode, {
  pass: [
    { name: 'bridge and bridge', given: lan().shim('mvd-shim').hostRoute(route).allHealthy() },
    {
      name: 'vepa and vepa with a reflecting switch',
      given: lan('vepa')
        .shim('mvd-shim', { mode: 'vepa' })
        .hostRoute(route)
        .allHealthy({ reflects: true }),
    },
    {
      name: 'a vepa link that is no shim: no address',
      given: lan().shim('mv0', { mode: 'vepa', address: [] }).allHealthy(),
    },
    {
      name: 'a vepa link that is a second identity',
      given: lan().shim('mv0', { mode: 'vepa', address: '198.51.100.7/24' }).allHealthy(),
    },
    {
      name: 'a shim for the bridge children beside a private one',
      given: lan()
        .child('vault', { mode: 'private' })
        .shim('mvd-shim')
        .hostRoute(route)
        .allHealthy(),
    },
    {
      name: 'a macvtap whose stack is out of sight',
      given: aSnapshot()
        .parent('eth0')
        .child('vm', { kind: 'macvtap', mode: 'vepa' })
        .child('web')
        .shim('mvd-shim'),
    },
  ],
  found: [
    {
      name: 'a shim made without mode bridge',
      given: lan().child('db').shim('mvd-shim', { mode: 'vepa' }).hostRoute(route).allHealthy(),
      codes: ['shim-not-bridge'],
      subjects: ['shim mvd-shim'],
      fixes: ['set-macvlan-mode'],
      says: [
        /ip link set dev mvd-shim type macvlan mode bridge/,
        /answered none of \d+ echo requests/,
      ],
    },
    {
      name: 'a private shim, not probed',
      given: lan().shim('mvd-shim', { mode: 'private' }).hostRoute(route),
      codes: ['shim-not-bridge'],
    },
    {
      name: 'vepa children, a bridge shim, an ordinary switch',
      given: lan('vepa').shim('mvd-shim').hostRoute(route).allHealthy(),
      codes: ['children-vepa'],
      fixes: ['set-macvlan-mode'],
      says: [/ip -n web link set dev eth0 type macvlan mode bridge/],
    },
    {
      name: 'vepa everywhere, an ordinary switch',
      given: lan('vepa').shim('mvd-shim', { mode: 'vepa' }).hostRoute(route).allHealthy(),
      codes: ['children-vepa'],
      fixes: ['set-macvlan-mode'],
    },
    {
      name: 'private children: no shim can help',
      given: lan('private').shim('mvd-shim').hostRoute(route),
      codes: ['children-private'],
      fixes: [],
      says: [/on purpose/],
    },
  ],
  notApplicable: [{ name: 'no shim', given: lan() }],
  undetermined: [
    {
      name: 'a vepa shim, and the switch not probed',
      given: lan().shim('mvd-shim', { mode: 'vepa' }).hostRoute(route),
      reason: /switch sends them back/,
    },
  ],
});
