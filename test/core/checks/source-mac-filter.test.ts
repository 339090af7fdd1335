import check from '../../../src/core/checks/source-mac-filter.js';
import { known } from '../../../src/model/fact.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';
import { probedBehind } from '../../support/switch-view.js';

const OWN = '52:54:00:00:00:10';
const isOwn = (mac: string): boolean => mac === OWN;
const host = () => aSnapshot().parent('eth0').child('web').child('db');
const five = () => host().child('cam').child('dns').child('mqtt');
const WEB = '02:42:c0:00:02:10';
const DB = '02:42:c0:00:02:11';

function many(count: number): SnapshotBuilder {
  const builder = aSnapshot().parent('eth0');
  for (let at = 0; at < count; at += 1) builder.child(`c${at.toString()}`);
  return builder;
}

/** The parent has no address: the host's own is on a macvlan link beside its children, who go out by it. */
function onShim(routes: readonly HostRoute[], known?: string): SnapshotBuilder {
  const lladdr = '52:54:00:aa:00:07';
  const builder = aSnapshot()
    .parent('eth0', { address: [] })
    .shim('host0', {
      address: '192.0.2.9/24',
      ...(known !== undefined && { neighbours: [{ dst: known, lladdr, state: ['STALE'] }] }),
    })
    .child('web', { gateway: '192.0.2.9' });
  for (const route of routes) builder.hostRoute(route);
  return builder;
}
type HostRoute = Parameters<SnapshotBuilder['hostRoute']>[0];

testCheck(check, {
  pass: [
    { name: 'a sound LAN', given: host().allHealthy() },
    { name: 'a sound LAN, asked to the end', given: probedBehind(five(), {}) },
    {
      name: 'what is for the children is not delivered',
      given: probedBehind(host(), { delivers: isOwn }),
    },
    { name: 'the card keeps it out', given: probedBehind(host(), { cardIsStrict: true }) },
    {
      name: 'one child has no gateway, and is asked about all the same',
      given: probedBehind(host().child('cam', { gateway: null }), {}),
    },
    {
      name: 'the host lives on a shim, which is the gateway of its children: its own router is asked',
      given: probedBehind(onShim([{ dst: 'default', dev: 'host0', gateway: '192.0.2.1' }]), {}),
    },
    {
      name: 'the host lives on a shim, and has spoken to a printer',
      given: probedBehind(onShim([], '192.0.2.7'), {}),
    },
    {
      name: 'the gateway is dead, and somebody else answers',
      given: probedBehind(
        aSnapshot()
          .parent('eth0')
          .child('web', {
            neighbours: [{ dst: '192.0.2.7', state: ['FAILED'] }],
          }),
        { isThere: (ip) => ip === '192.0.2.7' },
      ),
    },
  ],
  found: [
    {
      name: 'the host lives on a shim, and the printer that it knows does not answer its children',
      given: probedBehind(onShim([], '192.0.2.7'), { takes: isOwn }),
      codes: ['dropped'],
    },
    {
      name: 'all children',
      given: probedBehind(host(), { takes: isOwn }),
      codes: ['dropped'],
      subjects: ['parent eth0'],
      says: [
        /What leaves eth0 with a source MAC other than its own is dropped/u,
        /db and web cannot reach anybody/u,
        /16 of 16 ARP requests to 192\.0\.2\.1 whose Ethernet source was one of the MACs of db and web/u,
        /1 request with eth0's own MAC as both was answered in 0\.4 ms/u,
        /told to answer the same MACs, it did/u,
      ],
    },
    {
      name: 'a single child, by its MAC',
      given: probedBehind(aSnapshot().parent('eth0').child('web'), { takes: isOwn }),
      codes: ['dropped'],
      says: [
        /8 of 8 .* the MAC 02:42:c0:00:02:10 of web/u,
        /cannot reach .* addressed to it does get in/u,
      ],
    },
    {
      name: 'in a VMware guest',
      given: probedBehind(
        host().fact('machine', known({ systemVendor: 'VMware, Inc.', hasHypervisorFlag: true })),
        { takes: isOwn },
      ),
      codes: ['dropped'],
      says: [/Forged transmits/iu],
    },
    {
      name: 'more than the port accepts',
      given: probedBehind(five(), { takes: (mac) => [OWN, WEB, DB].includes(mac) }),
      codes: ['limited'],
      subjects: ['child eth0@cam'],
      says: [
        /accepts 3 MACs on this port: eth0's own, and 2 of 5 children/u,
        /cam, dns and mqtt get no answer from 192\.0\.2\.1, while db and web do\..*Access control of 192\.0\.2\.1/u,
        /to 6 or more/u,
      ],
    },
    {
      name: 'one too many, and the switch floods nothing it has not learnt',
      given: probedBehind(host().child('cam'), {
        takes: (mac) => [OWN, WEB, DB].includes(mac),
        delivers: (mac) => [OWN, WEB, DB].includes(mac),
      }),
      codes: ['limited'],
      subjects: ['child eth0@cam'],
      says: [/raise/iu],
    },
    {
      name: 'both ways',
      given: probedBehind(host(), { takes: isOwn, delivers: isOwn }),
      codes: ['both'],
      subjects: ['parent eth0'],
      says: [
        /ARP inspection/u,
        /24 ARP requests .* as Ethernet source, as ARP sender, or as both/u,
      ],
    },
    {
      name: 'a gateway that answers the frame: one of the ways, nobody knows which',
      given: probedBehind(host(), { delivers: isOwn, repliesTo: 'frame' }),
      codes: ['both'],
      subjects: ['parent eth0'],
    },
    {
      name: 'the gateway ignores ARP probes, and another machine does not',
      given: probedBehind(
        aSnapshot()
          .parent('eth0')
          .child('web', {
            neighbours: [{ dst: '192.0.2.7', state: ['FAILED'] }],
          }),
        { takes: isOwn, isThere: (ip) => ip === '192.0.2.7' },
      ),
      codes: ['dropped'],
      says: [/to 192\.0\.2\.7 whose/u],
    },
    {
      name: 'a child without a gateway or an address, beside a host that has one',
      given: probedBehind(
        aSnapshot()
          .parent('eth0')
          .child('web', { gateway: null, neighbours: [{ dst: '192.0.2.7', state: ['FAILED'] }] })
          .child('db', { address: [], gateway: null }),
        { takes: isOwn },
      ),
      codes: ['dropped'],
      says: [/db and web cannot/u],
    },
    {
      name: "IPv6 alone, asked about at the host's own router",
      given: probedBehind(
        aSnapshot()
          .parent('eth0')
          .hostRoute({ dst: 'default', gateway: '192.0.2.1', dev: 'eth0' })
          .child('web', { address: '2001:db8::5/64', gateway: 'fe80::1' }),
        { takes: isOwn },
      ),
      codes: ['dropped'],
      says: [/8 of 8 ARP requests to 192\.0\.2\.1/u],
    },
    {
      name: 'one of two parents',
      given: probedBehind(
        host()
          .parent('eth1', { address: '198.51.100.10/24' })
          .child('far', { address: '198.51.100.50/24', gateway: '198.51.100.1' }),
        { takes: (mac) => mac !== '02:42:c0:00:02:12' },
      ),
      codes: ['dropped'],
      subjects: ['parent eth1'],
    },
    {
      name: 'more children than are asked about',
      given: probedBehind(many(20), { takes: isOwn }),
      codes: ['dropped'],
      says: [/and 12 more cannot reach/u, /64 of 64/u],
    },
  ],
  notApplicable: [
    { name: 'no children', given: aSnapshot().parent('eth0').shim('mvd-shim') },
    {
      name: 'passthru',
      given: aSnapshot().parent('eth1', { address: [] }).child('web', { mode: 'passthru' }),
    },
  ],
  undetermined: [
    { name: 'nothing was sent', given: host(), reason: /--passive/u },
    {
      name: 'nobody is there',
      given: probedBehind(host(), { isThere: () => false }),
      reason: /no machine on the LAN of eth0 is known to answer eth0 itself/u,
    },
    {
      name: 'an older run, that did not ask further',
      given: host().allHealthy().silent('gateway-arp-child').silent('gateway-icmp'),
      reason: /was not asked which half/u,
    },
    {
      name: 'nobody is known to answer',
      given: aSnapshot().parent('eth0').child('web', { gateway: null }).allHealthy(),
      reason: /no machine on the LAN of eth0 is known/u,
    },
    {
      name: 'the host lives on a shim, and knows nobody but its children',
      given: probedBehind(onShim([], '192.0.2.50'), {}),
      reason: /no machine on the LAN of eth0 is known/u,
    },
  ],
});
