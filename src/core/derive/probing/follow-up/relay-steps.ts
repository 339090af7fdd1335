// Does a gateway that answers forward packets at all? Asked only where the host itself uses another one beside it.
import type { ProbeStep } from '../../../../model/observation.js';
import { relaysOf, suspectOf, type Suspect } from '../../gateways/forwarding.js';
import { otherGateways } from '../../gateways/host-gateways.js';
import { isProbeable } from '../probe-targets.js';
import type { SoFar } from './follow-up.js';

/** Gateways of one parent that are asked about; each costs three steps. */
export const MOST_RELAYS = 4;
/** A packet with this TTL ends at the first machine that would forward it, and that machine says so. */
const SHORT_LIVED = 1;

export function relaySteps(soFar: SoFar): ProbeStep[] {
  return soFar.topology.parents.flatMap((parent) => {
    const children = parent.children.filter((child) => isProbeable(child));
    const steps = otherGateways(parent, children, soFar.topology)
      .flatMap((other) => suspectOf(other, soFar) ?? [])
      .slice(0, MOST_RELAYS)
      .filter((suspect) => relaysOf(suspect, soFar).relayed.length === 0)
      .flatMap((suspect) => stepsFor(suspect));
    // Two of them have one control in common.
    return [...new Map(steps.map((step) => [JSON.stringify(step), step])).values()];
  });
}

/** All of them are for the host's own gateway: once on the straight way, as a control, and twice by way of the other. */
function stepsFor({ parent, gateway, own, mac, ownMac, sourceIp }: Suspect): ProbeStep[] {
  const step = (by: string, ethernetDestination: string, ttl?: number): ProbeStep => ({
    probe: 'gateway-relay',
    from: 'host',
    to: `gateway:${by}`,
    parent: parent.name,
    target: own,
    send: {
      kind: 'relay',
      device: parent.name,
      ethernetSource: parent.link.address ?? '',
      ethernetDestination,
      sourceIp,
      ...(ttl !== undefined && { ttl }),
    },
    expect: 'answer',
  });
  return [step(own, ownMac), step(gateway, mac), step(gateway, mac, SHORT_LIVED)];
}
