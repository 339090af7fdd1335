import check from '../../../src/core/checks/neighbour-unresolved.js';
import { unknown } from '../../../src/model/fact.js';
import type { NudState } from '../../../src/model/neighbour.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';
import type { ProbeStep } from '../../../src/model/observation.js';
import { played, type Outcome } from '../../support/passage-view.js';
import { anew } from '../../support/owners-seen.js';

function waitingFor(
  dst: string,
  state: NudState = 'FAILED',
  options: object = {},
): SnapshotBuilder {
  return aSnapshot()
    .parent('eth0')
    .child('web', { neighbours: [{ dst, state: [state] }], ...options });
}

const siblings = () => aSnapshot().parent('eth0').child('web').child('db').child('cam');
/** What came of all that was sent to `db`, or of its connections alone. */
const toDb =
  (echo: 'silent', connection: 'silent' | 'answered' = echo) =>
  ({ to, send }: ProbeStep): Outcome => {
    if (to !== 'child:eth0@db') return undefined;
    return send.kind === 'tcp' ? connection : echo;
  };
const unmetDb = (_asker: string, ip: string) => (ip === '192.0.2.51' ? null : undefined);

testCheck(check, {
  pass: [
    {
      name: 'a sibling that was slow to give its MAC, and then took a connection',
      given: played(siblings(), { outcome: toDb('silent', 'answered'), entry: unmetDb }),
    },
    {
      name: 'a sibling that drops everything, and whose MAC is known',
      given: played(siblings(), { outcome: toDb('silent') }),
    },
    {
      name: 'a sibling that is told to answer no ARP',
      given: played(siblings().settings('db', { all: { arp_ignore: 8 } }), {
        outcome: toDb('silent'),
        entry: unmetDb,
      }),
    },
    { name: 'healthy', given: aSnapshot().parent('eth0').child('web').child('db').allHealthy() },
    { name: 'STALE is normal', given: waitingFor('192.0.2.77', 'STALE').allHealthy() },
    { name: 'it answers now', given: waitingFor('192.0.2.77').allHealthy() },
    {
      name: 'the question was still under way, and got its answer',
      given: waitingFor('192.0.2.77', 'INCOMPLETE')
        .allHealthy()
        .silent('neighbour-arp')
        .neighbourAfter('web', {
          dst: '192.0.2.77',
          dev: 'eth0',
          lladdr: '52:54:00:aa:00:07',
          state: ['REACHABLE'],
        }),
    },
    {
      name: 'the parent hears nothing, and the child does: a machine behind a macvtap, or an address of a sibling on another link',
      given: waitingFor('192.0.2.77')
        .allHealthy()
        .silent('neighbour-arp')
        .observed(anew('web', '192.0.2.77', { sent: 1, replies: [{ rttMs: 0.4 }] })),
    },
    {
      name: 'it answers no echo request, and its MAC is known now',
      given: waitingFor('192.0.2.77')
        .allHealthy()
        .silent('neighbour-arp')
        .observed(anew('web', '192.0.2.77'))
        .neighbourAfter('web', {
          dst: '192.0.2.77',
          dev: 'eth0',
          lladdr: '52:54:00:aa:00:07',
          state: ['REACHABLE'],
        }),
    },
    {
      name: 'those who asked for all of its kind were answered',
      given: waitingFor('192.0.2.77')
        .child('db', { neighbours: [{ dst: '192.0.2.77', state: ['FAILED'] }] })
        .child('cam', { neighbours: [{ dst: '192.0.2.77', state: ['FAILED'] }] })
        .allHealthy()
        .silent('neighbour-arp')
        .observed(anew('web', '192.0.2.77', { sent: 1, replies: [{ rttMs: 0.4 }] }))
        .observed(anew('db', '192.0.2.77', { sent: 1, replies: [{ rttMs: 0.4 }] })),
    },
    {
      name: 'the host’s own address is kept apart by design',
      given: waitingFor('192.0.2.10').allHealthy(),
    },
    {
      name: 'a sibling in another mode is another story',
      given: waitingFor('192.0.2.51').child('db', { mode: 'private' }).allHealthy(),
    },
    {
      name: 'a sibling that is down',
      given: waitingFor('192.0.2.51').child('db', { up: false }).allHealthy(),
    },
    {
      name: 'a sibling that answers now',
      given: waitingFor('192.0.2.51').child('db').allHealthy(),
    },
    {
      name: 'its gateway, which was asked and is another check’s matter',
      given: waitingFor('192.0.2.1')
        .allHealthy()
        .silent('gateway-arp-child')
        .silent('gateway-icmp'),
    },
    {
      name: 'not on its wire',
      given: waitingFor('203.0.113.9', 'FAILED', { gateway: null }).allHealthy(),
    },
  ],
  found: [
    {
      name: 'gone from the LAN',
      given: waitingFor('192.0.2.77')
        .allHealthy()
        .silent('neighbour-arp')
        .observed(anew('web', '192.0.2.77')),
      codes: ['unresolved'],
      subjects: ['child eth0@web'],
      says: [
        /192\.0\.2\.77 FAILED/u,
        /4 echo requests for 192\.0\.2\.77 brought no answer and no MAC/u,
        /4 ARP requests by eth0 for 192\.0\.2\.77 stayed unanswered as well/u,
      ],
    },
    {
      name: 'INCOMPLETE before and after, two of them: one finding',
      given: waitingFor('192.0.2.77', 'INCOMPLETE', {
        neighbours: [
          { dst: '192.0.2.78', state: ['INCOMPLETE'] },
          { dst: '192.0.2.77', state: ['INCOMPLETE'] },
        ],
      })
        .allHealthy()
        .silent('neighbour-arp')
        .observed(anew('web', '192.0.2.77'))
        .observed(anew('web', '192.0.2.78')),
      codes: ['unresolved'],
      says: [/asks for 192\.0\.2\.78 and 192\.0\.2\.77/u],
    },
    {
      name: 'three children miss one machine: one finding, and two of them asked for all',
      given: waitingFor('192.0.2.77')
        .child('db', { neighbours: [{ dst: '192.0.2.77', state: ['FAILED'] }] })
        .child('cam', { neighbours: [{ dst: '192.0.2.77', state: ['INCOMPLETE'] }] })
        .allHealthy()
        .silent('neighbour-arp')
        .observed(anew('web', '192.0.2.77'))
        .observed(anew('db', '192.0.2.77')),
      codes: ['unresolved'],
      subjects: ['parent eth0'],
      says: [/cam, db and web ask for 192\.0\.2\.77/u, /8 echo requests for 192\.0\.2\.77/u],
    },
    {
      name: 'two children miss different machines: one finding each',
      given: waitingFor('192.0.2.77')
        .child('db', { neighbours: [{ dst: '192.0.2.78', state: ['FAILED'] }] })
        .allHealthy()
        .silent('neighbour-arp')
        .observed(anew('web', '192.0.2.77'))
        .observed(anew('db', '192.0.2.78')),
      codes: ['unresolved', 'unresolved'],
      subjects: ['child eth0@db', 'child eth0@web'],
    },
    {
      name: 'its gateway, in the table alone',
      given: waitingFor('192.0.2.1'),
      codes: ['gateway-failed'],
      says: [/without --passive/u],
    },
    {
      name: 'a bridge sibling that stays mute',
      given: waitingFor('192.0.2.51')
        .child('db')
        .allHealthy()
        .silent('sibling-icmp', { child: 'web' })
        .observed(anew('web', '192.0.2.51')),
      codes: ['sibling-failed'],
    },
    {
      name: 'a sibling whose MAC nobody had asked for before, and nobody gets',
      given: played(siblings(), { outcome: toDb('silent'), entry: unmetDb }),
      codes: ['sibling-failed'],
      says: [/cam: 192\.0\.2\.51 FAILED/u, /probe:sibling-icmp: asked just now/u],
    },
  ],
  notApplicable: [{ name: 'no children', given: aSnapshot().parent('eth0') }],
  undetermined: [
    {
      name: 'nothing was sent',
      given: waitingFor('192.0.2.77'),
      reason: /192\.0\.2\.77 in vain.*--passive/u,
    },
    {
      name: 'could not be asked for',
      given: waitingFor('192.0.2.77').allHealthy().failed('neighbour-arp', {}, 'no socket'),
    },
    {
      name: 'only the parent asked, whom not everybody answers',
      given: waitingFor('192.0.2.77').allHealthy().silent('neighbour-arp'),
      reason: /not asked for again/u,
    },
    {
      name: 'the child was kept from asking',
      given: waitingFor('192.0.2.77')
        .allHealthy()
        .silent('neighbour-arp')
        .observed(anew('web', '192.0.2.77', { sent: 0, replies: [], error: 'not sent here' })),
      reason: /was not seen: not sent here/u,
    },
    {
      name: 'an old entry of a sibling, and nothing was sent',
      given: waitingFor('192.0.2.51').child('db'),
      reason: /192\.0\.2\.51 in vain.*--passive/u,
    },
    {
      name: 'the table was not read again: it may have the MAC of somebody who answers no echo request',
      given: waitingFor('192.0.2.77')
        .allHealthy()
        .silent('neighbour-arp')
        .observed(anew('web', '192.0.2.77'))
        .fact('neighboursAfter', unknown('denied', 'may not')),
      reason: /could not be read again/u,
    },
  ],
});
