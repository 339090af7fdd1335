import check from '../../../src/core/checks/gateway-wrong.js';
import { relaySteps } from '../../../src/core/derive/probing/follow-up/relay-steps.js';
import { buildTopology } from '../../../src/core/derive/topology/topology.js';
import { known, valueOf } from '../../../src/model/fact.js';
import type { Observation, ProbeStep } from '../../../src/model/observation.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { aSnapshot, type ParentOptions, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { asked } from '../../support/owners-seen.js';
import { testCheck } from '../../support/check-tester.js';
import { CONF } from '../../support/kernel-view.js';

const OWN = '192.0.2.1';
const OTHER = '192.0.2.254';
const SECOND = [
  { dst: 'default', gateway: OWN },
  { dst: 'default', gateway: OTHER, metric: 200 },
];
const VM_MAC = '52:54:00:00:88:01';
const ROUTER_MAC = '00:11:22:33:44:01';

/** A host that gets out by .1, with children that were given .254. */
const host = (parent: ParentOptions = {}) =>
  aSnapshot().parent('eth0', { gateway: OWN, ...parent });
const odd = (parent: ParentOptions = {}) => host(parent).child('web', { gateway: OTHER });
const nobody = (builder: SnapshotBuilder, target = OTHER) =>
  builder
    .allHealthy()
    .silent('gateway-arp-child', { target })
    .silent('gateway-arp-parent', { target })
    .silent('gateway-icmp', { target });

type Outcome = Pick<Observation, 'sent' | 'replies'> & { readonly error?: string };
const ANSWERED: Outcome = { sent: 1, replies: [{ rttMs: 0.7 }] };
const EXPIRED: Outcome = { sent: 1, replies: [{ rttMs: 0.7, expiredAt: OTHER }] };
const LOST: Outcome = { sent: 4, replies: [] };
const ALL_LOST = { direct: ANSWERED, handed: LOST, shortLived: LOST };

/** Answers of the first round, with the MACs of two machines, and then those to the relay probe. */
function relayed(
  builder: SnapshotBuilder,
  outcomes: {
    readonly direct: Outcome;
    readonly handed: Outcome;
    readonly shortLived: Outcome;
    /** Of the other gateway itself. */
    readonly control?: Outcome;
  },
  { mac = '00:11:22:33:44:fe', ownMac = ROUTER_MAC } = {},
): Snapshot {
  const first = builder.allHealthy().build();
  const observations = first.observations.map((one) => ({
    ...one,
    replies: one.replies.map((reply) =>
      reply.mac === undefined ? reply : { ...reply, mac: one.target === OWN ? ownMac : mac },
    ),
  }));
  const { facts, scope } = first;
  const topology = buildTopology({ facts, scope });
  const soFar = { topology, facts, expectations: [] };
  let seen: readonly Observation[] = observations;
  for (let steps = relaySteps({ ...soFar, observations }); steps.length > 0;) {
    // A new list each time, as a run makes it: what is known of a list is kept as long as the list.
    seen = [...seen, ...steps.map((step) => ({ ...step, ...outcomeOf(step) }))];
    steps = relaySteps({ ...soFar, observations: seen });
  }
  return { ...first, observations: seen };

  function outcomeOf({ to, target, send }: ProbeStep): Outcome {
    if (to === `gateway:${OWN}`) return outcomes.direct;
    if (target === OTHER) return outcomes.control ?? ANSWERED;
    return send.kind === 'relay' && send.ttl === 1 ? outcomes.shortLived : outcomes.handed;
  }
}

/** The links of this namespace forward, or do not, or it is not known. */
function withForwarding(snapshot: Snapshot, mount: string, forwarding?: number): Snapshot {
  const conf = { ...CONF, forwarding: forwarding ?? 0 };
  const namespaces = (valueOf(snapshot.facts.namespaces) ?? []).map((netns) => {
    const isMeant = mount === 'host' ? netns.isHost : netns.mounts.includes(mount);
    const content = valueOf(netns.content);
    if (!isMeant || content === undefined) return netns;
    const links = Object.fromEntries(content.links.map(({ ifname }) => [ifname, conf]));
    const { ipv4: _, ...rest } = content;
    const ipv4 = { all: conf, links, ignoresEcho: false };
    return { ...netns, content: known(forwarding === undefined ? rest : { ...rest, ipv4 }) };
  });
  return { ...snapshot, facts: { ...snapshot.facts, namespaces: known(namespaces) } };
}

const bySibling = () =>
  host().child('vpn', { address: '192.0.2.60/24' }).child('web', { gateway: '192.0.2.60' });

/** Links of the host that answer ARP for the parent's address as well. */
const TAKERS: readonly (readonly [string, SnapshotBuilder])[] = [
  ['another card on the LAN', odd().hostLink('eth1', { address: '192.0.2.11/24' })],
  ['a card without an address', odd().hostLink('eth1', {})],
  ['a shim', odd().shim('mvd-shim', { address: '192.0.2.9/32' })],
];

testCheck(check, {
  pass: [
    {
      name: 'nobody, and it is the second choice of a child whose first one answers',
      given: nobody(host().child('web', { routes: SECOND })),
    },
    {
      name: 'a virtual machine behind a macvtap of the same parent, which ignores pings',
      given: nobody(
        host()
          .child('web', {
            gateway: OTHER,
            neighbours: [{ dst: OTHER, lladdr: VM_MAC, state: ['REACHABLE'] }],
          })
          .child('vm', { kind: 'macvtap', address: [], gateway: null, mac: VM_MAC }),
      ),
    },
    {
      name: 'a child in a namespace that was not looked into, by its MAC in the receive filter',
      given: nobody(
        host({ filter: [VM_MAC] }).child('web', {
          gateway: OTHER,
          neighbours: [{ dst: OTHER, lladdr: VM_MAC, state: ['STALE'] }],
        }),
      ),
    },
    { name: "children use the host's own gateway", given: host().child('web').allHealthy() },
    {
      name: "the host's own gateway is silent for all: nothing to hold it against",
      given: host()
        .child('web')
        .allHealthy()
        .silent('gateway-arp-child')
        .silent('gateway-arp-parent')
        .silent('gateway-icmp'),
    },
    {
      name: 'the host has no gateway here',
      given: nobody(aSnapshot().parent('eth0').child('web', { gateway: OTHER })),
    },
    {
      name: "the host's gateway is silent as well",
      given: nobody(odd()).silent('host-gateway-arp'),
    },
    {
      name: 'somebody there answers the parent: then it is not nobody',
      given: nobody(odd()).answered('gateway-arp-parent', { target: OTHER }),
    },
    {
      name: 'one child of two is answered',
      given: nobody(odd().child('db', { gateway: OTHER })).answered('gateway-icmp', {
        child: 'db',
      }),
    },
    {
      name: "the host's gateway is in another subnet than the child's",
      given: nobody(
        host().child('web', { address: '198.51.100.50/24', gateway: '198.51.100.254' }),
        '198.51.100.254',
      ),
    },
    {
      name: 'one machine has both addresses',
      given: relayed(odd(), ALL_LOST, { mac: ROUTER_MAC }),
    },
    {
      name: 'a virtual router (VRRP)',
      given: relayed(odd(), ALL_LOST, { mac: '00:00:5e:00:01:0a' }),
    },
    {
      name: 'a virtual router (HSRP)',
      given: relayed(odd(), ALL_LOST, { mac: '00:00:0c:07:ac:01' }),
    },
    {
      name: "the host's is the virtual one, and the other forwards",
      given: relayed(
        odd(),
        { direct: ANSWERED, handed: ANSWERED, shortLived: EXPIRED },
        { ownMac: '00:00:5e:00:01:0a' },
      ),
    },
    {
      name: 'a second router, even one that sends nothing back by the same link: it says when time is up',
      given: relayed(odd(), { direct: ANSWERED, handed: LOST, shortLived: EXPIRED }),
    },
    {
      name: 'a router that is silent about time',
      given: relayed(odd(), { direct: ANSWERED, handed: ANSWERED, shortLived: LOST }),
    },
    {
      name: 'the parent has no address to be answered at',
      given: relayed(odd({ address: [], routes: [{ dst: 'default', gateway: OWN }] }), {
        direct: ANSWERED,
        handed: LOST,
        shortLived: LOST,
      }),
    },
    {
      name: 'a sibling that forwards',
      given: withForwarding(bySibling().allHealthy().build(), '/run/netns/vpn', 1),
    },
    {
      name: 'a sibling of which that is not known',
      given: withForwarding(bySibling().allHealthy().build(), '/run/netns/vpn'),
    },
    {
      name: 'a sibling that took the address of a machine on the LAN, which is another matter',
      given: withForwarding(
        bySibling()
          .allHealthy()
          .observed(
            asked('host-child-arp', {
              target: '192.0.2.60',
              child: 'vpn',
              by: ['9c:8e:cd:11:22:33'],
            }),
          )
          .build(),
        '/run/netns/vpn',
        0,
      ),
    },
    {
      name: 'a sibling that is not reached has a cause of its own',
      given: withForwarding(
        bySibling().allHealthy().silent('gateway-icmp', { child: 'web' }).build(),
        '/run/netns/vpn',
        0,
      ),
    },
    {
      name: 'the host, which the child does not get through to',
      given: withForwarding(
        host().child('web', { gateway: '192.0.2.10' }).allHealthy().build(),
        'host',
        0,
      ),
    },
  ],
  found: [
    {
      name: 'nobody, for the child that has no other gateway',
      given: nobody(host().child('web', { routes: SECOND }).child('db', { gateway: OTHER })),
      codes: ['silent'],
      severity: 'fail',
      says: [/the gateway of db;/u],
      saysNot: [/web/u],
    },
    {
      name: 'nobody, and the table of a child has no MAC for it, beside a macvtap',
      given: nobody(
        host()
          .child('web', { gateway: OTHER, neighbours: [{ dst: OTHER, state: ['FAILED'] }] })
          .child('vm', { kind: 'macvtap', address: [], gateway: null, mac: VM_MAC }),
      ),
      codes: ['silent'],
      severity: 'fail',
    },
    {
      name: "nobody at .254, and the host's own gateway answers",
      given: nobody(odd()),
      codes: ['silent'],
      severity: 'fail',
      subjects: [`gateway ${OTHER}`],
      fixes: ['add-default-route'],
      says: [
        /Nobody answers at 192\.0\.2\.254/u,
        /Most likely 192\.0\.2\.1 is meant/u,
        /is another one, and off/u,
        /ip -n web route replace default via 192\.0\.2\.1 dev eth0/u,
        /ip -n web neigh flush to 192\.0\.2\.\d+ dev eth0/u,
      ],
    },
    {
      name: 'containers: the network is made anew',
      given: nobody(
        host()
          .network({ name: 'lan', gateway: OTHER })
          .child('web', { network: 'lan', gateway: OTHER }),
      ),
      codes: ['silent'],
      severity: 'fail',
      says: [/docker network create -d macvlan --subnet=192\.0\.2\.0\/24 --gateway=192\.0\.2\.1/u],
    },
    {
      name: "two cards on one LAN: the host's gateway is on the other",
      given: nobody(
        aSnapshot()
          .hostLink('eth1', { address: '192.0.2.11/24', gateway: OWN })
          .parent('eth0')
          .child('web', { gateway: OTHER }),
      ),
      codes: ['silent'],
      severity: 'fail',
    },
    {
      name: 'some children have the right one',
      given: nobody(odd().child('db', { gateway: OWN })),
      codes: ['silent'],
      severity: 'fail',
      says: [/gateway of web;/u],
    },
    {
      name: 'another machine, which lets every packet die',
      given: relayed(odd(), ALL_LOST),
      codes: ['no-router'],
      subjects: [`gateway ${OTHER}`],
      fixes: [],
      says: [
        /Most likely it is no router/u,
        /as some firewalls do/u,
        /8 packets for 192\.0\.2\.1/u,
        /of 4 of them/u,
        /answered in 0\.7 ms/u,
      ],
    },
    {
      name: 'two cards on one LAN, and its own answer is heard',
      given: relayed(odd().hostLink('eth1', { address: '192.0.2.11/24' }), ALL_LOST),
      codes: ['no-router'],
      subjects: [`gateway ${OTHER}`],
      says: [/192\.0\.2\.254 itself, asked at the same time, did answer/u, /12 packets/u],
    },
    {
      name: 'a sibling that does not forward',
      given: withForwarding(bySibling().allHealthy().build(), '/run/netns/vpn', 0),
      codes: ['does-not-forward'],
      subjects: ['gateway 192.0.2.60'],
      says: [/is vpn, which does not forward/u, /net\.ipv4\.conf\.eth0\.forwarding of vpn is 0/u],
    },
    {
      name: 'the host, by its shim, and it does not forward',
      given: withForwarding(
        host()
          .shim('mvd-shim', { address: '192.0.2.9/24' })
          .child('web', { gateway: '192.0.2.9' })
          .allHealthy()
          .answered('gateway-icmp')
          .build(),
        'host',
        0,
      ),
      codes: ['does-not-forward'],
      says: [/is this host, which/u],
    },
  ],
  notApplicable: [{ name: 'no gateway at all', given: host().child('web', { gateway: null }) }],
  undetermined: [
    ...TAKERS.map(([who, builder]) => ({
      name: `what ${who} may have taken`,
      given: relayed(builder, { ...ALL_LOST, control: LOST }),
      reason: /192\.0\.2\.254 itself did not answer either.*(?:eth1|mvd-shim) of this host/u,
    })),
    {
      name: "the host's gateway ignores pings: nothing was proven",
      given: relayed(odd(), { direct: LOST, handed: LOST, shortLived: LOST }),
      reason: /192\.0\.2\.1 answers none that are sent to it directly/u,
    },
    { name: 'nothing was sent', given: odd(), reason: /192\.0\.2\.254 is not the one.*--passive/u },
    {
      name: 'the relay could not be sent',
      given: relayed(odd(), {
        direct: ANSWERED,
        handed: { ...LOST, sent: 0, error: 'no packet socket' },
        shortLived: { ...LOST, sent: 0, error: 'no packet socket' },
      }),
      reason: /no packet socket/u,
    },
  ],
});
