// Which probes a run would send, as values: one short list per parent, linear in the number of children.
import { valueOf } from '../../../model/fact.js';
import { hasCarrier, isAdminUp } from '../../../model/link.js';
import type { ProbeStep } from '../../../model/observation.js';
import type { Expectation, Facts } from '../../../model/snapshot.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { freeAddressSteps, neighbourSteps, reflectionSteps } from './lan-steps.js';
import { ipv4Of, isOnLink, isProbeable, ownersOn } from './probe-targets.js';
import { arp, icmp } from './sends.js';
import { hostRouteDevice } from '../addressing/host-route.js';
import { shimElsewhere } from '../verdicts/misled.js';
import { routedWay } from '../verdicts/routed.js';
import { networkOf } from '../addressing/subnets.js';
import { unseenSteps } from './unseen-steps.js';

type Plan = readonly ProbeStep[];

/** Every step of a run over these facts, in a stable order. IPv4 only. */
export function planProbes(
  topology: Topology,
  facts: Facts,
  expectations: readonly Expectation[] = [],
): Plan {
  if (!canSeeChildren(facts)) return unseenSteps(topology, facts);
  return topology.parents.flatMap((parent) => {
    if (!canProbe(parent)) return [];
    const children = parent.children.filter((child) => isProbeable(child));
    return [
      ...gatewaySteps(parent, children),
      ...hostSteps(parent, children, { topology, facts, expectations }),
      ...siblingSteps(parent, children),
      ...shimSteps(topology, parent, children),
      ...reflectionSteps(parent),
      ...freeAddressSteps(topology, parent, facts),
      ...neighbourSteps(topology, parent, children),
    ];
  });
}

/** Children live in other namespaces: without the right to enter those, or without Linux, none is ever seen. */
function canSeeChildren(facts: Facts): boolean {
  const platform = valueOf(facts.platform);
  if (platform === undefined) return true;
  return platform.os === 'linux' && platform.privileges.canEnterNamespaces;
}

/** A link that is down or no Ethernet carries no frame; checks say so by looking. */
function canProbe({ link, children, shims }: Parent): boolean {
  return (
    children.length + shims.length > 0 &&
    isAdminUp(link) &&
    hasCarrier(link) &&
    link.link_type === 'ether' &&
    link.address !== undefined
  );
}

function gatewaySteps(parent: Parent, children: readonly Child[]): ProbeStep[] {
  const owners = ownersOn(parent);
  const steps: ProbeStep[] = [];
  const asked = new Set<string>();
  for (const child of children) {
    for (const gateway of child.gateways) {
      if (!isOnLink(child, gateway)) continue;
      const common = { from: child.endpoint, to: `gateway:${gateway}`, parent: parent.name };
      const about = { ...common, child: child.name, target: gateway };
      // An owner behind this very parent never hears what the parent sends; only the child's own stack can ask.
      if (!owners.has(gateway)) {
        steps.push({
          probe: 'gateway-arp-child',
          ...about,
          send: arp(parent, child.mac),
          expect: 'answer',
        });
        asked.add(gateway);
      }
      steps.push({ probe: 'gateway-icmp', ...about, send: icmp(child), expect: 'silence' });
    }
  }
  const own = [...asked].map((gateway): ProbeStep => ({
    probe: 'gateway-arp-parent',
    from: 'host',
    to: `gateway:${gateway}`,
    parent: parent.name,
    target: gateway,
    send: arp(parent, parent.link.address ?? ''),
    expect: 'answer',
  }));
  return [...steps, ...own];
}

interface Around {
  readonly topology: Topology;
  readonly facts: Facts;
  readonly expectations: readonly Expectation[];
}

function hostSteps(parent: Parent, children: readonly Child[], around: Around): ProbeStep[] {
  const { topology, facts } = around;
  const shimNames = new Set(parent.shims.map((shim) => shim.name));
  const hostIps = [...parent.addresses, ...parent.shims.flatMap((shim) => shim.addresses)].filter(
    (address) => address.family === 'inet',
  );
  return children.flatMap((child) => {
    const steps: ProbeStep[] = [];
    for (const ip of ipv4Of(child).slice(0, 1)) {
      const about = { parent: parent.name, child: child.name, target: ip };
      const ends = { from: 'host', to: child.endpoint };
      const device = hostRouteDevice(topology, facts, ip);
      if (parent.addresses.some((address) => address.family === 'inet')) {
        const send = arp(parent, parent.link.address ?? '');
        steps.push({ probe: 'host-child-arp', ...ends, ...about, send, expect: 'silence' });
      }
      const isByShim = shimNames.has(device ?? '');
      const isByOther = shimElsewhere(ip, parent, around) !== undefined;
      // By a router or another link it is asked only where it must work.
      const isRouted = Boolean(routedWay(child, parent, around));
      if (device === parent.name || isByShim || isByOther || isRouted) {
        const send = { kind: 'icmp', netns: topology.host.inode } as const;
        const expect = isByShim || isRouted ? 'answer' : 'silence';
        steps.push({ probe: 'host-child-icmp', ...ends, ...about, send, expect });
      }
    }
    const back = hostIps.find((address) => isOnLink(child, address.local));
    if (back !== undefined) {
      steps.push({
        probe: 'child-host-icmp',
        from: child.endpoint,
        to: `host:${back.local}`,
        parent: parent.name,
        child: child.name,
        target: back.local,
        send: icmp(child),
        expect: 'silence',
      });
    }
    return steps;
  });
}

/** A ring in each subnet: n steps prove what a full mesh of n² would, and the neighbour tables stay small. */
function siblingSteps(parent: Parent, children: readonly Child[]): ProbeStep[] {
  const rings = new Map<string, { readonly child: Child; readonly ip: string }[]>();
  for (const child of children) {
    const address = child.addresses.find((candidate) => candidate.family === 'inet');
    if (address === undefined) continue;
    const network = networkOf(address.local, address.prefixlen);
    rings.set(network, [...(rings.get(network) ?? []), { child, ip: address.local }]);
  }
  return [...rings.values()].flatMap((ring) =>
    ring.flatMap(({ child }, index): ProbeStep[] => {
      const next = ring[(index + 1) % ring.length];
      if (next === undefined || next.child.netns.inode === child.netns.inode) return [];
      if (ipv4Of(child).includes(next.ip)) return [];
      const isSwitched = child.mode === 'bridge' && next.child.mode === 'bridge';
      return [
        {
          probe: 'sibling-icmp',
          from: child.endpoint,
          to: next.child.endpoint,
          parent: parent.name,
          child: child.name,
          target: next.ip,
          send: icmp(child),
          expect: isSwitched ? 'answer' : 'silence',
        },
      ];
    }),
  );
}

function shimSteps(topology: Topology, parent: Parent, children: readonly Child[]): ProbeStep[] {
  const shims = parent.shims.filter(
    (shim) => isAdminUp(shim.link) && shim.addresses.some((address) => address.family === 'inet'),
  );
  return shims.flatMap((shim) =>
    children.flatMap((child) =>
      ipv4Of(child)
        .slice(0, 1)
        .map((ip): ProbeStep => ({
          probe: 'shim-child-icmp',
          from: `shim:${shim.name}`,
          to: child.endpoint,
          parent: parent.name,
          child: child.name,
          target: ip,
          send: { kind: 'icmp', netns: topology.host.inode, device: shim.name },
          expect: shim.mode === 'bridge' && child.mode === 'bridge' ? 'answer' : 'silence',
        })),
    ),
  );
}
