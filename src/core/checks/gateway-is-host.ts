// A child whose gateway is this very host, on the other side of macvlan's wall.
import type { Undecided } from '../../model/finding.js';
import { defineCheck, type CheckContext } from '../../model/check.js';
import type { Child, Parent } from '../../model/topology.js';
import { hostAddress, hostGatewayReach, isHelped } from '../derive/addressing/host-gateway.js';
import { find } from '../derive/verdicts/reach.js';
import { hasIpv4, isThere } from '../derive/addressing/on-link.js';
import { aboutGateway, groupBy, listOf } from '../derive/wording/victims.js';
import { howToAsk } from '../derive/wording/how-to-ask.js';

interface HostGateway {
  readonly gateway: string;
  readonly device: string;
  readonly children: readonly string[];
}

export default defineCheck({
  meta: {
    id: 'gateway-is-host',
    category: 'address',
    severity: 'fail',
    title: {
      pass: 'No gateway of a child is this host',
      found: 'The gateway of a child is this host itself',
    },
    needs: ['namespaces'],
    dependsOn: [
      'network-refused',
      'parent-down',
      'parent-no-carrier',
      'child-down',
      'shim-down',
      'shim-mode',
    ],
    docs: {
      explain: `The gateway of these children is an address of the host that carries them: a router, firewall or DHCP server that runs containers on its own LAN side. macvlan keeps a parent and its children apart, so the one machine that they must reach is the one that they cannot.

Told apart from a gateway that is dead: other machines of the LAN use it without trouble, and its address is one of this host's. Where the host holds that address on a bridge-mode macvlan link, or the switch sends frames back, it works, and nothing is reported.

What does not help: proxy ARP, promiscuous mode, a DHCP relay on the parent. The cure is to move the host's LAN address from the parent to a bridge-mode macvlan link of the same parent (the children then reach it without any further route), or to use a Linux bridge with veth links instead of macvlan. Moving the address interrupts the LAN for a moment: do it from the console.`,
      references: ['ip-link(8), macvlan', 'drivers/net/macvlan.c'],
    },
  },
  messages: {
    child: ({ gateway, device, children }: HostGateway) => ({
      what: `The gateway ${gateway} of ${listOf(children)} is this host's own address on ${device}.`,
      why: 'macvlan keeps a parent and its children apart, so they cannot reach their gateway.',
      todo: `Hold ${gateway} on a bridge-mode macvlan link of the same parent, or name another router.`,
    }),
    network: ({
      gateway,
      device,
      network,
    }: Omit<HostGateway, 'children'> & { readonly network: string }) => ({
      what: `Network ${network} has the gateway ${gateway}, which is this host's own address on ${device}.`,
      why: 'macvlan keeps a parent and its children apart: its containers will not reach their gateway.',
      todo: `Hold ${gateway} on a bridge-mode macvlan link of ${device}, or name another router.`,
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    if (parents.length === 0) return { notApplicable: 'no macvlan parents here' };
    const judged = parents.flatMap((parent) => judgeChildren(parent, context));
    return {
      findings: [
        ...judged.flatMap((one) => ('finding' in one ? [one.finding] : [])),
        ...parents.flatMap((parent) => emptyNetworks(parent, context)),
      ],
      undetermined: judged.flatMap((one) => ('undecided' in one ? [one.undecided] : [])),
    };
  },
});

type Verdict =
  { readonly finding: ReturnType<typeof findingFor> } | { readonly undecided: Undecided };

function judgeChildren(parent: Parent, context: CheckContext): Verdict[] {
  const pairs = parent.children
    .filter((child) => hasIpv4(child) && (isThere(child) || isHelped(parent, context)))
    .flatMap((child) => child.gateways.map((gateway) => ({ child, gateway })))
    .filter(({ gateway }) => hostAddress(gateway, context) !== undefined)
    .map((pair) => ({ ...pair, reach: hostGatewayReach(pair.child, pair.gateway, context) }));
  return groupBy(pairs, ({ gateway }) => gateway).flatMap<Verdict>(([gateway, group]) => {
    const cut = group.filter(({ reach }) => reach === 'silent').map(({ child }) => child);
    if (cut.length > 0) return [{ finding: findingFor(gateway, cut, parent, context) }];
    if (group.every(({ reach }) => reach === 'answered')) return [];
    const reason = `${gateway} is this host's own address, and whether the children reach it was not probed${howToAsk(context)}`;
    return [{ undecided: { ...aboutGateway(gateway, parent), reason } }];
  });
}

function findingFor(gateway: string, cut: readonly Child[], parent: Parent, context: CheckContext) {
  const device = hostAddress(gateway, context)?.ifname ?? parent.name;
  const pings = cut.flatMap((child) =>
    find(context.observations, { probe: 'gateway-icmp', child: child.name, target: gateway }),
  );
  const sent = pings.reduce((sum, one) => sum + one.sent, 0);
  return {
    code: 'child' as const,
    ...aboutGateway(gateway, parent),
    data: { gateway, device, children: cut.map(({ label }) => label) },
    evidence: [
      { from: 'addresses', says: `${gateway} stands on ${device} of this host.` },
      {
        from: 'probe:gateway-icmp',
        says: `${sent.toString()} echo requests from ${listOf(cut.map(({ label }) => label))} to ${gateway}, no answer.`,
      },
    ],
    advice: adviceFor(gateway, parent),
  };
}

function adviceFor(gateway: string, parent: Parent): string[] {
  return [
    `From the console (it interrupts this host's LAN for a moment): put ${gateway} on a macvlan link of ${parent.name} in bridge mode instead of on ${parent.name} itself, there and in the boot configuration. The children then reach it without further routes.`,
    'Or use a Linux bridge with veth links instead of macvlan for these containers.',
  ];
}

/** Nobody is on them yet, so nothing can be asked: judged only where no shim and no reflecting switch could help. */
function emptyNetworks(parent: Parent, context: CheckContext) {
  if (isHelped(parent, context)) return [];
  const living = parent.children.filter((child) => isThere(child));
  const inUse = new Set(living.flatMap((child) => child.network?.id ?? []));
  return parent.networks
    .filter(
      (network) => network.driver === 'macvlan' && !network.isConfigOnly && !inUse.has(network.id),
    )
    .flatMap((network) =>
      network.pools.flatMap(({ gateway }) => {
        const own = parent.addresses.find(({ local }) => local === gateway);
        if (gateway === undefined || own === undefined) return [];
        return [
          {
            code: 'network' as const,
            subject: { kind: 'network' as const, name: network.name },
            within: aboutGateway(gateway, parent).within,
            data: { network: network.name, gateway, device: parent.name },
            evidence: [
              {
                from: 'runtime',
                says: `IPAM of ${network.name}: gateway ${gateway}; ${parent.name} has ${own.local}/${own.prefixlen.toString()}.`,
              },
            ],
            advice: adviceFor(gateway, parent),
          },
        ];
      }),
    );
}
