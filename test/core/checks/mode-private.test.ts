import check from '../../../src/core/checks/mode-private.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const secret = { mode: 'private' };
const host = () => aSnapshot().parent('eth0');

testCheck(check, {
  pass: [
    { name: 'bridge children', given: host().child('web').child('db').allHealthy() },
    { name: 'one private child alone', given: host().child('web', secret).allHealthy() },
    {
      name: 'private children on two parents',
      given: host().child('web', secret).parent('eth1', { address: [] }).child('db', secret),
    },
    {
      name: 'private children that only a router joins',
      given: host()
        .child('web', secret)
        .child('db', { ...secret, address: '198.51.100.5/24', gateway: '198.51.100.1' }),
    },
    {
      name: 'the other one is down',
      given: host()
        .child('web', secret)
        .child('db', { ...secret, up: false }),
    },
  ],
  found: [
    {
      name: 'two of them',
      given: host().child('web', secret).child('db', secret).allHealthy(),
      codes: ['private'],
      subjects: ['parent eth0'],
      fixes: ['set-macvlan-mode'],
      says: [
        /db and web on eth0 are in private mode/u,
        /8 echo requests/u,
        /ip -n db link set dev eth0 type macvlan mode bridge\nip -n web link set dev eth0 type macvlan mode bridge/u,
      ],
    },
    {
      name: 'one beside a bridge child, by looking alone',
      given: host().child('web', secret).child('db'),
      codes: ['private'],
      says: [/^web on eth0 is in private mode/mu],
    },
    {
      name: 'needed',
      given: host().child('web', secret).child('db', secret),
      codes: ['private'],
      expect: ['sibling-access'],
      severity: 'fail',
    },
    {
      name: 'over IPv6 alone',
      given: host()
        .child('web', { ...secret, address: '2001:db8::5/64', gateway: null })
        .child('db', { ...secret, address: '2001:db8::6/64', gateway: null }),
      codes: ['private'],
    },
  ],
  notApplicable: [{ name: 'no children', given: host().shim('mvd-shim', secret) }],
});
