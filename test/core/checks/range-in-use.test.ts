import check from '../../../src/core/checks/range-in-use.js';
import { withPlan } from '../../../src/core/plan/overlay.js';
import type { CreateFlags } from '../../../src/core/plan/plan-of-flags.js';
import { known, unknown, type Fact } from '../../../src/model/fact.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import type { Sweep, SweepAnswer } from '../../../src/model/sweep.js';
import { aPlan } from '../../support/a-plan.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const host = (): SnapshotBuilder => aSnapshot().parent('eth0', { address: '192.0.2.10/24' });

function at(...lasts: readonly number[]): SweepAnswer[] {
  return lasts.map((last) => ({ ip: `192.0.2.${last.toString()}`, mac: macAt(last) }));
}

function macAt(last: number): string {
  return `52:54:00:aa:00:${last.toString(16).padStart(2, '0')}`;
}

/** On eth0, where nothing else is said of it. */
function swept(range: string, answers: readonly SweepAnswer[], more: Partial<Sweep> = {}) {
  return known([{ parent: 'eth0', range, addresses: 30, sent: 60, answers, ...more }]);
}

function seen(
  flags: Partial<CreateFlags>,
  sweeps: Fact<readonly Sweep[]>,
  builder: SnapshotBuilder = host(),
): Snapshot {
  const snapshot = builder.build();
  const facts = withPlan({ ...snapshot.facts, plan: known(aPlan(flags)), sweeps });
  return { ...snapshot, facts };
}

const RANGE = '192.0.2.192/27';
const WHOLE = { ipRanges: [] };

/** Somebody who answers for addresses that are nobody's. */
function control(target: string, mac: string | undefined) {
  return {
    probe: 'owner-control-arp',
    from: 'host',
    to: `lan:${target}`,
    parent: 'eth0',
    target,
    send: {
      kind: 'arp',
      device: 'eth0',
      ethernetSource: '02:00:00:00:00:99',
      senderMac: '02:00:00:00:00:99',
      senderIp: '0.0.0.0',
    },
    expect: 'answer',
    sent: 4,
    replies: mac === undefined ? [] : [{ rttMs: 1, mac, forIp: '0.0.0.0' }],
  } as const;
}

testCheck(check, {
  pass: [
    { name: 'a silent range', given: seen({}, swept(RANGE, [])) },
    { name: 'answers beside the range', given: seen({}, swept('192.0.2.0/24', at(7, 20))) },
    {
      name: 'a second card of this host on the same LAN',
      given: seen(
        {},
        swept(RANGE, [{ ip: '192.0.2.200', mac: '52:54:00:00:77:01' }]),
        host().hostLink('eth1', { mac: '52:54:00:00:77:01', address: '198.51.100.9/24' }),
      ),
    },
  ],
  found: [
    {
      name: 'one in a range',
      given: seen({}, swept(RANGE, at(200))),
      codes: ['soon'],
      subjects: ['network lan'],
      says: [
        /192\.0\.2\.200 \(52:54:00:aa:00:c8\) answers on the LAN/u,
        /number 8 after what is planned/u,
        /30 addresses of 192\.0\.2\.192\/27 were asked for by ARP, in 60 frames; 1 device answered/u,
        /192\.0\.2\.201–192\.0\.2\.223 \(23\)/u,
      ],
    },
    {
      name: 'many, summed up',
      given: seen({}, swept(RANGE, at(193, 194, 195, 196, 197, 198, 199, 200, 201, 202, 203))),
      codes: ['soon'],
      says: [/and 3 more answer on the LAN/u, /container number 1 after/u, /11 devices answered/u],
    },
    {
      name: 'the whole range',
      given: seen({ ipRanges: ['192.0.2.192/30'] }, swept('192.0.2.192/30', at(193, 194, 195))),
      codes: ['soon'],
      says: [/none is free/u],
    },
    {
      name: 'near the bottom of a whole subnet',
      given: seen(WHOLE, swept('192.0.2.0/24', at(4))),
      codes: ['soon'],
      says: [/number 2 after/u],
    },
    {
      name: 'far from the bottom of it',
      given: seen(WHOLE, swept('192.0.2.0/24', at(77, 200))),
      codes: ['later'],
      severity: 'warn',
      says: [/may hand them out one day/u],
    },
    {
      name: 'a virtual machine of this host',
      given: seen(
        {},
        swept(RANGE, [{ ip: '192.0.2.200', mac: '52:54:00:00:88:01' }]),
        host().child('vm', { kind: 'macvtap', mac: '52:54:00:00:88:01' }),
      ),
      codes: ['soon'],
    },
    {
      name: 'what was heard before the link went down',
      given: seen({}, swept(RANGE, at(200), { error: 'Network is down' })),
      codes: ['soon'],
    },
  ],
  notApplicable: [
    { name: 'nothing is planned', given: aSnapshot().parent('eth1') },
    {
      name: 'only IPv6 is',
      given: seen({ subnets: ['2001:db8::/64'], gateways: [], ipRanges: [] }, known([])),
      reason: /no IPv4 range/u,
    },
    {
      name: 'the parent is not here',
      given: seen({ parent: 'eth7' }, known([])),
      reason: /no IPv4 range/u,
    },
  ],
  undetermined: [
    {
      name: 'nothing was sent',
      given: seen({}, unknown('skipped', 'nothing was sent (--passive)')),
      reason: /192\.0\.2\.192\/27 is not decided: nothing was sent \(--passive\)/u,
    },
    {
      name: 'the range is too large',
      given: seen(WHOLE, swept('192.0.2.0/24', [], { sent: 0, error: '9 addresses; --sweep …' })),
      reason: /--sweep/u,
    },
    {
      name: 'a proxy answers for everything',
      given: seen(
        {},
        swept(
          RANGE,
          at(200).map(({ ip }) => ({ ip, mac: macAt(1) })),
        ),
        host()
          .observed(control('192.0.2.254', macAt(1)))
          .observed(control('192.0.2.253', macAt(1))),
      ),
      reason: /52:54:00:aa:00:01 answers for addresses that are nobody's too/u,
    },
  ],
});
