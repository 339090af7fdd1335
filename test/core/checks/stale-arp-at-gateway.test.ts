import check from '../../../src/core/checks/stale-arp-at-gateway.js';
import type { ProbeStep } from '../../../src/model/observation.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';
import { played, type Outcome } from '../../support/passage-view.js';

const WEB = '02:42:c0:00:02:10';
const DB = '02:42:c0:00:02:11';
const OLD = '02:42:c0:a8:01:99';
const GATEWAY = { dst: '192.0.2.1', lladdr: '52:54:00:aa:00:01' };

const two = () => aSnapshot().parent('eth0').child('web').child('db');
const isOf = ({ probe, child }: ProbeStep, label: string): boolean =>
  probe === 'gateway-icmp' && child === `eth0@${label}`;

/** The gateway's replies to web come in for these MACs. */
const repliesFor =
  (...arrived: readonly string[]) =>
  (step: ProbeStep): Outcome =>
    isOf(step, 'web')
      ? { left: 4, arrived: arrived.map((mac) => ({ mac, frames: 4 })) }
      : undefined;

/** No reply comes in, of whatever kind: pings and connections of web. */
const nothing = (step: ProbeStep): Outcome =>
  step.probe === 'service-tcp' && step.child === 'eth0@web' ? 'silent' : repliesFor()(step);

const given = (builder: SnapshotBuilder, outcome?: (step: ProbeStep, round: number) => Outcome) =>
  played(builder, outcome === undefined ? {} : { outcome });

const withEntry = (lladdr: string) =>
  aSnapshot()
    .parent('eth0')
    .child('web', { neighbours: [{ dst: '192.0.2.1', lladdr, state: ['PERMANENT'] }] })
    .child('db');

testCheck(check, {
  pass: [
    { name: 'a fixed entry with the right MAC', given: given(withEntry(GATEWAY.lladdr)) },
    { name: 'all are answered', given: given(two()) },
    {
      name: 'the gateway ignores pings',
      given: given(two(), ({ probe }) =>
        probe.startsWith('gateway-icmp') ? { left: 4, arrived: [] } : undefined,
      ),
    },
    {
      name: 'lost once, answered when asked again',
      given: given(two(), (step, round) => (round === 0 ? repliesFor()(step) : undefined)),
    },
    {
      name: 'the gateway answers a few pings a second, and nothing more when asked again',
      given: given(two(), (step, round) =>
        round > 0 && step.probe.startsWith('gateway-icmp') ? 'silent' : repliesFor()(step),
      ),
    },
    { name: 'the reply came in, and was lost here', given: given(two(), repliesFor(WEB)) },
    {
      name: 'the request never left',
      given: given(two(), (step) => (isOf(step, 'web') ? { left: 0, arrived: [] } : undefined)),
    },
    {
      name: 'no tap watched',
      given: given(two(), (step) => (isOf(step, 'web') ? 'silent' : undefined)),
    },
    {
      name: 'ARP does not work either: that is upstream',
      given: played(two(), {
        outcome: (step) =>
          step.probe === 'gateway-arp-child' && step.child === 'eth0@web'
            ? 'silent'
            : repliesFor()(step),
        entry: (from) => (from === 'child:eth0@web' ? null : undefined),
      }),
    },
    {
      name: 'the gateway answers the pings of a few, and connections of all',
      given: given(two(), repliesFor()),
    },
    {
      name: 'an only child, and a host without an address to ask from',
      given: given(aSnapshot().parent('eth0', { address: [] }).child('web'), repliesFor()),
    },
  ],
  found: [
    {
      name: 'the child has a fixed entry with another MAC',
      given: played(withEntry(OLD), {
        outcome: nothing,
        entry: (asker) => (asker === 'child:eth0@web' ? OLD : undefined),
      }),
      codes: ['wrong-entry'],
      subjects: ['child eth0@web'],
      says: [
        /web sends what is for 192\.0\.2\.1 to 02:42:c0:a8:01:99, and 192\.0\.2\.1 has another MAC/u,
        /ip netns exec web ip neigh del 192\.0\.2\.1 dev eth0/u,
      ],
    },
    {
      name: 'for a MAC that is nobody’s, although the child has just told its own',
      given: given(two(), repliesFor(OLD)),
      codes: ['sent-elsewhere'],
      subjects: ['child eth0@web'],
      fixes: ['take-expected-mac'],
      says: [
        /192\.0\.2\.1 answers web, and sends the answers to 02:42:c0:a8:01:99\./u,
        /the entry is a fixed one/u,
        /8 echo requests of web .*8 seen leaving eth0; replies came in: 8 for 02:42:c0:a8:01:99, none for 02:42:c0:00:02:10/u,
        /192\.0\.2\.1 answered the host in 0\.4 ms/u,
        /ip -n web link set dev eth0 address 02:42:c0:a8:01:99/u,
      ],
    },
    {
      name: 'the child had the gateway’s MAC before, and told nobody its own',
      given: given(
        aSnapshot()
          .parent('eth0')
          .child('web', { neighbours: [{ ...GATEWAY, state: ['STALE'] }] })
          .child('db'),
        repliesFor(OLD),
      ),
      codes: ['sent-elsewhere'],
      fixes: ['announce-child'],
      says: [
        /from whoever had the address before/u,
        /ip netns exec web sysctl -w net\.ipv4\.conf\.eth0\.arp_notify=1/u,
        /ip -n web link set dev eth0 address 02:42:c0:00:02:10/u,
      ],
    },
    {
      name: 'for the MAC of a sibling, which it may not take',
      given: given(two(), repliesFor(DB)),
      codes: ['sent-elsewhere'],
      fixes: [],
      says: [/02:42:c0:00:02:11, which is db\./u],
    },
    {
      name: 'for nobody: two explanations',
      given: given(aSnapshot().parent('eth0').child('web'), nothing),
      codes: ['unanswered'],
      fixes: [],
      says: [
        /connections of web to 192\.0\.2\.1 were neither taken nor refused; those of the host were/u,
        /remembers another MAC .* or 192\.0\.2\.1, or the switch, filters that address/u,
      ],
    },
    {
      name: 'the same, where the child told nobody its MAC; a sibling is the witness',
      given: given(
        aSnapshot()
          .parent('eth0', { address: [] })
          .child('web', { neighbours: [{ ...GATEWAY, state: ['STALE'] }] })
          .child('db'),
        nothing,
      ),
      codes: ['unanswered'],
      fixes: ['announce-child'],
      says: [/192\.0\.2\.1 answered another child/u],
    },
  ],
  notApplicable: [
    { name: 'no gateway', given: aSnapshot().parent('eth0').child('web', { gateway: null }) },
    {
      name: 'the gateway is the host',
      given: aSnapshot().parent('eth0', { address: '192.0.2.1/24' }).child('web').allHealthy(),
    },
  ],
  undetermined: [
    { name: 'nothing was sent', given: two(), reason: /--passive/u },
    {
      name: 'the child itself holds another MAC for the gateway',
      given: played(two(), {
        outcome: nothing,
        entry: (asker) => (asker === 'child:eth0@web' ? OLD : undefined),
      }),
      reason:
        /web sends what is for 192\.0\.2\.1 to 02:42:c0:a8:01:99, .* the entry in web is wrong, .* `ip neigh del 192\.0\.2\.1 dev eth0`/u,
    },
    {
      name: 'the gateway lets so much ARP through at a time: the host’s fell as well',
      given: given(two(), (step) =>
        step.probe === 'gateway-arp-parent' ? 'silent' : nothing(step),
      ),
      reason:
        /left out 4 questions of ends that it does answer: .* has missed which MAC 192\.0\.2\.50 has/u,
    },
    {
      name: 'a sibling was answered only when it asked again: a switch lets so many broadcasts through',
      given: given(two(), (step, round) =>
        isOf(step, 'db') && round === 0 ? { left: 4, arrived: [] } : nothing(step),
      ),
      reason: /left out \d questions of ends that it does answer/u,
    },
    {
      name: 'the gateway answers the pings of a few, and connections of nobody',
      given: given(two(), (step) => (step.probe === 'service-tcp' ? 'silent' : repliesFor()(step))),
      reason:
        /either it holds another MAC for 192\.0\.2\.50, or it answers the pings of a few only/u,
    },
  ],
});
