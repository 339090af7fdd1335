// Children that call the host by a shim's own address.
import { isAnswered, isSilent, type Observation } from '../../../model/observation.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Child, Parent, Shim, Topology } from '../../../model/topology.js';
import { hostRouteDevice } from '../addressing/host-route.js';
import { ipv4Of } from '../probing/probe-targets.js';
import { find } from '../verdicts/reach.js';

export interface ShimCall {
  readonly child: Child;
  /** The shim's address. */
  readonly ip: string;
  readonly observation: Observation;
}

export interface ShimCallsSeen {
  readonly topology: Topology;
  readonly facts: Facts;
  readonly observations: readonly Observation[];
}

/** Calls in bridge mode whose answer the host's routes lead back by a shim: those that should have been answered. */
export function shimCalls(shim: Shim, parent: Parent, seen: ShimCallsSeen): ShimCall[] {
  if (shim.mode !== 'bridge') return [];
  const shims = new Set(parent.shims.map(({ name }) => name));
  return parent.children.flatMap((child) => {
    const [ip] = ipv4Of(child);
    if (ip === undefined || child.mode !== 'bridge') return [];
    if (!shims.has(hostRouteDevice(seen.topology, seen.facts, ip) ?? '')) return [];
    const calls = find(seen.observations, { probe: 'child-shim-icmp', child: child.name });
    return calls
      .filter(({ to }) => to === `shim:${shim.name}`)
      .filter((one) => isAnswered(one) || isSilent(one))
      .map((observation) => ({ child, ip: observation.target, observation }));
  });
}
