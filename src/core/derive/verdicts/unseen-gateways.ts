// Gateways behind the parent whose machine is out of sight: a virtual machine behind a macvtap, most of all.
import type { CheckContext } from '../../../model/check.js';
import { isSilent } from '../../../model/observation.js';
import type { Child, Parent } from '../../../model/topology.js';
import type { GatewayPair } from '../passage/gateway-echo.js';
import { isOnLink, isProbeable, ownersOn, unseenOwnersOn } from '../probing/probe-targets.js';
import { groupBy } from '../wording/victims.js';
import { gatewayReach } from './gateway-reach.js';
import { find, type Seen } from './reach.js';

/** Children with each gateway of theirs that such a machine has. */
export function unseenGateways(parent: Parent): GatewayPair[] {
  return parent.children
    .filter((child) => isProbeable(child))
    .flatMap((child) =>
      child.gateways
        .filter((ip) => unseenOwnersOn(parent).has(ip) && !ownersOn(parent).has(ip))
        .filter((ip) => isOnLink(child, ip))
        .map((gateway) => ({ child, gateway })),
    );
}

/** Its ping was sent, and nothing else that it asked was answered either. */
export function isUnheard(
  { child, gateway }: GatewayPair,
  seen: Pick<Seen, 'observations' | 'facts'>,
): boolean {
  const asked = find(seen.observations, {
    probe: 'gateway-icmp',
    child: child.name,
    target: gateway,
  });
  const isSent = asked.length > 0 && asked.every((one) => isSilent(one));
  return isSent && gatewayReach(child, gateway, seen) !== 'answered';
}

/** One that nobody got an answer from: it may be off, or one of those that answer no pings. */
export interface UnseenGateway {
  readonly gateway: string;
  readonly children: readonly Child[];
  readonly why: string;
}

export function mutedOutOfSight(parent: Parent, context: CheckContext): UnseenGateway[] {
  return groupBy(unseenGateways(parent), ({ gateway }) => gateway).flatMap(([gateway, pairs]) => {
    if (!pairs.every((pair) => isUnheard(pair, context))) return [];
    const mac = unseenOwnersOn(parent).get(gateway) ?? '';
    const tap = parent.children.find((child) => child.isTap && child.mac === mac);
    const owner =
      tap === undefined
        ? `a link on ${parent.name} that could not be looked into`
        : `the virtual machine behind ${tap.label}`;
    const tried = { probe: 'service-tcp', parent: parent.name, target: gateway } as const;
    const what = find(context.observations, tried).some((one) => isSilent(one))
      ? 'pings and connections'
      : 'pings';
    const why = `it is ${owner} (${mac}), which ${parent.name} itself can ask nothing, and it answers no ${what} of theirs; whether it is on can be seen inside it`;
    return [{ gateway, children: pairs.map(({ child }) => child), why }];
  });
}
