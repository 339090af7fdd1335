import { describe, expect, it } from 'vitest';
import check from '../../../src/core/checks/host-child-isolation.js';
import { unknown } from '../../../src/model/fact.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { resultsOf, testCheck } from '../../support/check-tester.js';

const host = () => aSnapshot().parent('eth0', { gateway: '192.0.2.1' }).child('web');
const shimmed = () => host().shim('mvd-shim').hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' });

/** The children's parent carries no address; the host is on another LAN, and a router stands between. */
const beyondRouter = () =>
  aSnapshot()
    .parent('eth0', { address: [] })
    .child('web')
    .hostLink('eth1', { address: '198.51.100.10/24', gateway: '198.51.100.1' })
    .expecting('host-access');

testCheck(check, {
  pass: [
    { name: 'the switch reflects', given: host().allHealthy({ reflects: true }) },
    { name: 'one of the paths answers', given: host().allHealthy().answered('child-host-icmp') },
    {
      name: 'silent behind a reflecting switch has another reason',
      given: host()
        .allHealthy({ reflects: true })
        .silent('host-child-icmp')
        .silent('host-child-arp')
        .silent('child-host-icmp'),
    },
  ],
  found: [
    {
      name: 'needed, and the way by the router is silent',
      given: beyondRouter().allHealthy().silent('host-child-icmp'),
      expect: ['host-access'],
      severity: 'fail',
      codes: ['routed'],
      subjects: ['parent eth0'],
      fixes: ['host-shim'],
      says: [
        /no address on eth0\. What it sends to it goes by eth1 via 198\.51\.100\.1 and is not answered/u,
        /4 echo requests from the host to 1 child/u,
      ],
    },
    {
      name: 'needed, and no route leads there',
      given: aSnapshot()
        .parent('eth0', { address: [] })
        .child('web')
        .hostLink('eth1', { address: '198.51.100.10/24' })
        .expecting('host-access')
        .allHealthy(),
      expect: ['host-access'],
      severity: 'fail',
      codes: ['routed'],
      says: [/It has no route to it/u],
    },
    {
      name: 'two bridge children: one finding',
      given: host().child('db').allHealthy(),
      codes: ['isolated'],
      subjects: ['parent eth0'],
      fixes: ['host-shim'],
      says: [
        /db 192\.0\.2\.51 and web 192\.0\.2\.50/u,
        /8 echo requests from the host to 2 children/u,
        /8 ARP requests/u,
        /ip link add mvd-shim link eth0 type macvlan mode bridge/u,
        /ip addr(?:ess)? add 192\.0\.2\.254\/32 dev mvd-shim/u,
      ],
    },
    {
      name: 'needed',
      given: host().allHealthy(),
      codes: ['isolated'],
      expect: ['host-access'],
      severity: 'fail',
    },
    {
      name: 'private: never a shim',
      given: aSnapshot().parent('eth0').child('web', { mode: 'private' }).allHealthy(),
      codes: ['private'],
      fixes: [],
      says: [/No shim reaches web \(private mode\)/u],
    },
    {
      name: 'bridge and private: a shim for the one alone',
      given: host().child('db', { mode: 'private' }).allHealthy(),
      codes: ['isolated'],
      fixes: ['host-shim'],
      says: [/192\.0\.2\.50\/32/u, /No shim reaches db/u],
      saysNot: [/192\.0\.2\.51\/32/u],
    },
    {
      name: 'on each of two parents',
      given: host()
        .parent('eth1', { address: '198.51.100.10/24' })
        .child('cam', { address: '198.51.100.20/24', gateway: '198.51.100.1' })
        .allHealthy(),
      codes: ['isolated', 'isolated'],
      subjects: ['parent eth0', 'parent eth1'],
    },
    {
      name: 'a child that is down or has no address is no victim',
      given: host().child('db', { up: false }).child('cam', { address: [] }).allHealthy(),
      codes: ['isolated'],
      // Once up, it would be the one that the new shim forgot.
      says: [/ip route add 192\.0\.2\.51\/32 dev mvd-shim/u],
      saysNot: [/\bdb\b|\bcam\b/u],
    },
    {
      name: 'a second child that the shim forgot: its route, not a second shim',
      given: shimmed().child('db').allHealthy(),
      codes: ['isolated'],
      fixes: ['add-shim-route'],
      says: [/db 192\.0\.2\.51/u, /192\.0\.2\.51\/32.* dev mvd-shim/u],
      saysNot: [/web/u],
    },
    {
      name: 'a stranger on the LAN with the child’s address is no path',
      given: host()
        .allHealthy()
        .observed({
          probe: 'host-child-arp',
          from: 'host',
          to: 'child:eth0@web',
          parent: 'eth0',
          child: 'eth0@web',
          target: '192.0.2.50',
          send: {
            kind: 'arp',
            device: 'eth0',
            ethernetSource: '52:54:00:00:00:10',
            senderMac: '52:54:00:00:00:10',
            senderIp: '0.0.0.0',
          },
          expect: 'silence',
          sent: 1,
          replies: [{ rttMs: 1, mac: 'aa:bb:cc:dd:ee:ff' }],
        }),
      codes: ['isolated'],
    },
    {
      name: 'the kernel’s look-ups are not known',
      given: host().fact('routeLookups', unknown('failed', 'no answer')).allHealthy(),
      codes: ['isolated'],
    },
  ],
  notApplicable: [
    { name: 'no children', given: aSnapshot().parent('eth0') },
    {
      name: 'the host has no address there',
      given: aSnapshot().parent('eth1', { address: [] }).child('web').allHealthy(),
    },
    {
      name: 'the host’s only address is on a shim',
      given: aSnapshot()
        .parent('eth0', { address: [] })
        .child('web')
        .shim('lan0', { address: '192.0.2.10/24', gateway: '192.0.2.1' })
        .allHealthy(),
    },
    { name: 'everybody goes by the shim', given: shimmed().allHealthy() },
    {
      name: 'vepa is the switch’s matter',
      given: aSnapshot().parent('eth0').child('web', { mode: 'vepa' }).allHealthy(),
    },
    {
      name: 'the child speaks IPv6 alone',
      given: aSnapshot()
        .parent('eth0')
        .child('web', { address: '2001:db8::5/64', gateway: null })
        .allHealthy(),
    },
    {
      name: 'another subnet, by way of the router',
      given: aSnapshot()
        .parent('eth0', { gateway: '192.0.2.1' })
        .child('web', { address: '198.51.100.5/24', gateway: '198.51.100.1' })
        .allHealthy()
        .silent('host-child-icmp'),
    },
  ],
  undetermined: [
    { name: 'nothing was sent', given: host(), reason: /--passive.*by macvlan's design/u },
    {
      name: 'the probes failed',
      given: host().allHealthy().failed('host-child-icmp', {}, 'no raw socket'),
      reason: /no raw socket/u,
    },
  ],
});

describe('host-child-isolation', () => {
  it.each([
    ['answered by way of the router', beyondRouter().allHealthy(), 'pass', undefined],
    ['not sent', beyondRouter(), 'undetermined', /web by eth1 via 198\.51\.100\.1 was not seen/u],
  ] as const)('under --expect host-access: %s', (_name, given, status, reason) => {
    const [result] = resultsOf([check], given, ['host-access']);
    expect(result?.status).toBe(status);
    if (reason !== undefined) expect(result?.reason).toMatch(reason);
  });

  it('says and sends nothing about a router when nobody expects anything', () => {
    const given = beyondRouter().expecting().allHealthy().build();
    expect(given.observations.map(({ probe }) => probe)).not.toContain('host-child-icmp');
    expect(resultsOf([check], given).map(({ status }) => status)).toEqual(['not-applicable']);
  });

  it('gives no commands without an address that was seen to be free', () => {
    const given = host().allHealthy().answered('free-address-arp');
    const [result] = resultsOf([check], given);
    expect(result?.fixes).toBeUndefined();
    expect(result?.advice?.[0]).toMatch(/free/u);
  });

  it('quotes what was sent alone: ARP, where there were too many children for echo requests', () => {
    const whole = host().child('db').allHealthy().build();
    const isPing = ({ probe }: { readonly probe: string }): boolean => probe === 'host-child-icmp';
    const observations = whole.observations.filter((one) => !isPing(one));
    const [result] = resultsOf([check], { ...whole, observations });
    const says = result?.evidence?.map((one) => one.says).join('; ');
    expect(says).toContain(
      '8 ARP requests of the host for the addresses of 2 children on eth0 stayed unanswered',
    );
    expect(says).not.toContain('echo');
  });
});
