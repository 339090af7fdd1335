import check from '../../../src/core/checks/passthru-shared.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const passthru = { mode: 'passthru' };

testCheck(check, {
  pass: [
    {
      name: 'a dedicated card',
      given: aSnapshot()
        .parent('eth0')
        .child('web')
        .parent('eth1', { address: [] })
        .child('router', passthru),
    },
    { name: 'bridge', given: aSnapshot().parent('eth0', { gateway: '192.0.2.1' }).child('web') },
    {
      name: 'a passthru network on a spare card',
      given: aSnapshot().parent('eth1', { address: [] }).network({ name: 'wan', mode: 'passthru' }),
    },
  ],
  found: [
    {
      name: 'the card with the host’s address',
      given: aSnapshot().parent('eth0', { gateway: '192.0.2.1' }).child('router', passthru),
      codes: ['shared'],
      subjects: ['parent eth0'],
      says: [/address 192\.0\.2\.10\/24, default route/u, /Deleting the child/u],
    },
    {
      name: 'a container on it',
      given: aSnapshot()
        .parent('eth0')
        .network({ name: 'lan', mode: 'passthru' })
        .child('web', { ...passthru, network: 'lan' }),
      codes: ['shared'],
      says: [/-o parent=eth0 -o macvlan_mode=bridge lan/u],
    },
    {
      name: 'IPv6 counts, link-local aside',
      given: aSnapshot().parent('eth0', { address: '2001:db8::10/64' }).child('router', passthru),
      codes: ['shared'],
    },
    {
      name: 'a network that will, once something starts on it',
      given: aSnapshot().parent('eth0').network({ name: 'lan', mode: 'passthru' }),
      codes: ['planned'],
      severity: 'warn',
    },
  ],
  notApplicable: [{ name: 'no macvlan', given: aSnapshot().parent('eth0') }],
});
