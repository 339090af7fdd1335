// Children whose echo alone the gateway left unanswered are asked for again: one lost frame must not be held against anybody.
import type { ProbeStep } from '../../../../model/observation.js';
import { controlsFor, echoesTo, gatewayPairs, isLostOnTheWay } from '../../passage/gateway-echo.js';
import { icmp } from '../sends.js';
import type { SoFar } from './follow-up.js';

/** So many at the most; whoever is left out stays undecided. */
export const MOST_ASKED_AGAIN = 24;

export function againSteps({ topology, observations }: SoFar): ProbeStep[] {
  const seen = { observations };
  const lost = topology.parents
    .flatMap((parent) => gatewayPairs(parent, topology))
    .filter((pair) => echoesTo(pair, seen).length === 1 && isLostOnTheWay(pair, seen))
    .flatMap((pair) => {
      const control = controlsFor(pair, seen)[0]?.[0];
      return control === undefined ? [] : [{ ...pair, control }];
    })
    .slice(0, MOST_ASKED_AGAIN);
  const again = lost.map(({ child, gateway }): ProbeStep => ({
    probe: 'gateway-icmp',
    from: child.endpoint,
    to: `gateway:${gateway}`,
    parent: child.parent,
    child: child.name,
    target: gateway,
    send: icmp(child),
    expect: 'answer',
  }));
  // Last, so that a gateway that answers a few pings a second runs dry on the control.
  const controls = new Set(lost.map(({ control }) => control));
  return [...again, ...[...controls].map((one) => stepOf(one))];
}

function stepOf({ probe, from, to, parent, child, target, send }: ProbeStep): ProbeStep {
  const about = child === undefined ? {} : { child };
  return { probe, from, to, parent, ...about, target, send, expect: 'answer' };
}
