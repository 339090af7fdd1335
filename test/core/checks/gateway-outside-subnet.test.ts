import gatewayOutsideSubnet from '../../../src/core/checks/gateway-outside-subnet.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const lan = () => aSnapshot().parent('eth0');
const own = { dst: '192.0.2.0/24', protocol: 'kernel' };

testCheck(gatewayOutsideSubnet, {
  pass: [
    { name: 'inside', given: lan().child('web') },
    {
      name: 'an IPv4 route by an IPv6 router',
      given: lan().child('web', { routes: [own, { dst: 'default', gateway: '2001:db8::1' }] }),
    },
    {
      name: 'outside, with a link-scope route to it',
      given: lan().child('web', {
        routes: [own, { dst: '10.0.0.1' }, { dst: 'default', gateway: '10.0.0.1' }],
      }),
    },
    {
      name: 'outside, with onlink',
      given: lan().child('web', {
        routes: [own, { dst: 'default', gateway: '10.0.0.1', flags: ['onlink'] }],
      }),
    },
    {
      name: 'in a second subnet',
      given: lan().child('web', { address: ['192.0.2.50/24', '10.0.0.2/24'], gateway: '10.0.0.1' }),
    },
    {
      name: 'a pool with its gateway, and an IPv6 pool with a link-local one',
      given: lan()
        .network({ name: 'lan', gateway: '192.0.2.1' })
        .network({ name: 'six', subnet: '2001:db8::/64', gateway: 'fe80::1' })
        .child('web', { network: 'lan' }),
    },
    { name: 'none', given: lan().child('web', { gateway: null }) },
  ],
  found: [
    {
      name: 'outside, two children',
      given: lan()
        .child('web', { gateway: '10.0.0.1' })
        .child('db', { gateway: '10.0.0.1' })
        .child('cam'),
      codes: ['child'],
      subjects: ['gateway 10.0.0.1'],
      says: [/db and web/, /192\.0\.2\.51\/24/],
    },
    {
      name: 'a pool whose gateway is elsewhere',
      given: lan().network({ name: 'lan', gateway: '192.0.3.1' }),
      codes: ['network'],
      subjects: ['network lan'],
      fixes: [],
    },
    {
      name: 'the same where the host knows the router, and nobody is on it',
      given: aSnapshot()
        .parent('eth0', { gateway: '192.0.2.254' })
        .network({ name: 'lan', gateway: '192.168.2.1' }),
      codes: ['network'],
      fixes: ['recreate-network'],
      says: [/--subnet=192\.0\.2\.0\/24 --gateway=192\.0\.2\.254/, /If 192\.168\.2\.1 is right/],
    },
  ],
  notApplicable: [{ name: 'nothing here', given: aSnapshot() }],
});
