// Probes that can be sent although the planned containers do not exist: whatever the parent can say in their name.
import type { ProbeStep } from '../../model/observation.js';
import type { Child, Topology } from '../../model/topology.js';
import { contentOf } from '../derive/topology/content.js';
import { isToBeMade } from './planned-vlan.js';

/**
 * Nothing leaves from a stack or a link that does not exist, and no stack there would hear what the host's sends. For the
 * answers to a MAC that no link has yet, the parent's device is asked to take it in, as macvlan would ask for a child.
 */
export function sendableSteps(steps: readonly ProbeStep[], topology: Topology): ProbeStep[] {
  const planned = topology.parents
    .flatMap((parent) => parent.children)
    .filter(({ netns }) => netns.isPlanned === true);
  const names = new Set(planned.map(({ name }) => name));
  const missing = linksToBeMade(topology);
  return steps
    .filter(({ send, child, parent }) => {
      if (missing.has(parent)) return false;
      const isOnTheWire = send.kind !== 'icmp' && send.kind !== 'tcp';
      return isOnTheWire || child === undefined || !names.has(child);
    })
    .map((step) => admitting(step, planned));
}

function linksToBeMade({ host }: Topology): ReadonlySet<string> {
  const links = contentOf(host).links.filter((link) => isToBeMade(link));
  return new Set(links.map(({ ifname }) => ifname));
}

function admitting(step: ProbeStep, planned: readonly Child[]): ProbeStep {
  const { send } = step;
  if (send.kind !== 'arp' || !planned.some(({ mac }) => mac === send.senderMac)) return step;
  return { ...step, send: { ...send, isAdmitted: true } };
}
