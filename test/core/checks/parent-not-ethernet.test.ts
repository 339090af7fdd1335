import check from '../../../src/core/checks/parent-not-ethernet.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

testCheck(check, {
  pass: [
    { name: 'a card', given: aSnapshot().parent('eth0').child('web') },
    { name: 'a bridge', given: aSnapshot().parent('br0', { kind: 'bridge' }).child('web') },
  ],
  found: [
    {
      name: 'WireGuard',
      given: aSnapshot()
        .parent('wg0', { linkType: 'none', kind: 'wireguard' })
        .network({ name: 'vpn' }),
      codes: ['not-ethernet'],
      subjects: ['parent wg0'],
      says: [/its type is wireguard/u, /network vpn/u],
    },
    {
      name: 'the loopback device',
      given: aSnapshot().network({ name: 'x', parent: 'lo' }),
      codes: ['not-ethernet'],
      says: [/link type loopback, not ether/u],
    },
  ],
  notApplicable: [
    { name: 'no macvlan on it', given: aSnapshot().hostLink('wg0', { linkType: 'none' }) },
  ],
});
