// Each gateway of a parent's children, with who was answered: one case per gateway, however many share it.
import type { CheckContext } from '../../../model/check.js';
import {
  isAnswered,
  isSilent,
  type Observation,
  type ProbeId,
} from '../../../model/observation.js';
import type { Child, Parent } from '../../../model/topology.js';
import { gatewayPairs } from '../passage/gateway-echo.js';
import { gatewayReach, hasFixedEntry, knewMac } from './gateway-reach.js';
import { errorsOf, find, parentGatewayReach, type Reach } from './reach.js';
import { groupBy } from '../wording/victims.js';

export interface GatewayCase {
  readonly parent: Parent;
  readonly gateway: string;
  readonly answered: readonly Child[];
  readonly silent: readonly Child[];
  readonly unknown: readonly Child[];
  /** The same question with the parent's own MAC. */
  readonly own: Reach;
  /** Why the unknown ones are. */
  readonly why: string;
}

/**
 * IPv4 gateways on the wire that children have a neighbour's way to. One that lives on this machine, on the host or behind
 * the parent, never hears the question by the wire and is no case; nor is one outside the child's subnet.
 */
export function gatewayCases(parent: Parent, context: CheckContext): GatewayCase[] {
  const pairs = gatewayPairs(parent, context.topology);
  return groupBy(pairs, ({ gateway }) => gateway).map(([gateway, users]) =>
    caseOf(parent, gateway, { children: users.map(({ child }) => child), context }),
  );
}

function caseOf(
  parent: Parent,
  gateway: string,
  { children, context }: { readonly children: readonly Child[]; readonly context: CheckContext },
): GatewayCase {
  const isMute = answersNoProbes(parent, gateway, context);
  const reaches = children.map((child) => {
    const reach = gatewayReach(child, gateway, context);
    const isOpen = reach === 'silent' && isMute && knewMac(child, gateway);
    return { child, reach: isOpen ? ('unknown' as const) : reach };
  });
  const those = (wanted: Reach): Child[] =>
    reaches.filter(({ reach }) => reach === wanted).map(({ child }) => child);
  const asked = children.flatMap(({ name }) =>
    (['gateway-arp-child', 'gateway-icmp'] as const).flatMap((probe) =>
      find(context.observations, { probe, child: name, target: gateway }),
    ),
  );
  return {
    parent,
    gateway,
    answered: those('answered'),
    silent: those('silent'),
    unknown: those('unknown'),
    own: parentGatewayReach(parent, gateway, context),
    why:
      context.notProbed ??
      errorsOf(asked)[0] ??
      (asked.length === 0 ? 'nothing was sent' : whyOpen(children, gateway, isMute)),
  };
}

function whyOpen(children: readonly Child[], gateway: string, isMute: boolean): string {
  if (children.some((child) => hasFixedEntry(child, gateway))) {
    return 'it answers neither ARP nor pings of anybody, and who has a fixed entry for it (PERMANENT) needs no answer to ARP; something beyond it that answers tells whether it passes packets on';
  }
  const what = 'it answers neither ARP probes nor pings of anybody';
  return isMute ? what : `${what}, and who knows its MAC had no need to ask for it`;
}

/**
 * It answered while the host's own stack asked for its MAC, and a moment later no probe of the parent: it ignores ARP
 * probes, and pings as well. Then nobody's silence proves anything who had no need to ask.
 */
function answersNoProbes(parent: Parent, gateway: string, { observations }: CheckContext): boolean {
  const of = (probe: ProbeId): Observation[] =>
    find(observations, { probe, parent: parent.name, target: gateway });
  const probes = of('split-parent');
  const echoes = [...of('gateway-icmp'), ...of('gateway-icmp-parent')];
  return (
    of('gateway-arp-parent').some((one) => isAnswered(one)) &&
    probes.length > 0 &&
    probes.every((one) => isSilent(one)) &&
    !echoes.some((one) => isAnswered(one))
  );
}
