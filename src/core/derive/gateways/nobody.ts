// Gateways that nobody answers for, while the router that the host itself uses does answer in the same place.
import type { CheckContext } from '../../../model/check.js';
import type { Evidence, Undecided } from '../../../model/finding.js';
import type { Child, Parent } from '../../../model/topology.js';
import { isProbeable } from '../probing/probe-targets.js';
import { gatewayReach } from '../verdicts/gateway-reach.js';
import { errorsOf, find, tally } from '../verdicts/reach.js';
import { aboutGateway, listOf } from '../wording/victims.js';
import { counted } from '../wording/words.js';
import { macsAt, reachByParent } from './answers.js';
import { betterGateway } from './backup.js';
import { forwards, relaysOf, suspectOf, type Suspect } from './forwarding.js';
import { otherGateways, type OtherGateway } from './host-gateways.js';
import { otherTakers } from './other-takers.js';
import { howToAsk } from '../wording/how-to-ask.js';

export interface Nobody extends OtherGateway {
  readonly evidence: readonly Evidence[];
}

/** Both were asked with the parent's own MAC, so a filter of MACs is out of the question. */
export function nobodyThere(parent: Parent, context: CheckContext): Nobody[] {
  return othersOn(parent, context)
    .filter(
      ({ gateway, own, users }) =>
        users.every((child) => gatewayReach(child, gateway, context) === 'silent') &&
        reachByParent(parent, gateway, context) === 'silent' &&
        reachByParent(parent, own, context) === 'answered',
    )
    .map((one) => ({ ...one, users: one.users.filter((child) => isCutOff(child, one, context)) }))
    .filter(({ users }) => users.length > 0)
    .map((one) => ({ ...one, evidence: evidenceFor(one, context) }));
}

/** It has no better gateway that answers. */
function isCutOff(child: Child, { gateway }: OtherGateway, context: CheckContext): boolean {
  return betterGateway(child, gateway, context) === undefined;
}

export function othersOn(parent: Parent, { topology }: Pick<CheckContext, 'topology'>) {
  const children = parent.children.filter((child: Child) => isProbeable(child));
  return otherGateways(parent, children, topology);
}

function evidenceFor({ parent, gateway, own }: OtherGateway, context: CheckContext): Evidence[] {
  const asked = (probe: 'gateway-arp-child' | 'gateway-arp-parent') =>
    tally(find(context.observations, { probe, parent: parent.name, target: gateway })).sent;
  const [byChildren, byParent] = [asked('gateway-arp-child'), asked('gateway-arp-parent')];
  const heard = tally(
    (['host-gateway-arp', 'gateway-arp-parent'] as const).flatMap((probe) =>
      find(context.observations, { probe, parent: parent.name, target: own }),
    ),
  );
  const fast = heard.rttMs === undefined ? '' : ` in ${heard.rttMs.toFixed(1)} ms`;
  return [
    {
      from: 'probe:gateway-arp-parent',
      says: `${counted(byParent, 'ARP request')} for ${gateway} with ${parent.name}'s own MAC and ${byChildren} with MACs of children were not answered`,
    },
    {
      from: 'probe:host-gateway-arp',
      says: `${own}, asked for by ARP on ${parent.name}, answered${fast} (${macsAt(parent, own, context).join(', ')})`,
    },
    { from: 'routes', says: `the default route of this host goes by ${own}` },
  ];
}

/** Gateways that nobody could be asked about, and those that something kept from being tried. */
export function undecidedGateways(parent: Parent, context: CheckContext): Undecided[] {
  return othersOn(parent, context).flatMap((other) => {
    const why = context.notProbed ?? whyUntried(other, context);
    if (why === undefined) return [];
    const { gateway, own } = other;
    const reason = `the children's gateway ${gateway} is not the one that this host uses (${own}), and whether it is a router was not seen: ${why}${howToAsk(context)}`;
    return [{ ...aboutGateway(gateway, parent), reason }];
  });
}

function whyUntried(other: OtherGateway, context: CheckContext): string | undefined {
  const { parent, gateway } = other;
  const suspect = suspectOf(other, context);
  if (suspect === undefined) {
    const asked = { probe: 'gateway-arp-parent', parent: parent.name, target: gateway } as const;
    return errorsOf(find(context.observations, asked))[0];
  }
  return errorsOf(relaysOf(suspect, context).relayed)[0] ?? whyOpen(suspect, context);
}

function whyOpen(suspect: Suspect, context: CheckContext): string | undefined {
  const { sourceIp, gateway, own } = suspect;
  const state = forwards(suspect, context);
  if (state === 'unproven') {
    return `packets for ${own} that it was handed came to nothing, but ${own} answers none that are sent to it directly either`;
  }
  if (state !== 'unheard') return undefined;
  const takers = listOf(otherTakers(suspect, context.topology));
  return `packets for ${own} that it was handed came to nothing, but ${gateway} itself did not answer either: its answers may go to ${takers} of this host, where ARP for ${sourceIp} is answered as well`;
}
