import gatewayIsHost from '../../../src/core/checks/gateway-is-host.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const router = () => aSnapshot().parent('eth0', { address: '192.0.2.1/24' });

testCheck(gatewayIsHost, {
  pass: [
    { name: 'somebody else', given: aSnapshot().parent('eth0').child('web').allHealthy() },
    {
      name: 'the switch sends frames back',
      given: router().child('web').allHealthy({ reflects: true }),
    },
    {
      name: 'the host holds it on a bridge-mode macvlan link',
      given: aSnapshot()
        .parent('eth0', { address: [] })
        .child('web')
        .shim('lan0', { address: '192.0.2.1/24' }),
    },
    {
      name: 'a shim lets the children through',
      given: router()
        .child('web')
        .shim('mvd-shim')
        .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' })
        .allHealthy(),
    },
    {
      name: 'a network for others, another gateway',
      given: router().network({ name: 'lan', gateway: '192.0.2.254' }),
    },
  ],
  found: [
    {
      name: 'a router with containers on its LAN side',
      given: router().child('web').child('db').allHealthy(),
      codes: ['child'],
      subjects: ['gateway 192.0.2.1'],
      says: [/db and web/, /192\.0\.2\.1 stands on eth0/, /no answer/],
    },
    {
      name: 'a network that nobody is on yet',
      given: router().network({ name: 'lan', gateway: '192.0.2.1' }),
      codes: ['network'],
      subjects: ['network lan'],
    },
  ],
  notApplicable: [{ name: 'no parents', given: aSnapshot() }],
  undetermined: [{ name: 'not probed', given: router().child('web'), reason: /without --passive/ }],
});
