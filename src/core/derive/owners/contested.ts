// Addresses on a parent that two have, and whether somebody will have to give one up.
import type { Child, Parent, Shim } from '../../../model/topology.js';
import { awaitedOn, endangeredOn } from './hand-out.js';
import { hostAddresses, lanOwners, sharedAddresses } from './duplicates.js';
import { holdingsOf } from './holders.js';
import { upOnes } from '../topology/parents.js';
import type { Look } from './links-here.js';

export function isSharedOn(parent: Parent, look: Look): boolean {
  return (
    sharedAddresses(look).some(({ children }) =>
      children.some((one) => one.parent === parent.name),
    ) ||
    hostAddresses(parent, look).length > 0 ||
    sharedWithShims(parent).length > 0 ||
    endangeredOn(parent, look).length > 0 ||
    awaitedOn(parent, look).length > 0
  );
}

/** Addresses on a parent that somebody else was found to have as well: what is sent to one may arrive at the other. */
export function contestedOn(parent: Parent, look: Look): ReadonlySet<string> {
  const all = [
    ...lanOwners(parent, look).filter(({ standing }) => standing !== 'proxy'),
    ...sharedAddresses(look),
    ...hostAddresses(parent, look),
    ...sharedWithShims(parent),
  ];
  return new Set(all.map(({ ip }) => ip));
}

/** An address that a shim and a child of one parent both have. */
export interface SharedWithShim {
  readonly shim: Shim;
  readonly ip: string;
  readonly child: Child;
}

export function sharedWithShims({ shims, children }: Parent): SharedWithShim[] {
  return upOnes(shims).flatMap((shim) =>
    shim.addresses
      .filter(({ scope }) => scope === 'global' || scope === 'site')
      .flatMap(({ local }) =>
        children
          .filter((child) => holdingsOf(child).some(({ address }) => address.local === local))
          .map((child) => ({ shim, ip: local, child })),
      ),
  );
}
