// Children whose echo alone the gateway left unanswered are asked for again: one lost frame must not be held against anybody.
import {
  isSilent,
  type IcmpSend,
  type Observation,
  type ProbeStep,
} from '../../../../model/observation.js';
import {
  controlsFor,
  echoesTo,
  gatewayPairs,
  type GatewayPair,
} from '../../passage/gateway-echo.js';
import { icmp, toGateway } from '../sends.js';
import { connectTo, type Caller } from './gateway-connections.js';
import type { SoFar } from './follow-up.js';

/** So many at the most; whoever is left out stays undecided. */
export const MOST_ASKED_AGAIN = 24;

export function againSteps({ topology, observations }: SoFar): ProbeStep[] {
  const seen = { observations };
  const lost = topology.parents
    .flatMap((parent) => gatewayPairs(parent, topology))
    .filter((pair) => isToAskAgain(pair, seen))
    .flatMap((pair) => {
      const control = controlsFor(pair, seen)[0]?.[0];
      const isSeen = echoesTo(pair, seen).some(({ arrived = [] }) => arrived.length > 0);
      return control === undefined ? [] : [{ ...pair, control, isSeen }];
    })
    .slice(0, MOST_ASKED_AGAIN);
  const again = lost.map(({ child, gateway }): ProbeStep => ({
    probe: 'gateway-icmp',
    ...toGateway(child, gateway),
    send: icmp(child),
    expect: 'answer',
  }));
  // Last, so that a gateway that answers a few pings a second runs dry on the control.
  const controls = new Set(lost.map(({ control }) => control));
  return [
    ...again,
    ...[...controls].map((one) => stepOf(one)),
    // A reply that came in for somebody else leaves nothing to ask.
    ...connections(lost.filter(({ isSeen }) => !isSeen).slice(0, MOST_CONNECTING)),
  ];
}

/** Silent once. If nothing was seen to leave, the stack still waits for an answer to its ARP: one lost frame may do that. */
function isToAskAgain(pair: GatewayPair, seen: Pick<SoFar, 'observations'>): boolean {
  const [first, second] = echoesTo(pair, seen);
  return first !== undefined && second === undefined && isSilent(first);
}

/** Children that also try to connect to the gateway: some gateways answer pings of a few and connections of all. */
export const MOST_CONNECTING = 6;

interface Lost extends GatewayPair {
  readonly control: Observation;
}

function connections(lost: readonly Lost[]): ProbeStep[] {
  const steps = new Map<string, ProbeStep>();
  for (const { child, gateway, control } of lost) {
    const own: Caller = { from: child.endpoint, child: child.name, send: icmp(child) };
    for (const caller of [own, callerOf(control)])
      for (const step of connectTo(gateway, child.parent, caller))
        steps.set(JSON.stringify(step), step);
  }
  return [...steps.values()];
}

function callerOf({ from, child, send }: Observation): Caller {
  const about = child === undefined ? {} : { child };
  return { from, ...about, send: send as IcmpSend };
}

function stepOf({ probe, from, to, parent, child, target, send }: ProbeStep): ProbeStep {
  const about = child === undefined ? {} : { child };
  return { probe, from, to, parent, ...about, target, send, expect: 'answer' };
}
