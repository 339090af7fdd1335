import addressMissing from '../../../src/core/checks/address-missing.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const lan = () => aSnapshot().parent('eth0');

testCheck(addressMissing, {
  pass: [
    { name: 'an IPv4 address', given: lan().child('web') },
    {
      name: 'IPv6 alone',
      given: lan().child('web', { address: '2001:db8::50/64', gateway: null }),
    },
    {
      name: 'a link-local one with a gateway: somebody means it',
      given: lan().child('web', { address: '169.254.7.2/30', gateway: '169.254.7.1' }),
    },
    { name: 'a /32', given: lan().child('web', { address: '192.0.2.50/32' }) },
  ],
  found: [
    {
      name: 'none at all',
      given: lan().child('web').child('db', { address: [] }),
      codes: ['missing'],
      subjects: ['child eth0@db'],
      says: [/DHCP client/],
    },
    {
      name: 'one that a DHCP client made up, whatever scope it gave it',
      given: lan().child('web', { address: '169.254.7.2/16', gateway: null }),
      codes: ['missing'],
      subjects: ['child eth0@web'],
      says: [/169\.254\.7\.2/],
    },
    {
      name: 'two of one network',
      given: lan()
        .network({ name: 'lan' })
        .child('web', { network: 'lan', address: [] })
        .child('db', { network: 'lan', address: [] }),
      codes: ['missing'],
      subjects: ['network lan'],
    },
  ],
  notApplicable: [
    { name: 'a tap', given: lan().child('vm', { kind: 'macvtap', address: [] }) },
    { name: 'down: another fault', given: lan().child('web', { up: false, address: [] }) },
  ],
});
