import check from '../../../src/core/checks/parent-down.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

testCheck(check, {
  pass: [
    { name: 'up', given: aSnapshot().parent('eth0').child('web') },
    {
      name: 'up without carrier is another story',
      given: aSnapshot().parent('eth0', { carrier: false }).child('web'),
    },
    {
      name: 'down, and of no concern',
      given: aSnapshot().hostLink('eth9', { up: false }).parent('eth0').child('web'),
    },
    { name: 'no address', given: aSnapshot().parent('eth1', { address: [] }).child('web') },
  ],
  found: [
    {
      name: 'two children on it',
      given: aSnapshot().parent('eth0', { up: false }).child('web').child('db'),
      codes: ['down'],
      subjects: ['parent eth0'],
      fixes: ['set-link-up'],
      says: [/db and web can talk to nobody/u, /ip link set dev eth0 up/u],
    },
    {
      name: 'one of two parents',
      given: aSnapshot()
        .parent('eth0')
        .child('web')
        .parent('eth1', { up: false, address: [] })
        .child('cam'),
      codes: ['down'],
      subjects: ['parent eth1'],
    },
    {
      name: 'a VLAN over a card that is down: the card first',
      given: aSnapshot()
        .hostLink('eth0', { up: false })
        .parent('eth0.50', { up: false, kind: 'vlan', vlanId: 50, lower: 'eth0' })
        .child('web'),
      codes: ['down'],
      fixes: ['set-link-up'],
      says: [/ip link set dev eth0 up[\s\S]*ip link set dev eth0\.50 up/u],
    },
    {
      name: 'a veth pair: the other end is not below it',
      given: aSnapshot()
        .hostLink('veth1', { kind: 'veth', lower: 'veth0' })
        .parent('veth0', { kind: 'veth', up: false, lower: 'veth1' })
        .child('web'),
      codes: ['down'],
      fixes: ['set-link-up'],
      saysNot: [/below/u],
    },
    {
      name: 'nothing on it yet: only a warning',
      given: aSnapshot().parent('eth1', { up: false, address: [] }).network({ name: 'lan' }),
      codes: ['unused'],
      severity: 'warn',
    },
  ],
  notApplicable: [
    { name: 'no macvlan at all', given: aSnapshot().parent('eth0') },
    {
      name: 'ipvlan alone',
      given: aSnapshot().parent('eth0', { up: false }).network({ name: 'l2', driver: 'ipvlan' }),
    },
  ],
});
