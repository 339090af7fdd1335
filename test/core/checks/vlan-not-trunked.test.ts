import check from '../../../src/core/checks/vlan-not-trunked.js';
import { known, unknown } from '../../../src/model/fact.js';
import { aSnapshot, type ParentOptions, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const GATEWAY = { gateway: '192.0.2.1' };

const vlan = (options: ParentOptions & { readonly id?: number } = {}) => {
  const { id = 30, ...parent } = options;
  return aSnapshot()
    .hostLink('eth0', { address: '198.51.100.10/24' })
    .parent('eth0.30', { kind: 'vlan', vlanId: id, lower: 'eth0', ...parent })
    .child('web', GATEWAY);
};

/** Every question of the parent's and its child's is met with silence. */
const dead = (builder: SnapshotBuilder) =>
  builder
    .allHealthy()
    .silent('gateway-arp-child')
    .silent('gateway-arp-parent')
    .silent('gateway-icmp');

const received = (builder: SnapshotBuilder, packets: Readonly<Record<string, number>>) =>
  builder.fact(
    'traffic',
    known(
      Object.fromEntries(
        Object.entries(packets).map(([name, count]) => [name, { rxPackets: count }]),
      ),
    ),
  );

testCheck(check, {
  pass: [
    {
      name: 'it answers',
      given: received(vlan().allHealthy(), { eth0: 5000, 'eth0.30': 300 }),
    },
    {
      name: 'frames come in, and the gateway is silent: that is another matter',
      given: received(dead(vlan()), { eth0: 5000, 'eth0.30': 1 }),
    },
    {
      name: 'the cable itself is dead',
      given: received(dead(vlan()), { eth0: 0, 'eth0.30': 0 }),
    },
    {
      name: 'somebody answered, whatever the counters say',
      given: received(dead(vlan()).answered('gateway-arp-parent'), { eth0: 5000, 'eth0.30': 0 }),
    },
    {
      name: 'the VLAN is down',
      given: received(vlan({ up: false }).allHealthy(), { eth0: 5000, 'eth0.30': 0 }),
    },
    {
      name: 'nobody was there to be asked',
      given: received(
        aSnapshot()
          .hostLink('eth0')
          .parent('eth0.30', { kind: 'vlan', vlanId: 30, lower: 'eth0' })
          .child('web', { gateway: null })
          .allHealthy(),
        { eth0: 5000, 'eth0.30': 0 },
      ),
    },
    {
      name: 'a question that could not be asked proves nothing',
      given: received(dead(vlan()).failed('gateway-arp-parent', {}, 'no packet socket'), {
        eth0: 5000,
        'eth0.30': 0,
      }),
    },
  ],
  found: [
    {
      name: 'nothing ever came in',
      given: received(dead(vlan()), { eth0: 5000, 'eth0.30': 0 }),
      codes: ['nothing-heard'],
      subjects: ['parent eth0.30'],
      fixes: [],
      says: [
        /VLAN 30/u,
        /web cannot reach/u,
        /nobody else is on it yet/u,
        /eth0\.30 has received 0 packets since it was made, eth0 5000/u,
        /4 ARP requests with eth0\.30's own MAC, none answered/u,
        /trunk \(tagged member\)/u,
      ],
    },
    {
      name: 'a bridge whose only way out is the VLAN, on a bond',
      given: received(
        dead(
          aSnapshot()
            .hostLink('ens1', { master: 'bond0' })
            .hostLink('bond0', { kind: 'bond' })
            .hostLink('bond0.7', { kind: 'vlan', vlanId: 7, lower: 'bond0', master: 'br7' })
            .parent('br7', { kind: 'bridge' })
            .child('web', GATEWAY),
        ),
        { ens1: 900, 'bond0.7': 0, br7: 12 },
      ),
      codes: ['nothing-heard'],
      subjects: ['parent br7'],
      says: [/bond0\.7 \(VLAN 7\)/u, /ens1 900/u],
    },
    {
      name: 'VLAN 1 is mostly untagged',
      given: received(dead(vlan({ id: 1 })), { eth0: 5000, 'eth0.30': 0 }),
      codes: ['nothing-heard'],
      says: [/VLAN 1 is untagged/u],
    },
    {
      name: 'in a virtual machine it is the port group',
      given: received(dead(vlan()), { eth0: 5000, 'eth0.30': 0 }).fact(
        'machine',
        known({ systemVendor: 'VMware, Inc.' }),
      ),
      codes: ['nothing-heard'],
      says: [/VLAN 4095/u],
      saysNot: [/tagged member/u],
    },
  ],
  notApplicable: [
    { name: 'no VLAN', given: dead(aSnapshot().parent('eth0').child('web')) },
    {
      name: 'a VLAN in a VLAN: which of the two, nobody could say',
      given: dead(
        aSnapshot()
          .hostLink('eth0')
          .hostLink('eth0.5', { kind: 'vlan', vlanId: 5, lower: 'eth0' })
          .parent('eth0.5.6', { kind: 'vlan', vlanId: 6, lower: 'eth0.5' })
          .child('web', GATEWAY),
      ),
    },
  ],
  undetermined: [
    { name: 'nothing was sent', given: vlan(), reason: /--passive/u },
    {
      name: 'the counters are not known',
      given: dead(vlan()).fact('traffic', unknown('failed', 'no')),
      reason: /counters/u,
    },
  ],
});
