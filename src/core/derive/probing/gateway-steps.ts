// Each gateway of the children: asked with each child's MAC, by each child's own stack, and with the parent's own MAC.
import type { ProbeStep } from '../../../model/observation.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { gatewayControl } from './gateway-control.js';
import { isOnLink, ownersOn } from './probe-targets.js';
import { arp, icmp } from './sends.js';

export function gatewaySteps(
  parent: Parent,
  children: readonly Child[],
  topology: Pick<Topology, 'host'>,
): ProbeStep[] {
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
  const control = [...asked].flatMap((gateway) => gatewayControl(parent, gateway, topology));
  return [...steps, ...own, ...control];
}
