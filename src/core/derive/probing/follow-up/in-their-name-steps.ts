// Gateways that ignore ARP probes, and children that had no need to ask: the same question by their true address, and connections.
import { isSilent, type ProbeStep } from '../../../../model/observation.js';
import type { Child, Parent } from '../../../../model/topology.js';
import { gatewayPairs, type GatewayPair } from '../../passage/gateway-echo.js';
import { heardByParent } from '../../upstream/split-candidates.js';
import { ignoresProbes } from '../../verdicts/deaf-gateway.js';
import { gatewayReach, knewMac } from '../../verdicts/gateway-reach.js';
import { find } from '../../verdicts/reach.js';
import { isUnheard, unseenGateways } from '../../verdicts/unseen-gateways.js';
import { groupBy } from '../../wording/victims.js';
import { arp, icmp, senderFacing, toGateway } from '../sends.js';
import type { SoFar } from './follow-up.js';
import { connectTo } from './gateway-connections.js';

/** Children that are asked for per gateway: whoever is left out stays undecided where one of them is answered. */
const MOST_IN_THEIR_NAME = 8;

/**
 * What a child's own stack would ask, had it to; the gateway learns nothing that it was not told before. Where it does
 * answer the parent's ARP the split probe asks in this way.
 */
export function inTheirNameSteps(soFar: SoFar): ProbeStep[] {
  return soFar.topology.parents.flatMap((parent) => [
    ...groupBy(gatewayPairs(parent, soFar.topology), ({ gateway }) => gateway)
      .filter(([gateway]) => isToAsk(parent, gateway, soFar))
      .flatMap(([, pairs]) => unheard(pairs, soFar).slice(0, MOST_IN_THEIR_NAME))
      .flatMap((pair) => [again(parent, pair), ...connections(pair)]),
    ...outOfSight(parent, soFar).flatMap((pair) => connections(pair)),
  ]);
}

/** What the parent asks never reaches it: only the child's own stack can, and its ping was in vain. */
function outOfSight(parent: Parent, soFar: SoFar): GatewayPair[] {
  return unseenGateways(parent)
    .filter(({ gateway: target }) => {
      const asked = { probe: 'service-tcp', parent: parent.name, target } as const;
      return find(soFar.observations, asked).length === 0;
    })
    .filter((pair) => isUnheard(pair, soFar))
    .slice(0, MOST_IN_THEIR_NAME);
}

function connections({ child, gateway }: GatewayPair): ProbeStep[] {
  const caller = { from: child.endpoint, child: child.name, send: icmp(child) };
  return connectTo(gateway, child.parent, caller);
}

function isToAsk(parent: Parent, gateway: string, soFar: SoFar): boolean {
  const asked = { probe: 'gateway-arp-again', parent: parent.name, target: gateway } as const;
  return (
    ignoresProbes(parent.name, gateway, soFar) &&
    !heardByParent(parent, soFar).includes(gateway) &&
    find(soFar.observations, asked).length === 0
  );
}

/** Whoever did not know its MAC has asked for it just now, and by its true address: its own stack did, for the ping. */
function unheard(pairs: readonly GatewayPair[], soFar: SoFar): GatewayPair[] {
  return pairs.filter(
    ({ child, gateway }) =>
      knewMac(child, gateway) &&
      gatewayReach(child, gateway, soFar) !== 'answered' &&
      isAsked(child, gateway, soFar),
  );
}

/** Where the first question could not be sent, no other one can. */
function isAsked(child: Child, gateway: string, { observations }: SoFar): boolean {
  return find(observations, {
    probe: 'gateway-arp-child',
    child: child.name,
    target: gateway,
  }).some((one) => isSilent(one));
}

function again(parent: Parent, { child, gateway }: GatewayPair): ProbeStep {
  const senderIp = senderFacing(child, gateway);
  return {
    probe: 'gateway-arp-again',
    ...toGateway(child, gateway),
    send: { ...arp(parent, child.mac), ...(senderIp !== undefined && { senderIp }) },
    expect: 'answer',
  };
}
