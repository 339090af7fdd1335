// Each gateway of a parent's children, with who was answered: one case per gateway, however many share it.
import type { CheckContext } from '../../../model/check.js';
import type { Evidence } from '../../../model/finding.js';
import { isUnresolved } from '../../../model/neighbour.js';
import {
  isAnswered,
  isSilent,
  type Observation,
  type ProbeId,
} from '../../../model/observation.js';
import type { Child, Parent } from '../../../model/topology.js';
import { gatewayPairs } from '../passage/gateway-echo.js';
import { errorsOf, find, gatewayReach, parentGatewayReach, tally, type Reach } from './reach.js';
import { groupBy, listOf } from '../wording/victims.js';
import { counted } from '../wording/words.js';

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
      (isMute ? 'it answers neither ARP probes nor pings of anybody' : 'nothing was sent'),
  };
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

function knewMac({ neighbours }: Child, gateway: string): boolean {
  return neighbours.some(
    (entry) => entry.dst === gateway && entry.lladdr !== undefined && !isUnresolved(entry),
  );
}

/** What was asked of the gateway, by whom, how often, and what came back. */
export function gatewayEvidence(
  { parent, gateway, silent, answered, own }: GatewayCase,
  context: CheckContext,
): Evidence[] {
  const { observations } = context;
  const asked = (children: readonly Child[], probe: 'gateway-arp-child' | 'gateway-icmp') =>
    tally(
      children.flatMap(({ name }) => find(observations, { probe, child: name, target: gateway })),
    );
  const arp = asked(silent, 'gateway-arp-child').sent;
  const icmp = asked(silent, 'gateway-icmp').sent;
  const heard = asked(answered, 'gateway-arp-child').rttMs;
  const about = { parent: parent.name, target: gateway } as const;
  const byParent = tally(
    (['gateway-arp-parent', 'split-parent'] as const).flatMap((probe) =>
      find(observations, { probe, ...about }),
    ),
  );
  const parentSays = {
    answered:
      byParent.rttMs === undefined
        ? `to ${parent.name}'s own MAC it answers pings, and none of ${counted(byParent.sent, 'ARP probe')}`
        : `asked with ${parent.name}'s own MAC, it answered in ${byParent.rttMs.toFixed(1)} ms`,
    silent: `${byParent.sent} of ${byParent.sent} ARP requests with ${parent.name}'s own MAC were not answered either`,
    unknown: `with ${parent.name}'s own MAC it could not be asked`,
  };
  return [
    {
      from: 'probe:gateway-arp-child',
      says: `${arp} of ${arp} ARP requests for ${gateway} with the ${silent.length === 1 ? 'MAC' : 'MACs'} of ${labels(silent)} were not answered`,
    },
    {
      from: 'probe:gateway-icmp',
      says: `nor were ${counted(icmp, 'echo request')} from ${silent.length === 1 ? 'its own namespace' : 'their own namespaces'}`,
    },
    { from: 'probe:gateway-arp-parent', says: parentSays[own] },
    ...(answered.length === 0
      ? []
      : [
          {
            from: 'probe:gateway-arp-child',
            says: `${labels(answered)} got an answer${heard === undefined ? '' : ` in ${heard.toFixed(1)} ms`}`,
          },
        ]),
  ];
}

function labels(children: readonly Child[]): string {
  return listOf(children.map(({ label }) => label));
}
