import check from '../../../src/core/checks/parent-no-carrier.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

testCheck(check, {
  pass: [
    { name: 'carrier', given: aSnapshot().parent('eth0').child('web') },
    {
      name: 'down is another story',
      given: aSnapshot().parent('eth0', { up: false }).child('web'),
    },
    {
      name: 'a bridge with a port that is up',
      given: aSnapshot()
        .hostLink('eth0', { master: 'br0' })
        .parent('br0', { kind: 'bridge' })
        .child('web'),
    },
  ],
  found: [
    {
      name: 'no cable',
      given: aSnapshot().parent('eth0', { carrier: false }).child('web'),
      codes: ['no-carrier'],
      subjects: ['parent eth0'],
      says: [/UP without LOWER_UP/u, /cable/u],
    },
    {
      name: 'a bridge without a port that is up',
      given: aSnapshot()
        .hostLink('eth0', { master: 'br0', carrier: false })
        .parent('br0', { kind: 'bridge', carrier: false })
        .child('web'),
      codes: ['no-carrier'],
      says: [/none of the ports of this bridge is up/u, /its ports are eth0 \(DOWN\)/u],
    },
    {
      name: 'a bridge without any port',
      given: aSnapshot().parent('br9', { kind: 'bridge', carrier: false }).child('web'),
      codes: ['no-carrier'],
      says: [/it has no ports at all/u],
    },
    {
      name: 'a veth pair',
      given: aSnapshot().parent('veth0', { kind: 'veth', carrier: false }).child('web'),
      codes: ['no-carrier'],
      says: [/other end of (?:this|the) veth pair/u],
    },
    {
      name: 'a veth pair whose other end is here, and down',
      given: aSnapshot()
        .hostLink('veth1', { kind: 'veth', up: false, lower: 'veth0' })
        .parent('veth0', { kind: 'veth', carrier: false, lower: 'veth1' })
        .child('web'),
      codes: ['no-carrier'],
      fixes: ['set-link-up'],
      says: [/veth1, its other end, is down/u, /web reaches nobody\./u],
    },
    {
      name: 'a tap device that no program has open',
      given: aSnapshot().parent('tap0', { kind: 'tun', carrier: false }).child('web'),
      codes: ['no-carrier'],
      says: [/no program holds this tap device open/u],
      saysNot: [/cable/u],
    },
    {
      name: 'a VLAN over a card that is down',
      given: aSnapshot()
        .hostLink('eth0', { up: false })
        .parent('eth0.50', { kind: 'vlan', vlanId: 50, lower: 'eth0', carrier: false })
        .child('web'),
      codes: ['no-carrier'],
      fixes: ['set-link-up'],
      says: [/ip link set dev eth0 up/u],
    },
    {
      name: 'a spare card that only a network names: a warning',
      given: aSnapshot().parent('eth1', { carrier: false, address: [] }).network({ name: 'lan' }),
      codes: ['no-carrier'],
      severity: 'warn',
      says: [/lan/u],
    },
  ],
  notApplicable: [
    { name: 'no macvlan at all', given: aSnapshot().parent('eth0', { carrier: false }) },
  ],
});
