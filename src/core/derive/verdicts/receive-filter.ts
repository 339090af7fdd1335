// What a parent's receive filter holds, against what its children need it to hold.
import type { CheckContext } from '../../../model/check.js';
import type { Child, Parent } from '../../../model/topology.js';
import { upOnes } from '../topology/parents.js';
import { hearsLan } from './reach.js';

export interface FilterLook {
  readonly parent: Parent;
  /** Children whose MAC is not let in, as far as can be seen. */
  readonly lacking: readonly Child[];
  /** Something addressed to a child did come in. */
  readonly isProven: boolean;
}

/** Children that are up and have a MAC of their own; passthru makes the parent promiscuous, or shares its MAC. */
export function filteredOnes({ children, link }: Parent): Child[] {
  return upOnes(children).filter(
    ({ mode, mac }) => mode !== 'passthru' && mac !== '' && mac !== link.address,
  );
}

export function lookAtFilter(parent: Parent, context: CheckContext): FilterLook {
  const held = new Set(parent.filter.map(({ mac }) => mac));
  const children = filteredOnes(parent);
  const isHeard = (child: Child): boolean => hearsLan(child, parent, context);
  const missing = children.filter((child) => !held.has(child.mac) && !isHeard(child));
  // Some drivers list no filter at all; without a probe an empty list says nothing.
  const isReadable = held.size > 0 || context.notProbed === undefined;
  return {
    parent,
    lacking: isReadable ? missing : [],
    isProven: missing.length === 0 && children.some((child) => isHeard(child)),
  };
}
