// Host and child, both ways, by the parent and by whatever way the host's routes take.
import { isAdminUp } from '../../../model/link.js';
import type { Expectation, Facts } from '../../../model/snapshot.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { hostRouteDevice } from '../addressing/host-route.js';
import { shimElsewhere } from '../verdicts/misled.js';
import { routedWay } from '../verdicts/routed.js';
import type { Question } from './awaited.js';
import { ipv4Of, isOnLink } from './probe-targets.js';
import { arp, icmp } from './sends.js';
import { shimFor } from './shim-steps.js';

/** Addresses of one child that are asked for, each by an ARP probe of its own: few have more than two. */
const MOST_ADDRESSES = 8;

export interface Around {
  readonly topology: Topology;
  readonly facts: Facts;
  readonly expectations: readonly Expectation[];
}

export function hostSteps(parent: Parent, children: readonly Child[], around: Around): Question[] {
  const { topology, facts } = around;
  const shimNames = new Set(parent.shims.map((shim) => shim.name));
  const hostIps = parent.addresses.filter((address) => address.family === 'inet');
  return children.flatMap((child) => {
    const steps = ownerSteps(parent, child);
    for (const ip of ipv4Of(child).slice(0, 1)) {
      const about = { parent: parent.name, child: child.name, target: ip };
      const ends = { from: 'host', to: child.endpoint };
      const device = hostRouteDevice(topology, facts, ip);
      const isByShim = shimNames.has(device ?? '');
      const isByOther = shimElsewhere(ip, parent, around) !== undefined;
      // By a router or another link it is asked only where it must work.
      const isRouted = Boolean(routedWay(child, parent, around));
      if (device === parent.name || isByShim || isByOther || isRouted) {
        const send = { kind: 'icmp', netns: topology.host.inode } as const;
        steps.push({ probe: 'host-child-icmp', ...ends, ...about, send });
      }
    }
    const back = hostIps.find((address) => isOnLink(child, address.local));
    // With a shim its own address is the host's for the child (shim-steps.ts): the parent's stays silent, and should.
    if (back !== undefined && shimFor(child, parent) === undefined) {
      steps.push({
        probe: 'child-host-icmp',
        from: child.endpoint,
        to: `host:${back.local}`,
        parent: parent.name,
        child: child.name,
        target: back.local,
        send: icmp(child),
      });
    }
    return steps;
  });
}

/** A link that is down keeps its addresses: who answers for one now would have a rival once the link is up. */
export function asleepSteps(parent: Parent): Question[] {
  return parent.children
    .filter(({ link, isTap }) => !isTap && !isAdminUp(link))
    .flatMap((child) => ownerSteps(parent, child));
}

/** The child itself does not hear its parent, unless the switch reflects: who answers is another owner of the address. */
function ownerSteps(parent: Parent, child: Child): Question[] {
  return ipv4Of(child)
    .slice(0, MOST_ADDRESSES)
    .map((target) => ({
      probe: 'host-child-arp',
      from: 'host',
      to: child.endpoint,
      parent: parent.name,
      child: child.name,
      target,
      send: arp(parent, parent.link.address ?? ''),
    }));
}
