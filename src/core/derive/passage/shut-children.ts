// Children with a packet filter of their own in the way, each told of once.
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { lostInside } from '../verdicts/lost-inside.js';
import type { Seen } from '../verdicts/reach.js';
import { closedChildren, type ClosedChild } from './closed-child.js';
import { muteChildren, whyMute, type MuteChild } from './mute-child.js';

export interface ShutChildren {
  readonly closed: readonly ClosedChild[];
  readonly mute: readonly MuteChild[];
  readonly open: readonly { readonly child: Child; readonly reason: string }[];
}

/**
 * A child that cannot ask for a MAC has nothing else to explain; nor has one that gets nothing at all of what its parent
 * takes in for it, which is nic-unicast-filter's matter: what siblings send passes the parent's own rules as well.
 */
export function shutChildren(
  parents: readonly Parent[],
  topology: Topology,
  seen: Seen,
): ShutChildren {
  const mute = parents.flatMap((parent) => muteChildren(parent, topology, seen));
  const verdicts = parents.map((parent) => closedChildren(parent, topology, seen));
  const lost = parents.flatMap((parent) => lostInside(parent, seen));
  const children = new Set([...mute, ...lost].map(({ child }) => child));
  const isOther = ({ child }: { readonly child: Child }): boolean => !children.has(child);
  return {
    closed: verdicts.flatMap(({ closed }) => closed).filter((one) => isOther(one)),
    mute: mute.filter(({ rules }) => rules.length > 0),
    open: [
      ...verdicts.flatMap(({ open }) => open).filter((one) => isOther(one)),
      ...mute
        .filter(({ rules }) => rules.length === 0)
        .map((one) => ({ child: one.child, reason: whyMute(one) })),
    ],
  };
}
