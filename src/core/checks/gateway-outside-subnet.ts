// A gateway that the child cannot ask for by ARP, because no subnet and no route puts it on the child's wire.
import { isOnLink } from '../derive/probing/probe-targets.js';
import { hasIpv4, ipv4 } from '../derive/addressing/on-link.js';
import { aboutGateway, groupBy, listOf } from '../derive/wording/victims.js';
import { defineCheck } from '../../model/check.js';
import type { Child, Parent } from '../../model/topology.js';
import { type Stray, strayPools } from '../derive/gateways/stray-pools.js';
import recreateNetwork from '../fixes/recreate-network.js';

interface Pool {
  readonly network: string;
  readonly gateway: string;
  readonly subnet: string;
}

export default defineCheck({
  meta: {
    id: 'gateway-outside-subnet',
    category: 'address',
    severity: 'fail',
    title: {
      pass: 'Every gateway lies in a subnet of its child',
      found: 'A gateway lies outside the subnet of its child',
    },
    needs: ['namespaces'],
    dependsOn: ['network-refused', 'child-down', 'address-missing'],
    docs: {
      explain: `A child asks for its gateway's MAC by ARP, on its own wire. For that the gateway's address has to lie in one of the child's subnets, or a route without a gateway has to lead to it. Otherwise every packet for the outside ends in "Network is unreachable" or "No route to host".

A gateway outside the subnet is legal when the route carries the onlink flag, or when a link-scope route to it exists, as some hosting providers want it; those are not reported. Nor is a link-local IPv6 gateway (fe80::), which is the rule there.

What does not help: a wider prefix on the child only (its neighbours then disagree with it), or a static route per destination. Either the subnet or the gateway was mistyped.`,
      references: ['ip-route(8), onlink', 'docker network create --gateway'],
    },
  },
  messages: {
    child: ({
      gateway,
      children,
    }: {
      readonly gateway: string;
      readonly children: readonly string[];
    }) => ({
      what: `The gateway ${gateway} of ${listOf(children)} lies in none of the subnets there.`,
      why: 'No route leads to it directly, so nobody can be asked for its MAC.',
      todo: 'Correct the gateway, or the subnet.',
    }),
    network: ({ network, gateway, subnet }: Pool) => ({
      what: `Network ${network} has the gateway ${gateway}, outside its subnet ${subnet}.`,
      why: 'Its containers cannot reach that gateway.',
      todo: 'Make the network anew with a gateway inside the subnet.',
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    if (parents.length === 0) return { notApplicable: 'no macvlan parents here' };
    const findings = parents.flatMap((parent) => {
      const lost = parent.children
        .filter((child) => hasIpv4(child))
        .flatMap((child) =>
          child.gateways
            .filter((ip) => !isOnLink(child, ip))
            .map((gateway) => ({ child, gateway })),
        );
      const groups = groupBy(lost, ({ gateway }) => gateway);
      return [
        ...groups.map(([gateway, group]) =>
          childFinding(
            gateway,
            group.map(({ child }) => child),
            parent,
          ),
        ),
        ...strayPools(parent, context.topology).map((pool) => poolFinding(pool, parent)),
      ];
    });
    return { findings };
  },
});

function childFinding(gateway: string, children: readonly Child[], parent: Parent) {
  const first = children[0];
  const inside = first === undefined ? [] : ipv4(first);
  return {
    code: 'child' as const,
    ...aboutGateway(gateway, parent),
    data: { gateway, children: children.map(({ label }) => label) },
    evidence: [
      {
        from: 'routes',
        says: `${first?.name ?? 'the child'} has ${inside.map(({ local, prefixlen }) => `${local}/${prefixlen.toString()}`).join(', ')} and a default route via ${gateway}; no route without a gateway leads there.`,
      },
    ],
    advice: [
      `If ${gateway} is right, widen the subnet where the child is configured so that it holds it; if the subnet is right, name the router inside it.`,
      'Where a provider wants it like this, the route needs the onlink flag.',
    ],
  };
}

function poolFinding({ network, gateway, subnet, router }: Stray, parent: Parent) {
  const pool: Pool = { network: network.name, gateway, subnet };
  return {
    code: 'network' as const,
    subject: { kind: 'network' as const, name: pool.network },
    within: aboutGateway(pool.gateway, parent).within,
    data: pool,
    evidence: [
      {
        from: 'runtime',
        says: `IPAM of ${pool.network}: subnet ${pool.subnet}, gateway ${pool.gateway}.`,
      },
    ],
    remedies:
      router === undefined
        ? []
        : [
            recreateNetwork.request({
              network,
              change: {
                pool: (one) => (one.subnet === subnet ? { ...one, gateway: router } : one),
              },
            }),
          ],
    advice: [
      router === undefined
        ? `Make the network anew with a --gateway inside ${subnet}, or with the subnet that holds ${gateway}.`
        : `${router} is the router that this host uses there. If ${gateway} is right, the subnet is not: name the one that holds it.`,
    ],
  };
}
