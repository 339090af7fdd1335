// What was seen of one child in the ARP split probe, with everything else that speaks for it.
import {
  isAnswered,
  isSilent,
  type Observation,
  type ProbeId,
} from '../../../model/observation.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { isHere } from '../probing/probe-targets.js';
import { isStrict } from '../verdicts/receive-filter.js';
import { gatewayReach } from '../verdicts/gateway-reach.js';
import { find, type Reach, type Seen } from '../verdicts/reach.js';
import type { SplitCells } from './split-verdict.js';

/** The context of a check and the state between two rounds both are one. */
export interface SeenAround extends Seen {
  readonly topology: Topology;
}

/** A child that was asked about, and whom the questions went to. */
export interface SplitLook {
  readonly child: Child;
  /** IPv4 address on the LAN. */
  readonly target: string;
  readonly cells: SplitCells;
}

/** The children of a parent that the split probe asked about, each with its last target. */
export function splitLooks(parent: Parent, seen: SeenAround): SplitLook[] {
  return parent.children.flatMap((child) => {
    const about = { parent: parent.name, child: child.name } as const;
    const target = find(seen.observations, { probe: 'split-child', ...about }).at(-1)?.target;
    return target === undefined
      ? []
      : [{ child, target, cells: cellsOf({ parent, child, target }, seen) }];
  });
}

/** What was sent and heard for one of the cells. */
export function askedIn(
  probe: ProbeId,
  { child, target }: Pick<SplitLook, 'child' | 'target'>,
  { observations }: Pick<Seen, 'observations'>,
): Observation[] {
  const about = { parent: child.parent, target } as const;
  return probe === 'split-parent'
    ? find(observations, { probe, ...about })
    : find(observations, { probe, ...about, child: child.name });
}

function cellsOf(
  look: { readonly parent: Parent; readonly child: Child; readonly target: string },
  seen: SeenAround,
): SplitCells {
  const { parent, child } = look;
  const of = (probe: ProbeId): Observation[] => askedIn(probe, look, seen);
  const sender = of('split-sender');
  const promiscuous = of('split-promiscuous');
  return {
    child: wasAnswered(child, parent, seen) ? 'answered' : reachOf(of('split-child')),
    source: reachOf(of('split-source')),
    sender: reachOf(sender),
    parent: reachOf(of('split-parent')),
    promiscuous: promiscuous.length === 0 && !isStrict(parent) ? 'needless' : reachOf(promiscuous),
    isAnsweredElsewhere: isElsewhere(sender, child),
  };
}

/** An answer from the LAN at any time of the run: no filter that would explain silence lets it through. */
export function wasAnswered(child: Child, parent: Parent, seen: SeenAround): boolean {
  return (
    gatewaysBeyond(child, parent, seen).some(
      (gateway) => gatewayReach(child, gateway, seen) === 'answered',
    ) ||
    find(seen.observations, { probe: 'split-child', child: child.name }).some((one) =>
      isAnswered(one),
    )
  );
}

/** The child's gateways that are not on this machine, where no wire would be asked. */
export function gatewaysBeyond(
  child: Child,
  parent: Parent,
  { topology }: Pick<SeenAround, 'topology'>,
): string[] {
  return child.gateways.filter((ip) => !isHere(ip, parent, topology));
}

function isElsewhere(observations: readonly Observation[], { mac }: Child): boolean {
  const replies = observations.flatMap((one) => one.replies);
  return (
    replies.length > 0 &&
    replies.every(({ ethernetDestination: to }) => to !== undefined && to !== mac)
  );
}

function reachOf(observations: readonly Observation[]): Reach {
  if (observations.some((one) => isAnswered(one))) return 'answered';
  return observations.length > 0 && observations.every((one) => isSilent(one))
    ? 'silent'
    : 'unknown';
}
