// A macvlan network made with --internal that does not do what the word promises.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import type { RuntimeNetwork } from '../../model/runtime-network.js';
import type { Child, Parent } from '../../model/topology.js';
import { isInnerBridge } from '../derive/addressing/overlap.js';
import { pluggedContainers, type Plugged } from '../derive/engine-traffic/plugged.js';
import { contentOf } from '../derive/topology/content.js';
import { networkSubject } from '../derive/wording/subjects.js';
import { aboutChild, listOf, parentSubject } from '../derive/wording/victims.js';

interface OnLan {
  readonly network: string;
  readonly parent: string;
  readonly subnets: readonly string[];
  readonly containers: readonly string[];
}

interface GivesRoute {
  readonly network: string;
  readonly container: string;
  readonly gateway: string;
}

export default defineCheck({
  meta: {
    id: 'internal-network',
    category: 'runtime',
    severity: 'warn',
    title: {
      pass: 'No internal network is thought to be cut off and is not',
      found: 'An internal macvlan network is not cut off from the LAN',
    },
    needs: ['runtime', 'namespaces'],
    dependsOn: [
      'network-refused',
      'desktop-vm',
      'rootless-namespace',
      'parent-down',
      'parent-no-carrier',
    ],
    docs: {
      explain: `--internal (internal: true) means two things for macvlan and ipvlan: the containers get no default route, and the engine's resolver hands none of their questions on. It does not mean what it means for a bridge network, whose containers nobody outside reaches. On a parent that leads somewhere, the containers have addresses of the LAN like any other: every machine of their subnet reaches all their ports, and they reach it.

Reported is an internal network with containers that are on no other kind of network, since whoever made those wanted them to be cut off; and one with no containers yet. A container that has another way out as well is on the internal network for its neighbours, which works, and is left alone. So is a network without a parent, or on a dummy device or a bridge without an outer port: there the network is cut off.

Docker before 23 could let an internal network replace the default route that another network had given; that is reported by the route.

What does not help: rules in the host's firewall, which the frames of children never pass; deleting routes in the container with a hook, when an update of the engine does it for good.`,
      references: [
        'Docker documentation: docker network create, --internal',
        'moby/libnetwork issues 2406 and 2418; moby 76b5905cbe (23.0), 2f60d15ddf (28.0)',
      ],
    },
  },
  messages: {
    'on-lan': ({ network, parent, subnets, containers }: OnLan) => ({
      what: `Network ${network} is internal, and ${containers.length === 0 ? 'its containers will be' : `${listOf(containers)} ${containers.length === 1 ? 'is' : 'are'}`} on the LAN of ${parent} all the same.`,
      why: `On macvlan and ipvlan --internal takes away the default route and the resolver's outside, and nothing else: every machine of ${listOf(subnets)} reaches ${containers.length === 0 ? 'them' : 'it'}, on every port.`,
      todo: 'If nobody outside is to reach it, use an internal bridge network instead; if only the way out was to be closed, this is it.',
    }),
    route: ({ network, container, gateway }: GivesRoute) => ({
      what: `The default route of ${container} leaves by ${gateway} on ${network}, which is internal.`,
      why: 'An internal network leads nowhere, and another network of this container could.',
      todo: 'Let the other network give the default route.',
    }),
  },
  evaluate(_facts, context) {
    const internal = context.topology.parents.flatMap((parent) =>
      parent.networks
        .filter((network) => network.isInternal && !network.isConfigOnly)
        .map((network) => ({ parent, network })),
    );
    if (internal.length === 0) return { notApplicable: 'no internal network is on a parent here' };
    const members = pluggedContainers(context);
    return {
      findings: [
        ...internal
          .filter(({ parent }) => leadsSomewhere(parent, context))
          .flatMap(({ parent, network }) => onLan(parent, network, members)),
        ...context.topology.parents.flatMap(({ children }) =>
          children.flatMap((child) => givesRoute(child, members)),
        ),
      ],
    };
  },
});

/** A dummy device, and a bridge without an outer port, have nobody behind them. */
function leadsSomewhere({ link }: Parent, { topology }: CheckContext): boolean {
  return (
    link.linkinfo?.info_kind !== 'dummy' && !isInnerBridge(link, contentOf(topology.host).links)
  );
}

function onLan(parent: Parent, network: RuntimeNetwork, all: readonly Plugged[]) {
  const members = all.filter(({ plugs }) => plugs.some((plug) => plug.network.id === network.id));
  const shut = members.filter(({ plugs }) => plugs.every((plug) => plug.network.isInternal));
  if (members.length > 0 && shut.length === 0) return [];
  const containers = shut.map(({ container }) => container.name);
  const gateways = network.pools.flatMap(({ gateway }) => gateway ?? []);
  const finding = {
    code: 'on-lan' as const,
    subject: networkSubject(network),
    within: [parentSubject(parent.name), HOST],
    data: {
      network: network.name,
      parent: parent.name,
      subnets: network.pools.map(({ subnet }) => subnet),
      containers,
    },
    evidence: [
      {
        from: 'runtime',
        says: `network ${network.name} (${network.driver}): internal, parent=${parent.name}${containers.length === 0 ? '' : `; of its containers ${listOf(containers)} ${containers.length === 1 ? 'is' : 'are'} on no other kind of network`}`,
      },
      ...gateways.map((ip) => ({ from: 'runtime', says: `its gateway ${ip} is given to nobody` })),
    ],
    advice: [
      'Cut off is a bridge network with --internal, or a macvlan network without a parent, whose containers reach each other and nobody else.',
      'To keep the LAN out of this one, filter in the namespace of the container, or give it a VLAN of its own. The firewall of this host does not see its frames.',
    ],
  };
  return [finding];
}

/** By the route itself, whatever the version says; only where somebody else could give it. */
function givesRoute(child: Child, all: readonly Plugged[]) {
  const [network, gateway] = [child.network, child.gateways[0]];
  if (network?.isInternal !== true || gateway === undefined) return [];
  const own = all.find(({ container }) => container.id === child.container?.id);
  const other = own?.plugs.find((plug) => !plug.network.isInternal)?.network;
  if (own === undefined || other === undefined) return [];
  const { subject, within } = aboutChild(child);
  const finding = {
    code: 'route' as const,
    subject,
    within: [...within, HOST],
    data: { network: network.name, container: own.container.name, gateway },
    evidence: [
      { from: 'routes', says: `${child.name}: default via ${gateway} dev ${child.link.ifname}` },
      { from: 'runtime', says: `it is on ${other.name} (${other.driver}) as well` },
    ],
    advice: [
      `Docker since 23 gives no route by an internal network: update it, then disconnect ${own.container.name} from ${network.name} and connect it again.`,
      'A hook that deletes the route lasts until the next start.',
    ],
  };
  return [finding];
}
