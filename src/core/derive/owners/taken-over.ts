// Whose the address of a child that is down is meanwhile: brought up, it would be the second owner.
import { isAdminUp } from '../../../model/link.js';
import type { Child, Parent } from '../../../model/topology.js';
import { ipv4Of } from '../probing/probe-targets.js';
import { holdingsOfChildren } from './holders.js';
import type { Look } from './links-here.js';

export interface TakenOver {
  readonly child: Child;
  readonly ip: string;
  /** Who answers for it now. */
  readonly owner: string;
}

/**
 * Another child of its parent that is up has it, or the host by the parent or a shim. All its addresses have to be
 * somebody's: a virtual one that several have on purpose says nothing of the child.
 */
export function takenOver(child: Child, parent: Parent, look: Look): TakenOver | undefined {
  const others = holdingsOfChildren(look)
    .filter((one) => one.child.parent === parent.name)
    .filter((one) => one.child.netns.inode !== child.netns.inode)
    .map((one) => ({ ip: one.address.local, owner: one.child.label }));
  const host = [parent, ...parent.shims]
    .filter(({ link }) => isAdminUp(link))
    .flatMap(({ name, addresses }) =>
      addresses.map(({ local }) => ({ ip: local, owner: `this host on ${name}` })),
    );
  const owners = ipv4Of(child).map((ip) => [...others, ...host].find((one) => one.ip === ip));
  const [first] = owners;
  return first === undefined || owners.includes(undefined) ? undefined : { child, ...first };
}
