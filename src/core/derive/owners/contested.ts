// Whether somebody on a parent will have to give an address up, by the inventory alone.
import type { Child, Parent, Shim } from '../../../model/topology.js';
import { awaitedOn, endangeredOn } from './hand-out.js';
import { hostAddresses, sharedAddresses } from './duplicates.js';
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
