import prefixMismatch from '../../../src/core/checks/prefix-mismatch.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const lan = () => aSnapshot().parent('eth0');

testCheck(prefixMismatch, {
  pass: [
    { name: 'the same', given: lan().child('web') },
    {
      name: 'a /32 with routes of its own',
      given: lan().child('web', {
        address: '192.0.2.50/32',
        routes: [{ dst: '192.0.2.1' }, { dst: 'default', gateway: '192.0.2.1' }],
      }),
    },
    { name: 'a shim with a /32', given: lan().child('web').shim('mvd-shim') },
    {
      name: 'a second, narrower address of the host',
      given: aSnapshot()
        .parent('eth0', { address: ['192.0.2.10/24', '192.0.2.11/32', '192.0.2.200/25'] })
        .child('web'),
    },
    {
      name: 'a route without a gateway makes up the difference',
      given: lan().child('web', {
        address: '192.0.2.50/25',
        routes: [{ dst: '192.0.2.0/25', protocol: 'kernel' }, { dst: '192.0.2.0/24' }],
      }),
    },
    {
      name: 'another subnet altogether',
      given: lan().child('web', { address: '198.51.100.5/25' }),
    },
    {
      name: 'an unnumbered parent, siblings that agree',
      given: aSnapshot().parent('eth0', { address: [] }).child('web').child('db'),
    },
    {
      name: 'a second address of the child',
      given: lan().child('web', { address: ['192.0.2.50/24', '192.0.2.60/32'] }),
    },
  ],
  found: [
    {
      name: 'a subnet that was meant as an ip-range',
      given: lan().child('web', { address: '192.0.2.50/26' }).child('db'),
      codes: ['narrower'],
      subjects: ['child eth0@web'],
      fixes: ['set-address-prefix'],
      says: [
        /192\.0\.2\.0\/26/,
        /What it sends/,
        /ip -n web addr add 192\.0\.2\.50\/24 dev eth0/,
        /--ip-range/,
      ],
    },
    {
      name: 'too wide, two children, one finding',
      given: lan()
        .child('web', { address: '192.0.2.50/16' })
        .child('db', { address: '192.0.2.51/16' }),
      codes: ['wider'],
      subjects: ['parent eth0'],
      says: [/192\.0\.0\.0\/16/],
    },
    {
      name: 'siblings on an unnumbered parent: the one that stands alone',
      given: aSnapshot()
        .parent('eth0', { address: [] })
        .child('web')
        .child('db')
        .child('cam', { address: '192.0.2.60/25' }),
      codes: ['narrower'],
      subjects: ['child eth0@cam'],
      says: [/the siblings/],
    },
  ],
  notApplicable: [{ name: 'no addresses', given: lan().child('web', { address: [] }) }],
});
