// Probes from the parent about the LAN itself: does the switch reflect, which addresses are free, who is gone.
import type { ProbeStep } from '../../model/observation.js';
import type { Facts } from '../../model/snapshot.js';
import type { Child, Parent, Topology } from '../../model/topology.js';
import { freeAddressCandidates } from './free-address.js';
import { lanNeighboursToAsk } from './probe-targets.js';
import { arp } from './sends.js';

export function reflectionSteps(parent: Parent): ProbeStep[] {
  return (['broadcast', 'unknown-unicast'] as const).map((destination) => ({
    probe: 'reflection',
    from: 'host',
    to: 'switch',
    parent: parent.name,
    target: '',
    send: { kind: 'reflection', device: parent.name, destination },
    expect: 'silence',
  }));
}

/** Only where a shim may be proposed: then its address must be known to be free. */
export function freeAddressSteps(topology: Topology, parent: Parent, facts: Facts): ProbeStep[] {
  if (parent.shims.length > 0) return [];
  return freeAddressCandidates(topology, parent, facts).map((target) =>
    askLan(parent, 'free-address-arp', target),
  );
}

export function neighbourSteps(parent: Parent, children: readonly Child[]): ProbeStep[] {
  return lanNeighboursToAsk(parent, children).map((target) =>
    askLan(parent, 'neighbour-arp', target),
  );
}

function askLan(
  parent: Parent,
  probe: 'free-address-arp' | 'neighbour-arp',
  target: string,
): ProbeStep {
  return {
    probe,
    from: 'host',
    to: `lan:${target}`,
    parent: parent.name,
    target,
    send: arp(parent, parent.link.address ?? ''),
    expect: 'silence',
  };
}
