// A child with an IPv4 address and no way out of its subnet.
import { directRoutes, hasIpv4, ipv4 } from '../derive/addressing/on-link.js';
import { hasWayOut, knownGateway } from '../derive/addressing/known-gateway.js';
import { isIpv4 } from '../derive/addressing/subnets.js';
import { withGateway } from '../derive/engine-networks/change.js';
import { aboutChildren, listOf } from '../derive/wording/victims.js';
import { lastingRemedies } from '../fixes/engine/lasting.js';
import addDefaultRoute from '../fixes/add-default-route.js';
import { defineCheck } from '../../model/check.js';
import type { Child, Parent, Topology } from '../../model/topology.js';

export default defineCheck({
  meta: {
    id: 'default-route-missing',
    category: 'address',
    severity: 'warn',
    title: { pass: 'Every child has a default route', found: 'A child has no default route' },
    needs: ['namespaces'],
    dependsOn: ['child-down', 'address-missing', 'subnet-mismatch'],
    docs: {
      explain: `The child has an IPv4 address, and its namespace has no IPv4 default route, by this link or any other. It reaches its own subnet and nothing beyond: "Network is unreachable", at once and without a packet.

Docker used to invent a gateway (the first address of the subnet) for macvlan networks made without --gateway; newer engines do not, so that containers lose their way out after an upgrade. A link that was taken down and up again by hand also comes back without its default route. Networks made with --internal have none on purpose and are not reported.

What does not help: adding the route inside the container at each start, or going back to the old engine, whose invented gateway was often the wrong address.`,
      references: ['ip-route(8)', 'docker network create --gateway', 'moby pull request 50929'],
    },
  },
  messages: {
    missing: ({ children }: { readonly children: readonly string[] }) => ({
      what: `${listOf(children)} ${children.length === 1 ? 'has' : 'have'} an IPv4 address and no default route.`,
      why: 'Everything outside the own subnet is unreachable from there.',
      todo: 'Name the gateway where the network or the link is configured.',
    }),
  },
  evaluate(_facts, context) {
    const { topology } = context;
    const judged = topology.parents.map((parent) => ({
      parent,
      children: parent.children.filter(
        (child) => hasIpv4(child) && child.network?.isInternal !== true,
      ),
    }));
    if (judged.every(({ children }) => children.length === 0)) {
      return { notApplicable: 'no macvlan children here that would need a default route' };
    }
    const findings = judged.flatMap(({ parent, children }) => {
      const stuck = children.filter((child) => !hasWayOut(child));
      return stuck.length === 0 ? [] : [findingFor(stuck, parent, topology)];
    });
    return { findings };
  },
});

function findingFor(stuck: readonly Child[], parent: Parent, topology: Topology) {
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
    data: { children: stuck.map(({ label }) => label) },
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
    ...(remedies.length === 0 ? { advice: [advice] } : { remedies }),
  };
}
