import { describe, expect, it } from 'vitest';
import check from '../../../src/core/checks/gateway-silent.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { resultsOf, testCheck } from '../../support/check-tester.js';
import { probedBehind } from '../../support/switch-view.js';

const host = () => aSnapshot().parent('eth0').child('web').child('db');

/** Two children whose tables have the gateway's MAC: their stacks have no need to ask for it. */
const knowing = (state: 'REACHABLE' | 'STALE' | 'PERMANENT') => {
  const neighbours = [{ dst: '192.0.2.1', lladdr: '52:54:00:aa:00:01', state: [state] }];
  return aSnapshot().parent('eth0').child('web', { neighbours }).child('db', { neighbours });
};

/** The gateway is a machine on this very parent that nobody can look into. */
const behindTap = () => {
  const mac = '52:54:00:00:88:01';
  const gateway = '192.0.2.77';
  const neighbours = [{ dst: gateway, lladdr: mac, state: ['REACHABLE' as const] }];
  return aSnapshot()
    .parent('eth0')
    .child('web', { gateway, neighbours })
    .child('vm', { kind: 'macvtap', address: [], gateway: null, mac })
    .allHealthy();
};

/** A child with a second default route, by a gateway that is off; `db` knows no other one. */
function withBackup(metric: number, withDb = false): SnapshotBuilder {
  const target = '192.0.2.254';
  const routes = ['192.0.2.1', target].map((gateway, at) => ({
    dst: 'default',
    gateway,
    metric: at * metric,
  }));
  const web = aSnapshot().parent('eth0').child('web', { routes });
  const lan = (withDb ? web.child('db', { gateway: target }) : web).allHealthy();
  for (const who of ['child', 'parent'] as const) lan.silent(`gateway-arp-${who}`, { target });
  return lan.silent('gateway-icmp', { target }).silent('gateway-icmp-parent', { target });
}

function dumb(builder: SnapshotBuilder, child?: string): SnapshotBuilder {
  const where = child === undefined ? {} : { child };
  return builder.silent('gateway-arp-child', where).silent('gateway-icmp', where);
}

/** One of two was answered; the other one is asked again, in turn with that one. */
function beside(again: number, control: number): SnapshotBuilder {
  const common = { to: 'gateway:192.0.2.1', parent: 'eth0', child: 'eth0@db', target: '192.0.2.1' };
  const builder = dumb(host().allHealthy(), 'db');
  for (const [probe, who, mac, answers] of [
    ['gateway-arp-again', 'db', '02:42:c0:00:02:11', again],
    ['gateway-arp-control', 'web', '02:42:c0:00:02:10', control],
  ] as const)
    builder.observed({
      ...common,
      probe,
      from: `child:eth0@${who}`,
      send: {
        kind: 'arp',
        device: 'eth0',
        ethernetSource: mac,
        senderMac: mac,
        senderIp: '0.0.0.0',
      },
      expect: 'answer',
      sent: 4,
      replies: Array.from({ length: answers }, () => ({ rttMs: 0.4, mac: '52:54:00:aa:00:01' })),
    });
  return builder;
}

/** The cells of the split probe about web, as given; the parent's own question is answered unless said. */
function split(
  builder: SnapshotBuilder,
  cells: Readonly<Record<'child' | 'source' | 'sender', 'answered' | 'silent'>> & {
    readonly parent?: 'silent';
  },
): SnapshotBuilder {
  for (const cell of ['child', 'source', 'sender', 'parent'] as const) {
    const isAnswered = (cells[cell] ?? 'answered') === 'answered';
    builder.observed({
      probe: `split-${cell}`,
      from: cell === 'parent' ? 'host' : 'child:eth0@web',
      to: 'gateway:192.0.2.1',
      parent: 'eth0',
      ...(cell === 'parent' ? {} : { child: 'eth0@web' }),
      target: '192.0.2.1',
      send: {
        kind: 'arp',
        device: 'eth0',
        ethernetSource: '02:42:c0:00:02:10',
        senderMac: '02:42:c0:00:02:10',
        senderIp: '0.0.0.0',
      },
      expect: 'answer',
      sent: isAnswered ? 1 : 4,
      replies: isAnswered ? [{ rttMs: 0.4, mac: '52:54:00:aa:00:01' }] : [],
    });
  }
  return builder;
}

testCheck(check, {
  pass: [
    ...['bridge', 'vepa', 'private'].map((mode) => ({
      name: `healthy, ${mode}`,
      given: aSnapshot().parent('eth0').child('web', { mode }).child('db', { mode }).allHealthy(),
    })),
    { name: 'answers ARP and ignores ping', given: host().allHealthy().silent('gateway-icmp') },
    {
      name: 'ignores the ARP probe and answers ping',
      given: host()
        .allHealthy()
        .silent('gateway-arp-child')
        .silent('gateway-arp-parent')
        .silent('gateway-icmp-parent'),
    },
    {
      name: 'answers neither, but became reachable meanwhile',
      given: dumb(aSnapshot().parent('eth0').child('web').allHealthy()).neighbourAfter('web', {
        dst: '192.0.2.1',
        dev: 'eth0',
        lladdr: '52:54:00:aa:00:01',
        state: ['REACHABLE'],
      }),
    },
    {
      name: 'ignores pings, and ARP probes of children that know its MAC: it answers their true addresses',
      given: probedBehind(knowing('REACHABLE'), {
        ignoresArpProbes: ['192.0.2.1'],
        ignoresPing: true,
      }),
    },
    {
      name: 'fixed entries on both sides, a router that ignores ARP and pings and refuses connections',
      given: probedBehind(knowing('PERMANENT'), {
        ignoresArp: true,
        ignoresPing: true,
        refuses: true,
      }),
    },
    {
      name: 'a virtual machine behind a macvtap that answers pings; another child has a gateway of its own',
      given: behindTap().child('db'),
    },
    {
      name: 'one was left out by chance, and is answered once it is asked alone',
      given: beside(1, 0),
    },
    {
      name: 'an unnumbered parent',
      given: aSnapshot().parent('eth1', { address: [] }).child('web').allHealthy(),
    },
  ],
  found: [
    {
      name: 'answers nobody',
      given: dumb(host().allHealthy()).silent('gateway-arp-parent').silent('gateway-icmp-parent'),
      codes: ['silent'],
      subjects: ['gateway 192.0.2.1'],
      says: [
        /db and web cannot leave the LAN/u,
        /8 of 8 ARP requests for 192\.0\.2\.1/u,
        /4 of 4 ARP requests with eth0's own MAC/u,
      ],
    },
    {
      name: 'answers the parent alone',
      given: dumb(host().allHealthy()),
      codes: ['answers-parent-only'],
      says: [/asked with eth0's own MAC, it answered in 0\.4 ms/u, /forged transmits/u],
    },
    {
      name: 'answers some children',
      given: dumb(host().allHealthy(), 'db'),
      codes: ['partial'],
      says: [
        /answers web on eth0, and not db/u,
        /web got an answer in 0\.4 ms/u,
        /with the MAC of db/u,
        /it is about this one/u,
      ],
    },
    {
      name: 'leaves one out however it is asked, while the other one is answered',
      given: beside(0, 3),
      codes: ['partial'],
      says: [/nor were 4 more, put in turn with as many by one that was answered again and again/u],
    },
    {
      name: 'the gateway refuses the children, and another machine on the LAN does not',
      given: probedBehind(
        host().child('cam', { neighbours: [{ dst: '192.0.2.7', state: ['FAILED'] }] }),
        {
          takes: (mac) => mac === '52:54:00:00:00:10',
          appliesTo: '192.0.2.1',
          ignoresArpProbes: ['192.0.2.1'],
        },
      ),
      codes: ['answers-parent-only'],
      says: [
        /192\.0\.2\.7 on the same LAN does answer them, so the way is open: it is the gateway itself/u,
        /to eth0's own MAC it answers pings, and none of 4 ARP probes/u,
      ],
    },
    {
      name: 'each way is open by itself, and both together are not',
      given: split(dumb(aSnapshot().parent('eth0').child('web').allHealthy()), {
        child: 'silent',
        source: 'answered',
        sender: 'answered',
      }),
      codes: ['answers-parent-only'],
      says: [/Which half of the way is closed could not be told: each way is open by itself/u],
    },
    {
      name: 'the parent could not ask',
      given: dumb(host().allHealthy())
        .failed('gateway-arp-parent', {}, 'no socket')
        .silent('gateway-icmp-parent'),
      codes: ['silent'],
      says: [/could not be asked/u],
      saysNot: [/neither the children nor the host/u],
    },
    {
      name: 'REACHABLE half a minute ago proves nothing',
      given: dumb(
        aSnapshot()
          .parent('eth0')
          .child('web', {
            neighbours: [{ dst: '192.0.2.1', lladdr: '52:54:00:aa:00:01', state: ['REACHABLE'] }],
          })
          .allHealthy()
          .wholeRun(),
      )
        .silent('gateway-arp-parent')
        .silent('gateway-icmp-parent')
        .neighbourAfter('web', {
          dst: '192.0.2.1',
          dev: 'eth0',
          lladdr: '52:54:00:aa:00:01',
          state: ['REACHABLE'],
        }),
      codes: ['silent'],
    },
    {
      name: 'is gone, and the children still have its MAC',
      given: probedBehind(knowing('STALE'), { isThere: (ip) => ip !== '192.0.2.1' }),
      codes: ['silent'],
      says: [/nor were 8 more by their true addresses/u],
    },
    {
      name: 'a second choice, while the first one answers',
      given: withBackup(200),
      codes: ['backup'],
      severity: 'warn',
      subjects: ['gateway 192.0.2.254'],
      says: [/the second choice of web/u, /web goes by 192\.0\.2\.1, which does answer/u],
    },
    {
      name: 'the first choice of one child, and the second one of another',
      given: withBackup(200, true),
      codes: ['silent'],
      says: [/db cannot leave the LAN/u],
      saysNot: [/web/u],
    },
    {
      name: 'on one of two parents, and one of two gateways',
      given: dumb(
        host()
          .child('cam', { gateway: '192.0.2.2' })
          .parent('eth1', { address: [] })
          .child('far', { address: '198.51.100.5/24', gateway: '198.51.100.1' })
          .allHealthy(),
        'cam',
      )
        .silent('gateway-arp-parent', { target: '192.0.2.2' })
        .silent('gateway-icmp-parent', { target: '192.0.2.2' }),
      codes: ['silent'],
      subjects: ['gateway 192.0.2.2'],
    },
    {
      name: 'a child on two networks loses one of them',
      given: dumb(
        aSnapshot()
          .parent('eth0')
          .child('web')
          .parent('eth1', { address: [] })
          .child('web1', {
            sameNetnsAs: 'web',
            address: '198.51.100.5/24',
            gateway: '198.51.100.1',
          })
          .allHealthy(),
        'eth1@web',
      ).silent('gateway-arp-parent', { parent: 'eth1' }),
      codes: ['silent'],
      subjects: ['gateway 198.51.100.1'],
    },
  ],
  notApplicable: [
    {
      name: 'no gateway',
      given: aSnapshot().parent('eth0').child('web', { gateway: null }).allHealthy(),
    },
    {
      name: 'IPv6 alone',
      given: aSnapshot()
        .parent('eth0')
        .child('web', { address: '2001:db8::5/64', gateway: 'fe80::1' })
        .allHealthy(),
    },
    {
      name: 'the gateway is the host',
      given: aSnapshot().parent('eth0', { address: '192.0.2.1/24' }).child('web').allHealthy(),
    },
    {
      name: 'the gateway is a sibling',
      given: aSnapshot()
        .parent('eth0')
        .child('web')
        .child('gw', { address: '192.0.2.1/24', gateway: null })
        .allHealthy(),
    },
    {
      name: 'the gateway is outside the subnet',
      given: aSnapshot()
        .parent('eth0')
        .child('web', {
          gateway: '203.0.113.1',
          routes: [{ dst: 'default', gateway: '203.0.113.1' }],
        }),
    },
    { name: 'the child is down', given: aSnapshot().parent('eth0').child('web', { up: false }) },
  ],
  undetermined: [
    { name: 'nothing was sent', given: host(), reason: /--passive/u },
    {
      name: 'a virtual machine behind a macvtap that answers neither pings nor connections',
      given: dumb(behindTap()).silent('gateway-arp-parent').wholeRun(),
      reason:
        /it is the virtual machine behind .*vm.* \(52:54:00:00:88:01\), which eth0 itself can ask nothing, and it answers no pings and connections of theirs/u,
    },
    {
      name: 'answers so many questions a second, whoever puts them',
      given: beside(0, 2),
      reason:
        /whether 192\.0\.2\.1 answers db was not seen: it answers others, but of 4 questions .* it answered only 2: it, or a switch, lets through so many at a time/u,
    },
    {
      name: 'fixed entries, and nothing answers anything',
      given: probedBehind(knowing('PERMANENT'), { isThere: (ip) => ip !== '192.0.2.1' }),
      reason: /who has a fixed entry for it \(PERMANENT\) needs no answer to ARP/u,
    },
    {
      name: 'the children know its MAC, and nobody asked in their name',
      given: dumb(knowing('STALE').allHealthy())
        .silent('gateway-arp-parent')
        .silent('gateway-icmp-parent'),
      reason: /who knows its MAC had no need to ask for it$/u,
    },
    {
      name: 'half of the question failed',
      given: host()
        .allHealthy()
        .silent('gateway-arp-child')
        .failed('gateway-icmp', {}, 'no raw socket'),
      reason: /no raw socket/u,
    },
    {
      name: 'ignores ARP probes and pings; the host had to ask for its MAC, and the child knew it',
      given: split(
        dumb(
          aSnapshot()
            .parent('eth0')
            .child('web', {
              neighbours: [{ dst: '192.0.2.1', lladdr: '52:54:00:aa:00:01', state: ['STALE'] }],
            })
            .allHealthy(),
        ).silent('gateway-icmp-parent'),
        { child: 'silent', source: 'silent', sender: 'silent', parent: 'silent' },
      ),
      reason: /it answers neither ARP probes nor pings of anybody$/u,
    },
  ],
});

describe('gateway-silent', () => {
  it('has one finding for however many children', () => {
    let builder = aSnapshot().parent('eth0');
    for (let index = 0; index < 12; index += 1) builder = builder.child(`c${index.toString()}`);
    const results = resultsOf(
      [check],
      dumb(builder.allHealthy()).silent('gateway-arp-parent').silent('gateway-icmp-parent'),
    );
    expect(results).toHaveLength(1);
    expect(results[0]?.why).toMatch(/and \d more cannot leave/u);
  });
});
