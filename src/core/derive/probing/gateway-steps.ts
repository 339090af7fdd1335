// Each gateway of the children: asked with each child's MAC, by each child's own stack, and with the parent's own MAC.
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { hostGatewaysNear } from '../gateways/host-gateways.js';
import type { Question } from './awaited.js';
import { gatewayControl } from './gateway-control.js';
import { isOnLink, ownersOn } from './probe-targets.js';
import { arp, icmp, toGateway } from './sends.js';

export function gatewaySteps(
  parent: Parent,
  children: readonly Child[],
  topology: Pick<Topology, 'host'>,
): Question[] {
  const owners = ownersOn(parent);
  const steps: Question[] = [];
  const asked = new Set<string>();
  for (const child of children) {
    for (const gateway of child.gateways) {
      if (!isOnLink(child, gateway)) continue;
      const about = toGateway(child, gateway);
      // An owner behind this very parent never hears what the parent sends; only the child's own stack can ask.
      if (!owners.has(gateway)) {
        steps.push({
          probe: 'gateway-arp-child',
          ...about,
          send: arp(parent, child.mac),
        });
        asked.add(gateway);
      }
      steps.push({ probe: 'gateway-icmp', ...about, send: icmp(child) });
    }
  }
  const own = [...asked].map((gateway): Question => ({
    probe: 'gateway-arp-parent',
    from: 'host',
    to: `gateway:${gateway}`,
    parent: parent.name,
    target: gateway,
    send: arp(parent, parent.link.address ?? ''),
  }));
  const control = [...asked].flatMap((gateway) => gatewayControl(parent, gateway, topology));
  return [...steps, ...own, ...hostGatewaySteps(parent, children, { topology, asked }), ...control];
}

/** The host's own gateways, where children use others and could use these: are they here? */
function hostGatewaySteps(
  parent: Parent,
  children: readonly Child[],
  seen: { readonly topology: Pick<Topology, 'host'>; readonly asked: ReadonlySet<string> },
): Question[] {
  const users = children.filter(({ gateways }) => gateways.some((ip) => seen.asked.has(ip)));
  return hostGatewaysNear(parent, users, seen.topology)
    .filter((gateway) => !seen.asked.has(gateway))
    .map((gateway) => ({
      probe: 'host-gateway-arp',
      from: 'host',
      to: `gateway:${gateway}`,
      parent: parent.name,
      target: gateway,
      send: arp(parent, parent.link.address ?? ''),
    }));
}
