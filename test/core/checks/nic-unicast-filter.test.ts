import check from '../../../src/core/checks/nic-unicast-filter.js';
import { unknown } from '../../../src/model/fact.js';
import type { DroppingRule } from '../../../src/model/filter.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { readIn, swallowed } from '../../support/lost-inside-view.js';
import { testCheck } from '../../support/check-tester.js';
import { probedBehind } from '../../support/switch-view.js';

const host = () => aSnapshot().parent('eth0').child('web');
const lossy = () => aSnapshot().parent('eth0', { filter: [] }).child('web');

const onVeth = () => aSnapshot().parent('veth0', { kind: 'veth' }).child('web');
const ARP_RULE: DroppingRule = {
  family: 'arp',
  table: 'guard',
  chain: 'in',
  hook: 'input',
  verdict: 'policy drop',
  matches: '',
};
const DEVICE_RULE: DroppingRule = {
  family: 'netdev',
  table: 'guard',
  chain: 'in',
  hook: 'ingress',
  verdict: 'drop',
  matches: 'ether daddr 02:42:c0:00:02:10',
};

testCheck(check, {
  pass: [
    {
      name: 'the gateway drops pings, and the child knows its MAC',
      given: swallowed(onVeth(), 'veth0', { state: 'REACHABLE' }),
    },
    {
      name: 'a gateway that answers our probe and ignores the address of the child',
      given: swallowed(onVeth(), 'veth0', { forIp: '0.0.0.0' }),
    },
    {
      name: 'a child in source mode, whose list decides',
      given: swallowed(
        aSnapshot().parent('veth0', { kind: 'veth' }).child('web', { mode: 'source' }),
        'veth0',
      ),
    },
    {
      name: 'a source filter: what is addressed to the child did come in',
      given: probedBehind(host(), { takes: (mac) => mac === '52:54:00:00:00:10' }),
    },
    {
      name: 'promiscuity 0, the filter holds, and the gateway answers',
      given: host().allHealthy(),
    },
    {
      name: 'a veth, promiscuous by the kernel without the flag',
      given: aSnapshot().parent('veth0', { kind: 'veth' }).child('web'),
    },
    {
      name: 'a bridge as parent',
      given: aSnapshot().parent('br0', { kind: 'bridge', filter: [] }).child('web'),
    },
    {
      name: 'promiscuous by hand',
      given: aSnapshot().parent('eth0', { isPromiscuous: true, filter: [] }).child('web'),
    },
    { name: 'a driver that lists no filter, and the answer came', given: lossy().allHealthy() },
    {
      name: 'IPv6 alone, with a router that was reached',
      given: aSnapshot()
        .parent('eth0')
        .child('web', {
          address: '2001:db8::5/64',
          gateway: null,
          neighbours: [{ dst: 'fe80::1', lladdr: '52:54:00:aa:00:01', state: ['REACHABLE'] }],
        })
        .allHealthy(),
    },
    {
      name: 'one child heard proves the card for its siblings',
      given: host().child('db', { gateway: null }).allHealthy(),
    },
  ],
  found: [
    {
      name: 'a rule on the parent swallows what is for its child',
      given: swallowed(onVeth(), 'veth0'),
      codes: ['lost-inside'],
      subjects: ['parent veth0'],
      says: [/arrives at veth0/, /hook ingress device veth0/, /web still has no MAC address/],
    },
    {
      name: 'one of two, by a rule of the host that was read',
      given: readIn(swallowed(onVeth().child('db'), 'veth0'), 'host', [DEVICE_RULE]),
      codes: ['lost-inside'],
      subjects: ['child eth0@web'],
      says: [/filters: on the host: netdev guard in: ether daddr 02:42:c0:00:02:10 drop/u],
    },
    {
      name: 'one of two, by a rule of its own that was read',
      given: readIn(swallowed(onVeth().child('db'), 'veth0'), 'web', [ARP_RULE]),
      codes: ['lost-inside'],
      subjects: ['child eth0@web'],
      says: [/filters: inside web: arp guard in: policy drop/u],
      saysNot: [/on the host/u],
    },
    {
      name: 'the MAC is not in the filter, and nobody is heard',
      given: lossy().allHealthy().silent('gateway-arp-child').silent('gateway-icmp'),
      codes: ['filtered'],
      subjects: ['parent eth0'],
      says: [
        /promiscuity 0/u,
        /02:42:c0:00:02:10/u,
        /4 ARP requests/u,
        /ip link set dev eth0 promisc on/u,
      ],
    },
    {
      name: 'the card ignores its filter: answers come only while it is promiscuous',
      given: probedBehind(host().child('db'), { cardIsStrict: true }),
      codes: ['ignored'],
      subjects: ['parent eth0'],
      fixes: ['set-promiscuous'],
      says: [
        /does not take in what is addressed to db and web, unless/u,
        /16 of 16 ARP requests to 192\.0\.2\.1 whose answer was to go to one of the MACs of db and web/u,
        /were answered in 0\.4 ms while the probe held eth0 promiscuous/u,
        /ip link set dev eth0 promisc on/u,
      ],
    },
    {
      name: 'a card that answers the frame, and a filter that it ignores',
      given: probedBehind(host(), { cardIsStrict: true, repliesTo: 'frame' }),
      codes: ['ignored'],
    },
    {
      name: 'the MAC is not in the filter, and it is proven that this is why',
      given: probedBehind(lossy(), { cardIsStrict: true }),
      codes: ['filtered'],
      fixes: ['set-promiscuous'],
      says: [/while the probe held eth0 promiscuous/u],
    },
    {
      name: 'by looking alone, where the filter can be read',
      given: aSnapshot()
        .parent('eth0', { filter: ['02:42:c0:00:02:11'] })
        .child('web')
        .child('db'),
      codes: ['filtered'],
      says: [/of web \(/u],
      saysNot: [/of db/u],
    },
  ],
  notApplicable: [
    { name: 'no children', given: aSnapshot().parent('eth0').shim('mvd-shim') },
    { name: 'every child is down', given: aSnapshot().parent('eth0').child('web', { up: false }) },
    { name: 'the parent is down', given: aSnapshot().parent('eth0', { up: false }).child('web') },
    {
      name: 'passthru',
      given: aSnapshot().parent('eth1', { address: [] }).child('web', { mode: 'passthru' }),
    },
  ],
  undetermined: [
    { name: 'nothing was sent', given: host(), reason: /--passive.*tcpdump -i eth0/u },
    {
      name: 'no answer was seen',
      given: host().allHealthy().silent('gateway-arp-child').silent('gateway-icmp'),
    },
    { name: 'an empty filter that may just not be listed', given: lossy() },
    {
      name: 'the filter could not be read',
      given: host().fact('fdb', unknown('failed', 'odd answer')),
      reason: /odd answer/u,
    },
  ],
});
