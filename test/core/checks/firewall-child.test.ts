import check from '../../../src/core/checks/firewall-child.js';
import type { NetnsRules } from '../../../src/model/filter.js';
import type { ProbeStep } from '../../../src/model/observation.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';
import { played, type Outcome, type Passage } from '../../support/passage-view.js';

const two = () => aSnapshot().parent('eth0').child('web').child('db');
const three = () => two().child('cam');
const withShim = (builder: SnapshotBuilder) =>
  builder
    .shim('mvd-shim')
    .settings('host', { links: { 'mvd-shim': { arp_ignore: 1 } } })
    .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' })
    .hostRoute({ dst: '192.0.2.51', dev: 'mvd-shim' });

const isTo = ({ to }: ProbeStep, label: string): boolean => to === `child:eth0@${label}`;
const isFrom = ({ from }: ProbeStep, label: string): boolean => from === `child:eth0@${label}`;
const isPing = ({ probe }: ProbeStep): boolean =>
  /^(?:sibling|shim-child|gateway)-icmp$/u.test(probe);
const isTcp = ({ probe }: ProbeStep): boolean => probe === 'service-tcp';

/** Takes nothing that it has not asked for. */
const stateful =
  (...labels: readonly string[]) =>
  (step: ProbeStep): Outcome =>
    labels.some((label) => isTo(step, label)) && (isPing(step) || isTcp(step))
      ? 'silent'
      : undefined;

/** Takes nothing at all, answers included; `macs` by label. */
const deaf =
  (macs: Readonly<Record<string, string>>) =>
  (step: ProbeStep): Outcome => {
    for (const [label, mac] of Object.entries(macs)) {
      if (!isTo(step, label) && !isFrom(step, label)) continue;
      if (step.probe === 'gateway-icmp') return { left: 4, arrived: [{ mac, frames: 4 }] };
      if (isPing(step) || isTcp(step)) return 'silent';
    }
    return undefined;
  };

const WEB = '02:42:c0:00:02:10';
const DB = '02:42:c0:00:02:11';

/** A chain that drops all that no rule of it accepts. */
const dropping = (hook: string): NetnsRules => ({
  dropping: [
    { family: 'inet', table: 'filter', chain: hook, hook, verdict: 'policy drop', matches: '' },
  ],
});

const droppingIcmp: NetnsRules = {
  dropping: [
    {
      family: 'inet',
      table: 'filter',
      chain: 'input',
      hook: 'input',
      verdict: 'drop',
      matches: 'meta l4proto icmp',
    },
  ],
};

const droppingArp: NetnsRules = {
  dropping: [
    { family: 'arp', table: 'f', chain: 'o', hook: 'output', verdict: 'policy drop', matches: '' },
  ],
};

/** Sends no ARP: what it asks for never leaves, and nobody learns its MAC. */
const mute =
  (label: string, left = 0) =>
  (step: ProbeStep): Outcome => {
    if (!isFrom(step, label) && !isTo(step, label)) return undefined;
    if (step.probe === 'gateway-icmp') return { left, arrived: [] };
    return isPing(step) || isTcp(step) ? 'silent' : undefined;
  };
const unmet = (label: string) => (asker: string, ip: string) =>
  asker.endsWith(`@${label}`) && ip === '192.0.2.1' ? null : undefined;

const given = (builder: SnapshotBuilder, outcome: Passage['outcome'], rest: Passage = {}) =>
  played(builder, { ...rest, ...(outcome === undefined ? {} : { outcome }) });

testCheck(check, {
  pass: [
    { name: 'nobody is shut out', given: given(two(), undefined) },
    {
      name: 'it knows the caller by another MAC, from a second owner that is gone',
      given: given(two(), stateful('db'), {
        entry: (asker, ip) =>
          asker.endsWith('@db') && ip === '192.0.2.50' ? '02:42:c0:00:02:77' : undefined,
      }),
    },
    {
      name: 'the caller has its address twice on the LAN, and the answers went there',
      given: given(two(), (step) => {
        if (step.probe === 'host-child-arp' && isTo(step, 'db'))
          return { sent: 1, replies: [{ rttMs: 0.4, mac: '52:54:00:99:00:01' }] };
        return stateful('web')(step);
      }),
    },
    {
      name: 'nothing that its parent takes in gets to it: a rule there drops what siblings send as well',
      given: given(
        three(),
        (step) => {
          if (step.probe === 'gateway-icmp' && isFrom(step, 'web')) return 'silent';
          if (step.probe === 'gateway-arp-child' && isFrom(step, 'web')) {
            return { sent: 1, replies: [{ rttMs: 0.4, mac: DB, forIp: '192.0.2.50' }] };
          }
          return stateful('web')(step);
        },
        { entry: unmet('web') },
      ),
    },
    {
      name: 'pings alone are dropped',
      given: given(two(), (step) => (isPing(step) && isTo(step, 'web') ? 'silent' : undefined)),
    },
    {
      name: 'all ICMP is dropped, what its gateway answers too; connections are refused as ever',
      given: given(three(), (step) => (isTcp(step) ? undefined : deaf({ web: WEB })(step))),
    },
    {
      name: 'an only child that drops all ICMP',
      given: given(aSnapshot().parent('eth0').child('web'), deaf({ web: WEB }), {
        rules: { web: droppingIcmp },
      }),
    },
    {
      name: 'one port of many is open, and pings are dropped',
      given: given(
        three(),
        (step) =>
          isTo(step, 'web') && !(isTcp(step) && 'port' in step.send && step.send.port === 8080)
            ? stateful('web')(step)
            : undefined,
        { services: { web: { listening: [80, 443, 5001, 5002, 8080] } } },
      ),
    },
    {
      name: 'one port is open, and pings are dropped',
      given: given(
        three(),
        (step) =>
          isTo(step, 'web') && !(isTcp(step) && 'port' in step.send && step.send.port === 443)
            ? stateful('web')(step)
            : undefined,
        { services: { web: { listening: [80, 443] } } },
      ),
    },
    {
      name: 'one sibling is answered, another not',
      given: given(withShim(two()), (step) =>
        step.probe === 'sibling-icmp' && isTo(step, 'web') ? 'silent' : undefined,
      ),
    },
    {
      name: 'another sibling is answered: the first one cannot send',
      given: given(three(), (step) =>
        isFrom(step, 'db') && (isPing(step) || isTcp(step)) && isTo(step, 'web')
          ? 'silent'
          : undefined,
      ),
    },
    {
      name: 'ARP does not work either: that is something else',
      given: given(two(), stateful('web'), { entry: () => null }),
    },
    {
      name: 'a rule for ARP that has dropped nothing',
      given: given(three(), undefined, {
        rules: { web: { dropping: droppingArp.dropping.map((one) => ({ ...one, packets: 0 })) } },
      }),
    },
    {
      name: 'the gateway answers no pings, so that silence says nothing',
      given: given(
        three(),
        (step) =>
          step.probe === 'gateway-icmp' || step.probe === 'gateway-icmp-parent'
            ? { left: 0, arrived: [] }
            : undefined,
        { entry: unmet('web') },
      ),
    },
    {
      name: 'a rule of its own refuses its answers: no filter',
      given: given(
        aSnapshot()
          .parent('eth0')
          .child('web', {
            rules: [{ family: 'inet', priority: 10, src: 'all', action: 'blackhole' }],
          })
          .child('db')
          .child('cam'),
        stateful('web'),
      ),
    },
    {
      name: 'vepa children, whom nobody can call without the switch',
      given: given(
        aSnapshot().parent('eth0').child('web', { mode: 'vepa' }).child('db', { mode: 'vepa' }),
        undefined,
      ),
    },
  ],
  found: [
    {
      name: 'takes nothing that it did not ask for',
      given: given(two(), stateful('web'), { rules: { web: dropping('input') } }),
      codes: ['closed'],
      subjects: ['child eth0@web'],
      says: [
        /web answers neither ping nor connection of db, although ARP works/u,
        /its gateway answers it\. That may be intended/u,
        /inside web: inet filter input: policy drop/u,
        /1 connection to port 9 was neither taken nor refused/u,
        /ip netns exec web nft insert rule inet filter input ip saddr 192\.0\.2\.0\/24 accept/u,
      ],
    },
    {
      name: 'drops its own ARP',
      given: given(three(), mute('web'), { rules: { web: droppingArp }, entry: unmet('web') }),
      codes: ['mute'],
      subjects: ['child eth0@web'],
      says: [/web sends no ARP/u, /inside web: arp f o: policy drop/u],
    },
    {
      name: 'drops its own ARP, and was asked by the gateway meanwhile',
      given: given(three(), mute('cam', 4), { rules: { cam: droppingArp } }),
      codes: ['mute'],
      subjects: ['child eth0@cam'],
    },
    {
      name: 'takes nothing at all: the other one of two is not blamed',
      given: given(two(), deaf({ web: WEB })),
      codes: ['closed'],
      subjects: ['child eth0@web'],
      saysNot: [/That may be intended/u],
    },
    {
      name: 'what it drops is its own answers',
      given: given(two(), deaf({ web: WEB }), { rules: { web: dropping('output') } }),
      codes: ['closed'],
      subjects: ['child eth0@web'],
      says: [/drops what it sends/u, /inside web: inet filter output: policy drop/u],
    },
    {
      name: 'two of three: one that is not believed is not asked',
      given: given(three(), deaf({ web: WEB, db: DB })),
      codes: ['closed', 'closed'],
      subjects: ['child eth0@db', 'child eth0@web'],
    },
    {
      name: 'an only child: the replies that it does not get',
      given: given(aSnapshot().parent('eth0').child('web'), deaf({ web: WEB })),
      codes: ['drops-replies'],
      says: [
        /by a packet filter inside web, or by one on eth0 itself/u,
        /8 echo replies of 192\.0\.2\.1 for 02:42:c0:00:02:10/u,
      ],
    },
    {
      name: 'only a shim is there to call',
      given: given(
        withShim(aSnapshot().parent('eth0').child('web').child('db', { mode: 'private' })),
        (step) => (step.probe === 'gateway-icmp' ? 'answered' : stateful('web')(step)),
        { rules: { web: dropping('input') } },
      ),
      codes: ['closed'],
      says: [/ping nor connection of mvd-shim/u],
    },
  ],
  notApplicable: [
    { name: 'no child that is up', given: aSnapshot().parent('eth0').child('web', { up: false }) },
    {
      name: 'IPv6 alone',
      given: aSnapshot().parent('eth0').child('web', { address: '2001:db8::5/64' }).allHealthy(),
    },
  ],
  undetermined: [
    { name: 'nothing was sent', given: two(), reason: /--passive/u },
    {
      name: 'gets no MAC by its own ARP, and nobody knows why',
      given: given(three(), mute('web'), { entry: unmet('web') }),
      reason: /ARP inspection, IP filter/u,
    },
    {
      name: 'two that hear nobody',
      given: given(two(), (step) => (isPing(step) || isTcp(step) ? 'silent' : undefined)),
      reason: /one of them has a packet filter/u,
    },
    {
      name: 'the only caller drops what it would send',
      given: given(two(), stateful('web'), {
        rules: { db: dropping('output') },
      }),
      reason: /it may be db that cannot send or hear/u,
    },
    {
      name: 'no connection could be tried',
      given: given(two(), (step) =>
        isTcp(step) ? { sent: 0, error: 'no socket' } : stateful('web')(step),
      ),
      reason: /whether it takes connections is not known: no socket/u,
    },
  ],
});
