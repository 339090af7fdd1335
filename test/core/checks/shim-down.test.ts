import shimDown from '../../../src/core/checks/shim-down.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const lan = () => aSnapshot().parent('eth0').child('web');
const route = { dst: '192.0.2.50', dev: 'mvd-shim' };

testCheck(shimDown, {
  pass: [
    { name: 'up', given: lan().shim('mvd-shim').hostRoute(route).allHealthy() },
    {
      name: 'down without an address: nobody uses it',
      given: lan().shim('mv0', { address: [], up: false }),
    },
    {
      name: 'down on a foreign subnet: a second identity',
      given: lan().shim('mv0', { address: '198.51.100.7/24', up: false }),
    },
    {
      name: 'another shim serves all the children',
      given: lan()
        .shim('old-shim', { up: false })
        .shim('mvd-shim', { address: '192.0.2.249/32' })
        .hostRoute(route)
        .allHealthy(),
    },
    {
      name: 'no children to reach',
      given: aSnapshot().parent('eth0').shim('mvd-shim', { up: false }),
    },
  ],
  found: [
    {
      name: 'down',
      given: lan().child('db').shim('mvd-shim', { up: false }).allHealthy(),
      codes: ['down'],
      subjects: ['shim mvd-shim'],
      fixes: ['set-shim-up'],
      says: [/ip link set dev mvd-shim up/, /ip route replace 192\.0\.2\.51\/32 dev mvd-shim/],
    },
  ],
  notApplicable: [{ name: 'no shim', given: lan() }],
});
