import subnetMismatch from '../../../src/core/checks/subnet-mismatch.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const lan = () => aSnapshot().parent('eth0');
const unused = { name: 'iot', subnet: '172.18.0.0/16', gateway: '172.18.0.1' };
const stranger = { address: '172.18.0.2/16', gateway: '172.18.0.1' };

testCheck(subnetMismatch, {
  pass: [
    {
      name: 'no gateway, and a router of that subnet answers all the same',
      given: lan()
        .child('web', { address: '172.18.0.2/16', gateway: null })
        .child('ok')
        .allHealthy(),
    },
    { name: 'the same subnet', given: lan().child('web').allHealthy() },
    {
      name: 'a network that nobody is on, of a second subnet whose router answers',
      given: lan().network(unused).child('web').allHealthy(),
    },
    {
      name: 'a network that nobody is on, of the same subnet',
      given: lan().network({ name: 'lan' }).child('web').allHealthy(),
    },
    {
      name: 'the same subnet, its gateway dead: another fault',
      given: lan().child('web').silent('gateway-arp-child').silent('gateway-icmp'),
    },
    {
      name: 'a second subnet on the wire, whose router answers',
      given: lan().child('web', stranger).allHealthy(),
    },
    {
      name: 'an unnumbered parent',
      given: aSnapshot()
        .parent('eth0', { address: [] })
        .child('web', stranger)
        .silent('gateway-arp-child')
        .silent('gateway-icmp'),
    },
    {
      name: 'the host has a route to that subnet by the parent',
      given: lan().child('web', stranger).hostRoute({ dst: '172.18.0.0/16', dev: 'eth0' }),
    },
    {
      name: 'siblings among themselves, without a gateway',
      given: lan()
        .child('web', { address: '172.18.0.2/16', gateway: null })
        .child('db', { address: '172.18.0.3/16', gateway: null })
        .allHealthy(),
    },
    {
      name: 'an internal network',
      given: lan()
        .network({ name: 'in', subnet: '172.18.0.0/16', isInternal: true })
        .child('web', { ...stranger, gateway: null, network: 'in' }),
    },
    {
      name: "the host's address is on a macvlan link beside the parent",
      given: aSnapshot()
        .parent('eth0', { address: [] })
        .shim('lan0', { address: '192.0.2.10/24' })
        .child('web'),
    },
    {
      name: 'a part of the subnet',
      given: lan().child('web', { address: '192.0.2.130/25', gateway: '192.0.2.129' }),
    },
  ],
  found: [
    {
      name: 'the default pool of an engine',
      given: lan()
        .child('web', stranger)
        .child('db', { ...stranger, address: '172.18.0.3/16' })
        .child('ok')
        .allHealthy()
        .silent('gateway-arp-child', { target: '172.18.0.1' })
        .silent('gateway-icmp', { target: '172.18.0.1' }),
      codes: ['gateway-silent'],
      subjects: ['gateway 172.18.0.1'],
      says: [/db and web/, /172\.18\.0\.0\/16/, /192\.0\.2\.0\/24/, /its router is off/],
      saysNot: [/\bok\b/],
    },
  ],
  notApplicable: [{ name: 'no addresses', given: lan().child('web', { address: [] }) }],
  undetermined: [
    {
      name: 'no gateway, and the sibling is silent, as in private mode',
      given: lan()
        .child('web', { address: '172.18.0.2/16', gateway: null })
        .child('db', { address: '172.18.0.3/16', gateway: null })
        .allHealthy()
        .silent('sibling-icmp')
        .silent('neighbour-arp'),
      reason: /db and web in 172\.18\.0\.0\/16 may be at home on eth0 or not/u,
    },
    {
      name: 'alone in its subnet without a gateway, and nobody where routers live',
      given: lan()
        .child('plc-reader', { address: '172.18.0.2/16', gateway: null })
        .child('ok')
        .allHealthy()
        .silent('neighbour-arp'),
      reason:
        /nobody answers at 172\.18\.0\.1 and 172\.18\.255\.254, where routers live by custom/u,
    },
    { name: 'not probed', given: lan().child('web', stranger), reason: /without --passive/ },
    {
      name: 'a network that nobody is on, and whose gateway is silent',
      given: lan().network(unused).child('web').allHealthy().silent('neighbour-arp'),
      reason:
        /iot is for 172\.18\.0\.0\/16, and this host has 192\.0\.2\.0\/24 on eth0: .* 172\.18\.0\.1 did not answer/u,
    },
    {
      name: 'a network that nobody is on, without a gateway, and nothing was sent',
      given: lan().network({ name: 'iot', subnet: '172.18.0.0/16' }),
      reason: /nobody in it could be asked/u,
    },
    {
      name: 'alone in its subnet without a gateway, and nobody could be asked',
      given: lan()
        .child('web', { address: '172.18.0.2/16', gateway: null })
        .child('ok')
        .allHealthy()
        .failed('neighbour-arp', {}, 'no socket'),
    },
  ],
});
