// Probes from the parent about the LAN itself: does the switch reflect, which addresses are free, who is gone.
import type { ProbeId } from '../../../model/observation.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { freeAddressCandidates } from '../addressing/free-address.js';
import { unusedRouters } from '../addressing/known-gateway.js';
import type { Question } from './awaited.js';
import { lanNeighboursToAsk, ownersOn } from './probe-targets.js';
import { arp } from './sends.js';
import { routersToTry } from '../addressing/strangers.js';
import { activeShims } from '../verdicts/shim-service.js';

export function reflectionSteps(parent: Parent): Question[] {
  return (['broadcast', 'unknown-unicast'] as const).map((destination) => ({
    probe: 'reflection',
    from: 'host',
    to: 'switch',
    parent: parent.name,
    target: '',
    send: { kind: 'reflection', device: parent.name, destination },
  }));
}

/**
 * Only where a shim may be proposed: then its address must be known to be free. A shim that is down, in another mode, or
 * there for something else than the children does not spare them one of their own.
 */
export function freeAddressSteps(topology: Topology, parent: Parent, facts: Facts): Question[] {
  if (activeShims(parent).some(({ mode }) => mode === 'bridge')) return [];
  return freeAddressCandidates(topology, parent, facts).map((target) =>
    askLan(parent, target, 'free-address-arp'),
  );
}

/** Strangers that may have gone, and routers that may be there, or that nobody uses yet. */
export function neighbourSteps(
  topology: Topology,
  parent: Parent,
  children: readonly Child[],
): Question[] {
  const owners = ownersOn(parent);
  const unused = unusedRouters(parent, children, topology).filter((ip) => !owners.has(ip));
  const targets = [
    ...lanNeighboursToAsk(parent, children),
    ...routersToTry(parent, topology),
    ...unused,
  ];
  return [...new Set(targets)].map((target) => askLan(parent, target, 'neighbour-arp'));
}

function askLan(parent: Parent, target: string, probe: ProbeId): Question {
  return {
    probe,
    from: 'host',
    to: `lan:${target}`,
    parent: parent.name,
    target,
    send: arp(parent, parent.link.address ?? ''),
  };
}
