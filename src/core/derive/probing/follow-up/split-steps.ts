// Which MACs get out to the LAN, and which get an answer back: the ARP split probe, then the parent's own card.
import type { ProbeId, ProbeStep } from '../../../../model/observation.js';
import type { Child, Parent } from '../../../../model/topology.js';
import {
  wantsSender,
  splitCandidates,
  type SplitCandidate,
} from '../../upstream/split-candidates.js';
import { askedIn, splitLooks, type SplitLook } from '../../upstream/split-cells.js';
import { mayBeTheCard } from '../../upstream/split-verdict.js';
import { find } from '../../verdicts/reach.js';
import { arp, senderFacing } from '../sends.js';
import { besideSteps } from './beside-steps.js';
import type { SoFar } from './follow-up.js';

/** Once for each parent on which somebody was silent; the card is asked in the round after, where it may be at fault. */
export function splitSteps(soFar: SoFar): ProbeStep[] {
  return soFar.topology.parents.flatMap((parent) => {
    const isAsked = find(soFar.observations, { probe: 'split-child', parent: parent.name }).length;
    if (isAsked > 0) return cardSteps(parent, soFar);
    // Of whom others were answered, only those are asked about that were not left out by chance.
    const beside = besideSteps(parent, soFar);
    return beside.length > 0 ? beside : quartets(parent, soFar);
  });
}

/** Each child's three in a row, and the parent's own once per machine that is asked: all in one moment. */
function quartets(parent: Parent, soFar: SoFar): ProbeStep[] {
  const candidates = splitCandidates(parent, soFar);
  const own = parent.link.address ?? '';
  const targets = new Map(candidates.map((candidate) => [candidate.target, candidate]));
  // Some machines answer no probe without a sender. Whoever asks by its own address teaches nobody anything wrong.
  const named = new Set([...targets.keys()].filter((target) => wantsSender(parent, target, soFar)));
  return [
    ...candidates.flatMap((one) => [
      ask('split-child', parent, one, { source: one.child.mac, sender: one.child.mac, named }),
      ask('split-source', parent, one, { source: one.child.mac, sender: own, named }),
      ask('split-sender', parent, one, { source: own, sender: one.child.mac, named }),
    ]),
    ...[...targets.values()].map(({ target, isGateway }) =>
      ask('split-parent', parent, { target, isGateway }, { source: own, sender: own, named }),
    ),
  ];
}

function cardSteps(parent: Parent, soFar: SoFar): ProbeStep[] {
  return splitLooks(parent, soFar)
    .filter(({ cells }) => cells.promiscuous === 'unknown' && mayBeTheCard(cells))
    .filter((look) => !isCardAsked(look, soFar))
    .flatMap((look) => askedIn('split-child', look, soFar).slice(-1))
    .map((asked): ProbeStep => {
      const { from, to, child, target, send } = asked;
      const about = {
        from,
        to,
        parent: parent.name,
        ...(child !== undefined && { child }),
        target,
      };
      const again = send.kind === 'arp' ? { ...send, isPromiscuous: true } : send;
      return { probe: 'split-promiscuous', ...about, send: again, expect: 'answer' };
    });
}

function isCardAsked({ child }: SplitLook, { observations }: SoFar): boolean {
  return find(observations, { probe: 'split-promiscuous', child: child.name }).length > 0;
}

interface Asker {
  readonly source: string;
  readonly sender: string;
  /** Machines that are told the sender's own address too. */
  readonly named: ReadonlySet<string>;
}

function ask(
  probe: ProbeId,
  parent: Parent,
  { child, target, isGateway }: Omit<SplitCandidate, 'child'> & { readonly child?: Child },
  { source, sender, named }: Asker,
): ProbeStep {
  const owner = child?.mac === sender ? child : parent;
  const senderIp = named.has(target) ? senderFacing(owner, target) : undefined;
  return {
    probe,
    from: child?.endpoint ?? 'host',
    to: `${isGateway ? 'gateway' : 'lan'}:${target}`,
    parent: parent.name,
    ...(child === undefined ? {} : { child: child.name }),
    target,
    send: {
      ...arp(parent, sender),
      ethernetSource: source,
      ...(senderIp !== undefined && { senderIp }),
    },
    expect: 'answer',
  };
}
