// Children that a gateway left unanswered while it answered others: asked once more, each beside one that was answered.
import {
  isAnswered,
  isSilent,
  type ProbeId,
  type ProbeStep,
} from '../../../../model/observation.js';
import type { Child, Parent } from '../../../../model/topology.js';
import { gatewayPairs } from '../../passage/gateway-echo.js';
import { gatewayReach } from '../../verdicts/gateway-reach.js';
import { find } from '../../verdicts/reach.js';
import { groupBy } from '../../wording/victims.js';
import { arp } from '../sends.js';
import type { SoFar } from './follow-up.js';

/** Per gateway: a handful shows the pattern, and each takes a quarter of a second. */
const MOST_BESIDE = 6;

/**
 * A gateway, or a switch, that answers only so many questions a second leaves some of a hundred unanswered, whoever they
 * are. So the silent ones are asked alone, slowly and in turn with the control: silence means something only while that
 * one is answered (verdicts/beside.ts).
 */
export function besideSteps(parent: Parent, soFar: SoFar): ProbeStep[] {
  return groupBy(gatewayPairs(parent, soFar.topology), ({ gateway }) => gateway).flatMap(
    ([gateway, pairs]) => {
      const probe = 'gateway-arp-again';
      if (find(soFar.observations, { probe, parent: parent.name, target: gateway }).length > 0)
        return [];
      const users = pairs.map(({ child }) => child);
      const control = users.find((child) => isHeard(child, gateway, soFar));
      if (control === undefined) return [];
      return users
        .filter((child) => isLeftOut(child, gateway, soFar))
        .slice(0, MOST_BESIDE)
        .flatMap((child) => [
          ask(probe, { about: child, asker: child }, parent, gateway),
          ask('gateway-arp-control', { about: child, asker: control }, parent, gateway),
        ]);
    },
  );
}

function firstAsked(child: Child, gateway: string, { observations }: SoFar) {
  return find(observations, { probe: 'gateway-arp-child', child: child.name, target: gateway });
}

function isHeard(child: Child, gateway: string, soFar: SoFar): boolean {
  return firstAsked(child, gateway, soFar).some((one) => isAnswered(one));
}

function isLeftOut(child: Child, gateway: string, soFar: SoFar): boolean {
  const isSent = firstAsked(child, gateway, soFar).some((one) => isSilent(one));
  return isSent && gatewayReach(child, gateway, soFar) === 'silent';
}

function ask(
  probe: ProbeId,
  { about, asker }: { readonly about: Child; readonly asker: Child },
  parent: Parent,
  gateway: string,
): ProbeStep {
  return {
    probe,
    from: asker.endpoint,
    to: `gateway:${gateway}`,
    parent: parent.name,
    child: about.name,
    target: gateway,
    send: arp(parent, asker.mac),
    expect: 'answer',
  };
}
