import check from '../../../src/core/checks/gateway-contested.js';
import type { Neighbour } from '../../../src/model/neighbour.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';
import { asked, controls, ETH0_MAC, STRANGER } from '../../support/owners-seen.js';

const GATEWAY = '192.0.2.1';
const ROUTER = '00:11:22:33:44:01';

const lan = () => aSnapshot().parent('eth0').child('web').child('db').allHealthy();

/** One question of the parent's, and who answered it. */
function answeredBy(...by: string[]): SnapshotBuilder {
  return lan().observed(asked('gateway-arp-parent', { target: GATEWAY, by }));
}

/** What was handed to each, and with which MAC it came back, if it did. */
function handed(builder: SnapshotBuilder, answers: Readonly<Record<string, string | undefined>>) {
  for (const [to, by] of Object.entries(answers)) {
    const { send: _arp, ...about } = asked('gateway-rival', { target: GATEWAY });
    builder.observed({
      ...about,
      to: `gateway:${GATEWAY}`,
      send: {
        kind: 'relay',
        device: 'eth0',
        ethernetSource: ETH0_MAC,
        ethernetDestination: to,
        sourceIp: '192.0.2.10',
      },
      replies: by === undefined ? [] : [{ rttMs: 0.4, mac: by }],
    });
  }
  return builder;
}

const TWO = { [ROUTER]: ROUTER, [STRANGER]: STRANGER };

function withControls(builder: SnapshotBuilder, by?: readonly string[]): SnapshotBuilder {
  for (const one of controls(by)) builder.observed(one);
  return builder;
}

/** The parent's own question had one answer. */
function heardByChild(...by: string[]): SnapshotBuilder {
  const about = asked('gateway-arp-child', { target: GATEWAY, child: 'web', by });
  return lan().observed({ ...about, from: 'child:eth0@web', to: `gateway:${GATEWAY}` });
}

function oneByOne(): SnapshotBuilder {
  return answeredBy(ROUTER).observed({
    ...asked('gateway-arp-child', { target: GATEWAY, child: 'web', by: [STRANGER] }),
    from: 'child:eth0@web',
    to: `gateway:${GATEWAY}`,
  });
}

const holds = (lladdr: string): Neighbour => ({
  dst: GATEWAY,
  dev: 'eth0',
  lladdr,
  state: ['REACHABLE'],
});

testCheck(check, {
  pass: [
    { name: 'one machine', given: answeredBy(ROUTER) },
    { name: 'one machine that says it twice', given: answeredBy(ROUTER, ROUTER) },
    { name: 'a link of this host that answers as well', given: answeredBy(ROUTER, ETH0_MAC) },
    {
      name: 'two that answer for everybody',
      given: withControls(answeredBy(ROUTER, STRANGER), [ROUTER, STRANGER]),
    },
    {
      name: 'one router with two links',
      given: handed(withControls(answeredBy(ROUTER, STRANGER)), {
        [ROUTER]: ROUTER,
        [STRANGER]: ROUTER,
      }),
    },
    {
      name: 'a proxy that hands on, known by what the gateway answers',
      given: handed(answeredBy(ROUTER, STRANGER), { [ROUTER]: ROUTER, [STRANGER]: ROUTER }),
    },
    { name: 'each heard once, as routers are that stand in for each other', given: oneByOne() },
  ],
  found: [
    {
      name: 'two machines that answer one question',
      given: handed(withControls(answeredBy(ROUTER, STRANGER)), TWO),
      codes: ['contested'],
      subjects: [`gateway ${GATEWAY}`],
      says: [
        /00:11:22:33:44:01 and 9c:8e:cd:11:22:33/u,
        /answered each with the MAC that it went to/u,
        /this is no proxy ARP/u,
        /client list/u,
      ],
    },
    {
      name: 'two that answered a child',
      given: handed(withControls(heardByChild(ROUTER, STRANGER)), TWO),
      codes: ['contested'],
      says: [/probe:gateway-arp-child/u],
    },
    {
      name: 'whom the children send to, by their tables',
      given: handed(withControls(answeredBy(ROUTER, STRANGER)), TWO)
        .neighbourAfter('web', holds(STRANGER))
        .neighbourAfter('db', holds(ROUTER)),
      codes: ['contested'],
      says: [/web holds 9c:8e:cd:11:22:33/u, /db holds 00:11:22:33:44:01/u],
    },
  ],
  undetermined: [
    {
      name: 'one of the two answers no pings',
      given: handed(withControls(answeredBy(ROUTER, STRANGER)), {
        [ROUTER]: ROUTER,
        [STRANGER]: undefined,
      }),
      reason: /two machines have that address, or they are one router with two links/u,
    },
    {
      name: 'nothing could be handed to them',
      given: withControls(answeredBy(ROUTER, STRANGER)),
      reason: /one router with two links/u,
    },
    {
      name: 'one of them answers for addresses that are nobody’s as well',
      given: withControls(answeredBy(ROUTER, STRANGER), [STRANGER]),
      reason: /two machines have that address, or one is a router that answers for others/u,
    },
    {
      name: 'nothing was sent',
      given: aSnapshot().parent('eth0').child('web'),
      reason: /--passive/u,
    },
  ],
  notApplicable: [
    {
      name: 'children without a gateway',
      given: aSnapshot().parent('eth0').child('web', { gateway: null }).allHealthy(),
      reason: /no child/u,
    },
  ],
});
