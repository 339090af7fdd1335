import duplicateMac from '../../../src/core/checks/duplicate-mac.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';
import { asked, CROSSED, crossing, ETH0_MAC, STRANGER } from '../../support/owners-seen.js';

const lan = () => aSnapshot().parent('eth0').child('web').child('db');
const WEB_MAC = '02:42:c0:00:02:10';
const ETH1_MAC = '52:54:00:00:00:77';

/** Two parents of one LAN or of two, with a child each. */
const twoParents = (address = '198.51.100.77/24', gateway: string | null = null) =>
  aSnapshot()
    .parent('eth0')
    .child('web')
    .parent('eth1', { address: '198.51.100.10/24', mac: ETH1_MAC })
    .child('cam', { mac: WEB_MAC, address, gateway });
const router = (parent: string, mac: string, by = STRANGER) =>
  asked('gateway-arp-parent', { target: '192.0.2.1', by: [by], parent, mac });
const oneLan = (given = twoParents(), by = STRANGER) =>
  given
    .allHealthy()
    .observed(router('eth0', ETH0_MAC, by))
    .observed(router('eth1', ETH1_MAC, by))
    .observed(crossing('eth0', 'eth1', CROSSED));
/** One MAC, nothing crosses, and the same router seems to answer on both. */
const clonedRouters = () =>
  twoParents().allHealthy().observed(router('eth0', ETH0_MAC)).observed(router('eth1', ETH1_MAC));

const clonedVirtual = () =>
  twoParents()
    .allHealthy()
    .observed(router('eth0', ETH0_MAC, '00:00:5e:00:01:01'))
    .observed(router('eth1', ETH1_MAC, '00:00:5e:00:01:01'))
    .observed(crossing('eth0', 'eth1'));

/** The switch sends nothing back; an address of the LAN was asked for, and these answered. */
const answered = (target: string, ...by: string[]) =>
  lan().allHealthy().observed(asked('neighbour-arp', { target, by }));
const entry = (dst: string, lladdr: string, dev = 'eth0') =>
  ({ dst, dev, lladdr, state: ['STALE'] }) as const;

testCheck(duplicateMac, {
  pass: [
    { name: 'everybody has one of their own', given: lan().allHealthy() },
    {
      name: 'passthru: the parent’s MAC, by design',
      given: aSnapshot()
        .parent('eth0')
        .child('vm', { mode: 'passthru', mac: ETH0_MAC })
        .allHealthy(),
    },
    {
      name: 'one MAC on two LANs',
      given: twoParents()
        .allHealthy()
        .observed(crossing('eth0', 'eth1'))
        .observed(crossing('eth1', 'eth0')),
    },
    {
      name: 'one MAC on two LANs that both have a virtual router of one number',
      given: clonedVirtual(),
    },
    {
      name: 'a bridge and its port, a VLAN and its card',
      given: aSnapshot()
        .hostLink('nic', { mac: ETH0_MAC, master: 'br0' })
        .parent('br0', { kind: 'bridge', mac: ETH0_MAC })
        .child('web')
        .parent('br0.7', { kind: 'vlan', vlanId: 7, lower: 'br0', mac: ETH0_MAC, address: [] })
        .child('cam', { address: '198.51.100.5/24' })
        .allHealthy(),
    },
    {
      name: 'both links are down: the one does not keep the other so',
      given: lan()
        .child('a', { mac: STRANGER, up: false })
        .child('b', { mac: STRANGER, up: false })
        .allHealthy(),
    },
    {
      name: 'a virtual machine that is off',
      given: lan().child('vm', { kind: 'macvtap', mac: WEB_MAC, up: false }).allHealthy(),
    },
    {
      name: 'two links of one namespace in a bond, on two parents of one LAN',
      given: oneLan(
        aSnapshot()
          .parent('eth0')
          .child('web')
          .parent('eth1', { address: [], mac: ETH1_MAC })
          .child('web1', { sameNetnsAs: 'web', mac: WEB_MAC, address: [], gateway: null }),
      ).observed(asked('host-child-arp', { target: '192.0.2.50', child: 'web', by: [WEB_MAC] })),
    },
    {
      name: 'the switch reflects: the child itself has answered',
      given: lan()
        .allHealthy({ reflects: true })
        .observed(asked('neighbour-arp', { target: '192.0.2.99', by: [WEB_MAC] })),
    },
    {
      name: 'a former address in a table, for which nobody answers any more',
      given: lan()
        .hostNeighbour(entry('192.0.2.99', WEB_MAC))
        .allHealthy()
        .observed(asked('neighbour-arp', { target: '192.0.2.99' })),
    },
    {
      name: 'a child that answers for others: one MAC for many addresses',
      given: lan()
        .hostNeighbour(entry('192.0.2.90', WEB_MAC))
        .hostNeighbour(entry('192.0.2.91', WEB_MAC))
        .hostNeighbour(entry('192.0.2.92', WEB_MAC))
        .allHealthy(),
    },
    {
      name: 'a virtual machine behind a macvtap has whatever address it has',
      given: aSnapshot()
        .parent('eth0')
        .child('vm', { kind: 'macvtap', address: [], mac: STRANGER })
        .child('web', { neighbours: [{ dst: '192.0.2.99', lladdr: STRANGER, state: ['STALE'] }] })
        .allHealthy(),
    },
    {
      name: 'a gateway that moved from one virtual router to the other',
      given: lan()
        .hostNeighbour(entry('192.0.2.1', '00:00:5e:00:01:01'))
        .allHealthy()
        .neighbourAfter('host', { ...entry('192.0.2.1', '00:00:5e:00:01:02') }),
    },
  ],
  found: [
    {
      name: 'of two siblings the kernel lets one up',
      given: lan().child('old', { mac: WEB_MAC, up: false }).allHealthy(),
      codes: ['refused'],
      subjects: ['child eth0@old'],
      fixes: ['set-child-mac'],
      says: [
        /web has the same MAC/,
        /ip -n old link set dev eth0 address 02:42:c0:00:02:12/,
        /ip -n old link set dev eth0 up/,
      ],
    },
    {
      name: 'a container that cannot come up',
      given: lan()
        .network({ name: 'lan' })
        .child('app', { network: 'lan', mac: WEB_MAC, up: false })
        .allHealthy(),
      codes: ['refused'],
      fixes: [],
      says: [/--mac-address/],
    },
    {
      name: 'a shim that cannot come up',
      given: lan().shim('mvd-shim', { mac: WEB_MAC, up: false }).allHealthy(),
      codes: ['refused'],
      subjects: ['shim mvd-shim'],
      fixes: [],
    },
    {
      name: 'a child that was given its parent’s MAC',
      given: lan().child('old', { mac: ETH0_MAC, up: false }).allHealthy(),
      codes: ['refused'],
      says: [/eth0 has the same MAC/],
    },
    {
      name: 'a parent that took the MAC of a child',
      given: aSnapshot().parent('eth0', { mac: WEB_MAC }).child('web').allHealthy(),
      codes: ['parent'],
    },
    {
      name: 'two parents on one LAN: what is sent at the one comes in at the other',
      given: oneLan(),
      codes: ['here'],
      subjects: ['child eth0@web'],
      says: [/sent at one of eth0 and eth1 came in at the other: one LAN/],
    },
    {
      name: 'two parents on one LAN: a link on the one answers the other',
      given: twoParents()
        .child('db', { address: '198.51.100.78/24', gateway: null })
        .allHealthy()
        .observed(asked('neighbour-arp', { target: '198.51.100.78', by: ['02:42:c0:00:02:12'] })),
      codes: ['here'],
      says: [/a link on the other answered: one LAN/],
    },
    {
      name: 'another card of the host on the same LAN',
      given: lan()
        .hostLink('eth1', { mac: WEB_MAC, address: '198.51.100.2/24' })
        .allHealthy()
        .observed(crossing('eth0', 'eth1', CROSSED)),
      codes: ['here'],
      says: [/eth1 of this host/],
    },
    {
      name: 'a device on the LAN',
      given: answered('192.0.2.99', WEB_MAC),
      codes: ['lan'],
      subjects: ['child eth0@web'],
      fixes: ['set-child-mac'],
      says: [/it answers for 192\.0\.2\.99/, /ip -n web link set dev eth0 address/],
    },
    {
      name: 'the gateway has the MAC of a child',
      given: lan()
        .allHealthy()
        .observed(asked('gateway-arp-parent', { target: '192.0.2.1', by: [WEB_MAC] })),
      codes: ['lan'],
    },
    {
      name: 'the whole child on another host',
      given: lan()
        .allHealthy()
        .observed(asked('host-child-arp', { target: '192.0.2.50', child: 'web', by: [WEB_MAC] })),
      codes: ['copy'],
      says: [/copy of web on another host/],
    },
  ],
  notApplicable: [{ name: 'no children', given: aSnapshot().parent('eth0') }],
  undetermined: [
    {
      name: 'two LANs with cloned routers, or one switch that keeps two ports apart',
      given: clonedRouters().observed(crossing('eth0', 'eth1')).observed(crossing('eth1', 'eth0')),
      reason: /no frame went from the one to the other: two LANs .* or one switch that keeps/,
    },
    {
      name: 'the same router seems to answer on both, and no frame could be sent',
      given: clonedRouters().observed(
        crossing('eth0', 'eth1', { sent: 0, replies: [], error: 'no tap on eth1' }),
      ),
      reason: /was not seen: no tap on eth1/,
    },
    {
      name: 'two parents that may be on one LAN, not probed',
      given: twoParents('192.0.2.77/24'),
      reason: /lead to one LAN/,
    },
    {
      name: 'a child’s MAC for somebody’s address, not probed',
      given: lan().hostNeighbour(entry('192.0.2.99', WEB_MAC)),
      reason: /former address, or a device/,
    },
    {
      name: 'all children are heard by the wire: reflection, or copies of them all',
      given: lan()
        .allHealthy()
        .observed(asked('host-child-arp', { target: '192.0.2.50', child: 'web', by: [WEB_MAC] }))
        .observed(
          asked('host-child-arp', { target: '192.0.2.51', child: 'db', by: ['02:42:c0:00:02:11'] }),
        ),
      reason: /sends some frames back/,
    },
  ],
});
