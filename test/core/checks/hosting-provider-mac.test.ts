import { WITHHELD } from '../../../src/core/derive/probing/withhold.js';
import check from '../../../src/core/checks/hosting-provider-mac.js';
import { known } from '../../../src/model/fact.js';
import { aSnapshot, type ParentOptions } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const gateway = '5.9.1.1';
const IRON = { systemVendor: 'FUJITSU', hasHypervisorFlag: false };

const server = (parent: ParentOptions = {}) =>
  aSnapshot()
    .parent('eth0', {
      mac: 'a0:36:9f:01:02:03',
      address: '5.9.1.2/32',
      routes: [{ dst: 'default', gateway }],
      ...parent,
    })
    .fact('machine', known(IRON));
const child = { address: '5.9.1.20/27', gateway };

testCheck(check, {
  pass: [
    { name: 'a LAN', given: aSnapshot().parent('eth0').child('web') },
    {
      name: 'a LAN with public addresses',
      given: server({
        address: '141.1.1.2/24',
        routes: [{ dst: 'default', gateway: '141.1.1.1' }],
      }).child('web', { address: '141.1.1.20/24', gateway: '141.1.1.1' }),
    },
    {
      name: 'its private VLAN',
      given: server()
        .parent('eth0.4000', { kind: 'vlan', lower: 'eth0', address: '10.0.0.2/24' })
        .child('web', { address: '10.0.0.20/24' }),
    },
    {
      name: 'every child is answered: their MACs were ordered',
      given: server().child('web', child).allHealthy(),
    },
    {
      name: 'nothing was sent, and the child knows its router from before',
      given: server().child('web', {
        ...child,
        neighbours: [{ dst: gateway, lladdr: '00:31:46:0d:aa:01', state: ['STALE'] }],
      }),
    },
  ],
  found: [
    {
      name: 'a child on a server with a public /32, its probes kept back',
      given: server()
        .child('web', { ...child, mac: '02:42:05:09:01:14' })
        .failed('gateway-arp-child', {}, WITHHELD)
        .failed('gateway-icmp', {}, WITHHELD),
      codes: ['watched'],
      subjects: ['parent eth0'],
      says: [/5\.9\.1\.2\/32 is public/u, /02:42:05:09:01:14/u, /virtual MAC/u, /--foreign-macs/u],
    },
    {
      name: 'the provider has a name, and the network no containers yet',
      given: server({ address: '5.9.1.2/26' })
        .fact('machine', known({ ...IRON, boardVendor: 'OVH' }))
        .network({ name: 'pub', subnet: '5.9.1.0/26' }),
      codes: ['watched'],
      says: [/the containers of pub/u, /the firmware names OVH/u],
    },
    {
      name: 'one of two is answered',
      given: server()
        .child('web', child)
        .child('db', { ...child, address: '5.9.1.21/27' })
        .allHealthy()
        .silent('gateway-arp-child', { child: 'db' })
        .silent('gateway-icmp', { child: 'db' })
        .silent('child-host-icmp')
        .silent('sibling-icmp'),
      codes: ['watched'],
      says: [/frames of db are/u],
    },
  ],
  notApplicable: [{ name: 'no macvlan', given: server() }],
});
