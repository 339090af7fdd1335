// A container on macvlan whose default route leaves by another of its networks, or by two at once.
import { defineCheck } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import type { Engine } from '../../model/runtime-network.js';
import { dockerMajor, HAS_GW_PRIORITY } from '../derive/engine-traffic/docker-version.js';
import { reasonFor } from '../derive/engine-traffic/gateway-choice.js';
import { type Astray, astrayContainers, type Leaving } from '../derive/engine-traffic/leaving.js';
import { isOnLan, pluggedContainers } from '../derive/engine-traffic/plugged.js';
import { containerSubject, networkSubject } from '../derive/wording/subjects.js';
import { groupBy, listOf } from '../derive/wording/victims.js';

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
        ...groups.flatMap((group) => otherOf(group, runtime.engine)),
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
function otherOf(group: readonly Astray[], engine: Engine) {
  const [first] = group;
  const [way, second] = first?.ways ?? [];
  if (first === undefined || way === undefined || second !== undefined) return [];
  const { lan } = first;
  const other = way.plug;
  const names = { lan: lan.network.name, other: other.network.name };
  const reason = reasonFor(other, lan, engine);
  const finding = {
    code: 'other' as const,
    ...common(group, first),
    data: {
      containers: group.map(({ container }) => container.name),
      ...names,
      because: reason === undefined ? '' : `, because ${names.other} ${reason}`,
    },
    advice: [...cures(names, engine), ...portsAdvice(group, names), WRONG],
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
    ...common(group, first),
    data: {
      containers: group.map(({ container }) => container.name),
      networks: first.ways.map(({ plug }) => plug.network.name),
    },
    advice: [...cures(names, engine), WRONG],
  };
  return [finding];
}

interface Names {
  readonly lan: string;
  readonly other: string;
}

const WRONG =
  'priority in a compose file is the order of connecting, not this; a name that sorts first lasts until the next network; a route added inside the container is gone at its next start.';

/** What the engine has for it, by its kind and version. */
function cures({ lan, other }: Names, engine: Engine): string[] {
  const major = dockerMajor(engine);
  if (engine.flavour === 'podman') {
    return [
      `Make ${lan} anew with the option metric=50 (lower wins; the others have 100), or ${other} with no_default_route=1.`,
    ];
  }
  return major !== undefined && major >= HAS_GW_PRIORITY
    ? [`In a compose file: gw_priority: 1 under ${lan} of the service (Compose 2.33.1 and later).`]
    : [
        `Docker ${engine.serverVersion} knows no gw-priority: with Docker 28, connect ${lan} with it. Until then ${other} made anew with --internal leaves the default route to ${lan}, where it is there for containers to talk to each other and nothing is published on it.`,
      ];
}

/** The price of the cure: ports are mapped on the network that gives the default route, and on no other. */
function portsAdvice(group: readonly Astray[], { lan, other }: Names): string[] {
  const published = group.filter(({ container }) => (container.published ?? []).length > 0);
  return published.length === 0
    ? []
    : [
        `${listOf(published.map(({ container }) => container.name))} ${published.length === 1 ? 'publishes' : 'publish'} ports by ${other} now; with the default route by ${lan} these ports end. It is one or the other.`,
      ];
}

function common(group: readonly Astray[], { lan, ways }: Astray) {
  const [only] = group;
  return {
    subject:
      group.length === 1 && only !== undefined
        ? containerSubject(only.container)
        : networkSubject(lan.network),
    within: [
      ...[lan, ...ways.map(({ plug }) => plug)].map(({ network }) => networkSubject(network)),
      HOST,
    ],
    evidence: group.slice(0, 3).map(({ container, ways: taken }) => ({
      from: 'routes',
      says: `${container.name}: ${listOf(taken.map((way) => routeInWords(way)))}.`,
    })),
  };
}

function routeInWords({ gateway, dev, metric, plug: { network } }: Leaving): string {
  const by = gateway === undefined ? '' : ` via ${gateway}`;
  return `default${by} dev ${dev} metric ${metric.toString()}, which is ${network.name} (${network.driver})`;
}
