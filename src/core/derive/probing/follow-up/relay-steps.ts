// Does a gateway that answers forward packets at all? Asked only where the host itself uses another one beside it.
import { isAnswered, isSilent, type ProbeStep } from '../../../../model/observation.js';
import { relaysOf, suspectOf, type Suspect } from '../../gateways/forwarding.js';
import { otherGateways } from '../../gateways/host-gateways.js';
import { otherTakers } from '../../gateways/other-takers.js';
import { isProbeable } from '../probe-targets.js';
import type { SoFar } from './follow-up.js';

/** Gateways of one parent that are asked about; each costs five steps at the most. */
export const MOST_RELAYS = 4;
/** A packet with this TTL ends at the first machine that would forward it, and that machine says so. */
const SHORT_LIVED = 1;

export function relaySteps(soFar: SoFar): ProbeStep[] {
  return soFar.topology.parents.flatMap((parent) => {
    const children = parent.children.filter((child) => isProbeable(child));
    const steps = otherGateways(parent, children, soFar.topology)
      .flatMap((other) => suspectOf(other, soFar) ?? [])
      .slice(0, MOST_RELAYS)
      .flatMap((suspect) => nextFor(suspect, soFar));
    // Two of them have one control in common.
    return [...new Map(steps.map((step) => [JSON.stringify(step), step])).values()];
  });
}

/**
 * One after the other: a router that has told us of a shorter way (a redirect) says nothing of time exceeded for the
 * next second (net.ipv4.icmp_ratelimit counts both).
 */
function nextFor(suspect: Suspect, soFar: SoFar): ProbeStep[] {
  const { gateway, own, mac, ownMac } = suspect;
  const { relayed, direct } = relaysOf(suspect, soFar);
  if (relayed.length === 0) {
    return [relay(suspect, own, ownMac), relay(suspect, gateway, mac, SHORT_LIVED)];
  }
  const isOpen = relayed.every((one) => isSilent(one)) && direct.some((one) => isAnswered(one));
  if (relayed.length !== 1 || !isOpen) return [];
  const last = relay(suspect, gateway, mac);
  if (otherTakers(suspect, soFar.topology).length === 0) return [last];
  // What it says now may go elsewhere: then this goes the same way, at the same time.
  return [relay(suspect, gateway, mac, SHORT_LIVED), { ...last, target: gateway }, last];
}

/** For the host's own gateway: on the straight way, as a control, or by way of the other. */
function relay(
  { parent, own, sourceIp }: Suspect,
  by: string,
  ethernetDestination: string,
  ttl?: number,
): ProbeStep {
  return {
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
  };
}
