// Children of one parent among each other.
import type { Child, Parent } from '../../../model/topology.js';
import { networkOf } from '../addressing/subnets.js';
import type { Question } from './awaited.js';
import { ipv4Of } from './probe-targets.js';
import { icmp } from './sends.js';

/** A ring in each subnet: n steps prove what a full mesh of n² would, and the neighbour tables stay small. */
export function siblingSteps(parent: Parent, children: readonly Child[]): Question[] {
  const rings = new Map<string, { readonly child: Child; readonly ip: string }[]>();
  for (const child of children) {
    const address = child.addresses.find((candidate) => candidate.family === 'inet');
    if (address === undefined) continue;
    const network = networkOf(address.local, address.prefixlen);
    rings.set(network, [...(rings.get(network) ?? []), { child, ip: address.local }]);
  }
  return [...rings.values()].flatMap((ring) =>
    ring.flatMap(({ child }, index): Question[] => {
      const next = ring[(index + 1) % ring.length];
      if (next === undefined || next.child.netns.inode === child.netns.inode) return [];
      if (ipv4Of(child).includes(next.ip)) return [];
      return [
        {
          probe: 'sibling-icmp',
          from: child.endpoint,
          to: next.child.endpoint,
          parent: parent.name,
          child: child.name,
          target: next.ip,
          send: icmp(child),
        },
      ];
    }),
  );
}
