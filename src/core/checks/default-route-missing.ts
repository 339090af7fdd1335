// A child with an IPv4 address and no way out of its subnet.
import { directRoutes, hasIpv4, ipv4 } from '../derive/addressing/on-link.js';
import { hasWayOut, hostsRouterIn, knownGateway } from '../derive/addressing/known-gateway.js';
import { isIpv4 } from '../derive/addressing/subnets.js';
import { routelessNetworks } from '../derive/engine-networks/routeless-networks.js';
import { refusedByRule } from '../derive/verdicts/refused-by-rule.js';
import { withGateway } from '../derive/engine-networks/change.js';
import { whyNoRoute } from '../derive/engine-traffic/gateway-choice.js';
import { networkSubject } from '../derive/wording/subjects.js';
import { silentRouters } from '../derive/gateways/silent-router.js';
import { aboutChildren, listOf, parentSubject } from '../derive/wording/victims.js';
import { lastingRemedies } from '../fixes/engine/lasting.js';
import addDefaultRoute from '../fixes/add-default-route.js';
import recreateNetwork from '../fixes/recreate-network.js';
import { defineCheck, type CheckContext } from '../../model/check.js';
import { valueOf } from '../../model/fact.js';
import type { RuntimeNetwork } from '../../model/runtime-network.js';
import type { Child, Parent } from '../../model/topology.js';

export default defineCheck({
  meta: {
    id: 'default-route-missing',
    category: 'address',
    severity: 'warn',
    title: {
      pass: 'Every child has a default route',
      found: 'A child has no default route in use',
    },
    needs: ['namespaces'],
    dependsOn: ['network-refused', 'child-down', 'address-missing', 'subnet-mismatch'],
    docs: {
      explain: `The child has an IPv4 address, and its namespace has no IPv4 default route, by this link or any other. It reaches its own subnet and nothing beyond: "Network is unreachable", at once and without a packet.

Up to Docker 28 the engine invented a gateway for macvlan networks made without --gateway: the first address of the subnet or of the ip-range, which often was nobody. Since Docker 29 there is a default route only where --gateway was given, so that containers lose their way out with the upgrade. Podman leaves it out for networks with no_default_route. What is judged is the route, not the version; a network without a gateway and without containers is told of as well, where its engine would give them no route. A link that was taken down and up again by hand also comes back without its default route. Networks made with --internal have none on purpose and are not reported.

A policy rule that refuses everything before the default route is asked (ip rule, blackhole, unreachable or prohibit) is told of too; a rule for some addresses is somebody's choice, and is not.

What does not help: adding the route inside the container at each start, or going back to the old engine, whose invented gateway was often the wrong address.`,
      references: ['ip-route(8)', 'docker network create --gateway', 'moby pull request 50929'],
    },
  },
  messages: {
    missing: ({ children, because }: Missing) => ({
      what: `${listOf(children)} ${children.length === 1 ? 'has' : 'have'} an IPv4 address and no default route.`,
      why: `Everything outside the own subnet is unreachable from there.${because}`,
      todo: 'Name the gateway where the network or the link is configured.',
    }),
    refused: ({ child, rule }: Record<'child' | 'rule', string>) => ({
      what: `${child} has a default route, and its rule "${rule}" comes before it.`,
      why: 'Policy rules are asked in the order of their numbers, and this one refuses whatever no table before it has a route for.',
      todo: `Take the rule out of ${child}, or put it behind the table that leads out; a VPN client may have set it as its kill switch.`,
    }),
    network: ({ network, because }: Record<'network' | 'because', string>) => ({
      what: `Network ${network} names no gateway, so that its containers will have no default route.`,
      why: `Everything outside the own subnet will be unreachable from there.${because}`,
      todo: 'Make it anew with --gateway, unless its containers are to stay in their subnet.',
    }),
  },
  evaluate(_facts, context) {
    const judged = context.topology.parents.map((parent) => ({
      parent,
      children: parent.children.filter(
        (child) => hasIpv4(child) && child.network?.isInternal !== true,
      ),
    }));
    const empty = context.topology.parents.flatMap((parent) => emptyNetworks(parent, context));
    if (empty.length === 0 && judged.every(({ children }) => children.length === 0)) {
      return { notApplicable: 'no macvlan children here that would need a default route' };
    }
    const findings = judged.flatMap(({ parent, children }) => {
      const stuck = children.filter((child) => !hasWayOut(child));
      const refused = children.filter((child) => hasWayOut(child)).flatMap(refusedByRule);
      return stuck.length === 0 ? refused : [findingFor(stuck, parent, context), ...refused];
    });
    return { findings: [...findings, ...empty] };
  },
});

interface Missing {
  readonly children: readonly string[];
  readonly because: string;
}

/** Nobody is on them yet, and their engine gives nobody a route there. */
function emptyNetworks(parent: Parent, { topology, facts }: CheckContext) {
  return routelessNetworks(parent, facts).map((network) => {
    const subnets = network.pools.map(({ subnet }) => subnet);
    const router = hostsRouterIn(subnets, parent, topology);
    return {
      code: 'network' as const,
      subject: networkSubject(network),
      within: [parentSubject(parent.name)],
      data: { network: network.name, because: becauseOf(network, facts) },
      evidence: [
        { from: 'runtime', says: `IPAM of ${network.name}: ${listOf(subnets)}, no gateway.` },
      ],
      ...(router === undefined
        ? { advice: [`Make ${network.name} anew with --gateway and the address of the router.`] }
        : { remedies: [recreateNetwork.request({ network, change: withGateway(router) })] }),
    };
  });
}

function becauseOf(network: RuntimeNetwork | undefined, facts: CheckContext['facts']): string {
  const engine = valueOf(facts.runtime)?.engine;
  const why = network && engine && whyNoRoute(network, engine);
  return why === undefined ? '' : ` ${why}`;
}

function findingFor(stuck: readonly Child[], parent: Parent, context: CheckContext) {
  const { topology, facts } = context;
  const ways = stuck.flatMap((child) => {
    const gateway = knownGateway(child, parent, topology)?.ip;
    return gateway === undefined ? [] : [{ child, gateway }];
  });
  const known = [...new Set(ways.map(({ gateway }) => gateway))];
  const remedies = [
    ...ways.map(({ child, gateway }) => addDefaultRoute.request({ child: child.name, gateway })),
    ...lastingRemedies(
      ways.map(({ child }) => child),
      withGateway(...known),
    ),
  ];
  const networks = new Set(stuck.flatMap(({ network }) => network?.name ?? []));
  const advice =
    networks.size === 0
      ? 'Set a gateway where these links are configured, if they are to leave their subnet.'
      : `Make ${listOf([...networks])} anew with --gateway and the address of the router; an engine without it gives no default route.`;
  return {
    code: 'missing' as const,
    ...aboutChildren(stuck, parent),
    data: {
      children: stuck.map(({ label }) => label),
      because: becauseOf(stuck[0]?.network, facts),
    },
    evidence: stuck.slice(0, 3).map((child) => ({
      from: 'routes',
      says: `${child.name} has ${ipv4(child)
        .map(({ local }) => local)
        .join(', ')}; its IPv4 routes: ${
        directRoutes(child.allRoutes)
          .filter((dst) => isIpv4(dst.split('/')[0] ?? ''))
          .join(', ') || 'none'
      }.`,
    })),
    ...(remedies.length === 0
      ? { advice: [advice] }
      : { remedies, advice: silentRouters(known, [parent], context) }),
  };
}
