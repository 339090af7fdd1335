// A container on macvlan whose default route leaves by another of its networks, or by two at once.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import type { Engine } from '../../model/runtime-network.js';
import { reasonFor } from '../derive/engine-traffic/gateway-choice.js';
import { type Astray, astrayContainers } from '../derive/engine-traffic/leaving.js';
import {
  aboutAstray,
  cures,
  NO_CURE,
  portsAdvice,
} from '../derive/engine-traffic/leaving-words.js';
import { isOnLan, pluggedContainers } from '../derive/engine-traffic/plugged.js';
import { silentRouters } from '../derive/gateways/silent-router.js';
import { groupBy, listOf } from '../derive/wording/victims.js';
import { lanGateways, lanWay } from '../fixes/engine/lan-way.js';

interface Other {
  readonly containers: readonly string[];
  readonly lan: string;
  readonly other: string;
  readonly because: string;
}

interface Tie {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
}

export default defineCheck({
  meta: {
    id: 'multi-network-gateway',
    category: 'runtime',
    severity: 'warn',
    title: {
      pass: 'Containers on several networks leave by the LAN',
      found: 'A container on several networks does not leave by the LAN',
    },
    needs: ['runtime', 'namespaces'],
    dependsOn: ['desktop-vm', 'rootless-namespace', 'child-down', 'address-missing'],
    docs: {
      explain: `A container has one default route, however many networks it is on. Where a bridge network gives it, whatever the container sends beyond its own subnets leaves by the host's NAT, with the host's address. Neighbours on the LAN notice nothing. A machine of another subnet or VLAN that calls the container on its LAN address gets its answer from somebody else, and drops it; services that look at the address of their client, and firewalls by address, see the host.

Docker chooses: the network with the highest gw-priority (since 28), never an internal one while there is another, one with IPv4 and IPv6 before one with IPv4 alone, and then the first by name. That is why it can change when a network is renamed, or gets IPv6. Podman gave all networks the same metric before netavark 2.0, so that there are two default routes and each connection may take either.

What works: gw-priority on the macvlan network (Docker 28; gw_priority in compose files); before that a bridge network that is internal, when containers only talk to each other by it; with Podman the option metric, or no_default_route on the other network; a macvlan network that was made without a gateway is never chosen. Published ports follow the default route: they work on the network that gives it, and on that alone.

What does not help: priority in a compose file, which is the order of connecting; names that begin with a, which the next network's name defeats; a route added inside the container by hand, which is gone at its next start.`,
      references: [
        'Docker documentation: Networking overview, Connecting to multiple networks',
        'moby: libnetwork, Endpoint.Less; moby issues 35221 and 51999',
        'netavark pull request 1437; podman-network-create(1), metric and no_default_route',
      ],
    },
  },
  messages: {
    other: ({ containers, lan, other, because }: Other) => ({
      what: `${listOf(containers)} ${containers.length === 1 ? 'is' : 'are'} on ${lan}, and ${containers.length === 1 ? 'leaves' : 'leave'} by ${other}: the default route leads there${because}.`,
      why: `Who calls from another subnet gets no answer from the address that was called, and whoever is called sees this host.`,
      todo: `Let ${lan} give the default route, if other subnets matter to ${containers.length === 1 ? 'it' : 'them'}.`,
    }),
    tie: ({ containers, networks }: Tie) => ({
      what: `${listOf(containers)} ${containers.length === 1 ? 'has' : 'have'} default routes of the same metric by ${listOf(networks)}.`,
      why: 'Each connection takes either, so that some get through and others do not.',
      todo: 'Give one of the networks the better metric.',
    }),
  },
  evaluate({ runtime }, context) {
    const several = pluggedContainers(context).filter(({ plugs }) => plugs.length > 1);
    if (several.length === 0) {
      return { notApplicable: 'no container is on a macvlan or ipvlan network and on another one' };
    }
    const { astray, unseen } = astrayContainers(several, context);
    const groups = groupBy(astray, keyOf).map(([, group]) => group);
    return {
      findings: [
        ...groups.flatMap((group) => otherOf(group, runtime.engine, context)),
        ...groups.flatMap((group) => tieOf(group, runtime.engine)),
      ],
      undetermined:
        unseen.length === 0
          ? []
          : [
              {
                subject: HOST,
                reason: `by which of their networks ${listOf(unseen)} leave was not seen: run as root`,
              },
            ],
    };
  },
});

function keyOf({ lan, ways }: Astray): string {
  return [lan, ...ways.map(({ plug }) => plug)].map(({ network }) => network.id).join(' ');
}

/** One way out, and not by the LAN. */
function otherOf(group: readonly Astray[], engine: Engine, context: CheckContext) {
  const [first] = group;
  const [way, second] = first?.ways ?? [];
  if (first === undefined || way === undefined || second !== undefined) return [];
  const { lan } = first;
  const other = way.plug;
  const names = { lan: lan.network.name, other: other.network.name };
  const reason = reasonFor(other, lan, engine);
  const routers = group.flatMap((one) => lanGateways(one, context.topology));
  const finding = {
    code: 'other' as const,
    ...aboutAstray(group, first),
    data: {
      containers: group.map(({ container }) => container.name),
      ...names,
      because: reason === undefined ? '' : `, because ${names.other} ${reason}`,
    },
    remedies: group.flatMap((one) => lanWay(one, context)),
    advice: [
      ...silentRouters(
        routers.map(({ gateway }) => gateway),
        routers.map(({ parent }) => parent),
        context,
      ),
      ...cures(names, engine),
      ...portsAdvice(group, names),
      NO_CURE,
    ],
  };
  return [finding];
}

/** Several that are equally near. */
function tieOf(group: readonly Astray[], engine: Engine) {
  const [first] = group;
  const [lan, other] = (first?.ways ?? []).toSorted(
    (a, b) => Number(isOnLan(b.plug)) - Number(isOnLan(a.plug)),
  );
  if (first === undefined || lan === undefined || other === undefined) return [];
  const names = { lan: lan.plug.network.name, other: other.plug.network.name };
  const finding = {
    code: 'tie' as const,
    ...aboutAstray(group, first),
    data: {
      containers: group.map(({ container }) => container.name),
      networks: first.ways.map(({ plug }) => plug.network.name),
    },
    advice: [...cures(names, engine), NO_CURE],
  };
  return [finding];
}
