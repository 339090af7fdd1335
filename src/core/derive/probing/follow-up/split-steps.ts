// Which MACs get out to the LAN, and which get an answer back: the ARP split probe, then the parent's own card.
import type { ProbeId, ProbeStep } from '../../../../model/observation.js';
import type { Child, Parent } from '../../../../model/topology.js';
import { splitCandidates, type SplitCandidate } from '../../upstream/split-candidates.js';
import { splitLooks, type SplitLook } from '../../upstream/split-cells.js';
import { mayBeTheCard } from '../../upstream/split-verdict.js';
import { find } from '../../verdicts/reach.js';
import { arp } from '../sends.js';
import type { SoFar } from './follow-up.js';

/** Once for each parent on which somebody was silent; the card is asked in the round after, where it may be at fault. */
export function splitSteps(soFar: SoFar): ProbeStep[] {
  return soFar.topology.parents.flatMap((parent) => {
    const isAsked = find(soFar.observations, { probe: 'split-child', parent: parent.name }).length;
    return isAsked === 0 ? quartets(parent, soFar) : cardSteps(parent, soFar);
  });
}

/** Each child's three in a row, and the parent's own once per machine that is asked: all in one moment. */
function quartets(parent: Parent, soFar: SoFar): ProbeStep[] {
  const candidates = splitCandidates(parent, soFar);
  const own = parent.link.address ?? '';
  const targets = new Map(candidates.map((candidate) => [candidate.target, candidate]));
  return [
    ...candidates.flatMap((one) => [
      ask('split-child', parent, one, { source: one.child.mac, sender: one.child.mac }),
      ask('split-source', parent, one, { source: one.child.mac, sender: own }),
      ask('split-sender', parent, one, { source: own, sender: one.child.mac }),
    ]),
    ...[...targets.values()].map(({ target, isGateway }) =>
      ask('split-parent', parent, { target, isGateway }, { source: own, sender: own }),
    ),
  ];
}

function cardSteps(parent: Parent, soFar: SoFar): ProbeStep[] {
  return splitLooks(parent, soFar)
    .filter(({ cells }) => cells.promiscuous === 'unknown' && mayBeTheCard(cells))
    .filter((look) => !isCardAsked(look, soFar))
    .map(({ child, target }): ProbeStep => {
      const isGateway = child.gateways.includes(target);
      const macs = { source: child.mac, sender: child.mac };
      const step = ask('split-promiscuous', parent, { child, target, isGateway }, macs);
      return { ...step, send: { ...arp(parent, child.mac), isPromiscuous: true } };
    });
}

function isCardAsked({ child }: SplitLook, { observations }: SoFar): boolean {
  return find(observations, { probe: 'split-promiscuous', child: child.name }).length > 0;
}

function ask(
  probe: ProbeId,
  parent: Parent,
  { child, target, isGateway }: Omit<SplitCandidate, 'child'> & { readonly child?: Child },
  { source, sender }: { readonly source: string; readonly sender: string },
): ProbeStep {
  return {
    probe,
    from: child?.endpoint ?? 'host',
    to: `${isGateway ? 'gateway' : 'lan'}:${target}`,
    parent: parent.name,
    ...(child === undefined ? {} : { child: child.name }),
    target,
    send: { ...arp(parent, sender), ethernetSource: source },
    expect: 'answer',
  };
}
