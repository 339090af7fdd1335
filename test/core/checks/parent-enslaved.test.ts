import check from '../../../src/core/checks/parent-enslaved.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const inBridge = () =>
  aSnapshot().parent('eth0', { master: 'br0', address: [], slaveKind: 'bridge' });

testCheck(check, {
  pass: [
    { name: 'free', given: aSnapshot().parent('eth0').child('web') },
    {
      name: 'the bridge itself is the parent',
      given: aSnapshot()
        .hostLink('eth0', { master: 'br0' })
        .parent('br0', { kind: 'bridge' })
        .child('web'),
    },
    {
      name: 'a VRF takes no frames away',
      given: aSnapshot()
        .hostLink('blue', { kind: 'vrf' })
        .parent('eth0', { master: 'blue', slaveKind: 'vrf' })
        .child('web'),
    },
    {
      name: 'a VLAN over a port of a bridge',
      given: aSnapshot()
        .hostLink('eth0', { master: 'br0', slaveKind: 'bridge' })
        .parent('eth0.50', { kind: 'vlan', vlanId: 50, lower: 'eth0' })
        .child('web'),
    },
  ],
  found: [
    {
      name: 'a port of a bridge',
      given: inBridge()
        .hostLink('br0', { kind: 'bridge' })
        .network({ name: 'lan', parent: 'eth0' }),
      codes: ['enslaved'],
      subjects: ['parent eth0'],
      says: [
        /eth0 has the master br0 \(bridge\)/u,
        /-o parent=br0 lan/u,
        /device or resource busy/u,
      ],
    },
    {
      name: 'a bond in a bridge: the one on top is the one to use',
      given: aSnapshot()
        .parent('eth0', { master: 'bond0', address: [], slaveKind: 'bond' })
        .hostLink('bond0', { kind: 'bond', master: 'br0', slaveKind: 'bridge' })
        .hostLink('br0', { kind: 'bridge' })
        .network({ name: 'lan', parent: 'eth0' }),
      codes: ['enslaved'],
      says: [/belongs to the bond bond0/u, /Use br0 as the parent/u],
    },
    {
      name: 'a child found on it nevertheless, the kind told by the master alone',
      given: aSnapshot()
        .parent('eth0', { master: 'team0' })
        .child('web')
        .hostLink('team0', { kind: 'team' }),
      codes: ['enslaved'],
      says: [/the team team0/u, /anew on team0/u],
    },
  ],
  notApplicable: [{ name: 'no macvlan', given: inBridge() }],
});
