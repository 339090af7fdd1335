// What a gateway was asked, by whom, how often, and what came back.
import type { CheckContext } from '../../../model/check.js';
import type { Evidence } from '../../../model/finding.js';
import type { Child } from '../../../model/topology.js';
import { listOf } from '../wording/victims.js';
import { counted } from '../wording/words.js';
import type { GatewayCase } from './gateway-cases.js';
import { find, tally } from './reach.js';

type AskedByChild =
  'gateway-arp-child' | 'gateway-icmp' | 'gateway-arp-again' | 'gateway-arp-control';

/** What a line of evidence looks at. */
interface Told {
  readonly one: GatewayCase;
  readonly context: CheckContext;
}

export function gatewayEvidence(one: GatewayCase, context: CheckContext): Evidence[] {
  const told = { one, context };
  return [
    ...childrenSay(told),
    { from: 'probe:gateway-arp-parent', says: parentSays(told) },
    ...answeredSay(told),
  ];
}

function asked(probe: AskedByChild, children: readonly Child[], { one, context }: Told) {
  const of = ({ name }: Child) =>
    find(context.observations, { probe, child: name, target: one.gateway });
  return tally(children.flatMap((child) => of(child)));
}

function childrenSay(told: Told): Evidence[] {
  const { gateway, silent } = told.one;
  const isOne = silent.length === 1;
  const sent = (probe: AskedByChild): number => asked(probe, silent, told).sent;
  const [arp, icmp, again] = [
    sent('gateway-arp-child'),
    sent('gateway-icmp'),
    sent('gateway-arp-again'),
  ];
  const inTheirName = `nor were ${again} more by ${isOne ? 'its true address, as its own stack' : 'their true addresses, as their own stacks'} would ask`;
  const controls = asked('gateway-arp-control', silent, told);
  const isBeside = controls.sent > 0;
  const inTurn = `nor were ${again} more, put in turn with as many by one that was answered again and again`;
  return [
    {
      from: 'probe:gateway-arp-child',
      says: `${arp} of ${arp} ARP requests for ${gateway} with the ${isOne ? 'MAC' : 'MACs'} of ${labels(silent)} were not answered`,
    },
    {
      from: 'probe:gateway-icmp',
      says: `nor were ${counted(icmp, 'echo request')} from ${isOne ? 'its own namespace' : 'their own namespaces'}`,
    },
    ...(again === 0
      ? []
      : [{ from: 'probe:gateway-arp-again', says: isBeside ? inTurn : inTheirName }]),
  ];
}

function parentSays({ one: { parent, gateway, own }, context }: Told): string {
  const { sent, rttMs } = tally(
    (['gateway-arp-parent', 'split-parent'] as const).flatMap((probe) =>
      find(context.observations, { probe, parent: parent.name, target: gateway }),
    ),
  );
  switch (own) {
    case 'answered': {
      return rttMs === undefined
        ? `to ${parent.name}'s own MAC it answers pings, and none of ${counted(sent, 'ARP probe')}`
        : `asked with ${parent.name}'s own MAC, it answered in ${rttMs.toFixed(1)} ms`;
    }
    case 'silent': {
      return `${sent} of ${sent} ARP requests with ${parent.name}'s own MAC were not answered either`;
    }
    case 'unknown': {
      return `with ${parent.name}'s own MAC it could not be asked`;
    }
  }
}

function answeredSay(told: Told): Evidence[] {
  const { answered } = told.one;
  if (answered.length === 0) return [];
  const { rttMs } = asked('gateway-arp-child', answered, told);
  const fast = rttMs === undefined ? '' : ` in ${rttMs.toFixed(1)} ms`;
  return [{ from: 'probe:gateway-arp-child', says: `${labels(answered)} got an answer${fast}` }];
}

function labels(children: readonly Child[]): string {
  return listOf(children.map(({ label }) => label));
}
