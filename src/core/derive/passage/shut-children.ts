// Children with a packet filter of their own in the way, each told of once.
import type { Child, Parent, Topology } from '../../../model/topology.js';
import type { Seen } from '../verdicts/reach.js';
import { closedChildren, type ClosedChild } from './closed-child.js';
import { muteChildren, whyMute, type MuteChild } from './mute-child.js';

export interface ShutChildren {
  readonly closed: readonly ClosedChild[];
  readonly mute: readonly MuteChild[];
  readonly open: readonly { readonly child: Child; readonly reason: string }[];
}

/** A child that cannot ask for a MAC has nothing else to explain. */
export function shutChildren(
  parents: readonly Parent[],
  topology: Topology,
  seen: Seen,
): ShutChildren {
  const mute = parents.flatMap((parent) => muteChildren(parent, topology, seen));
  const verdicts = parents.map((parent) => closedChildren(parent, topology, seen));
  const children = new Set(mute.map(({ child }) => child));
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
