// Whether somebody on a parent will have to give an address up, by the inventory alone.
import type { Parent } from '../../../model/topology.js';
import { hostAddresses, sharedAddresses } from './duplicates.js';
import { holdingsOf } from './holders.js';
import type { Look } from './links-here.js';

export function isSharedOn(parent: Parent, look: Look): boolean {
  return (
    sharedAddresses(look).some(({ children }) =>
      children.some((one) => one.parent === parent.name),
    ) ||
    hostAddresses(parent, look).length > 0 ||
    sharedWithShims(parent).length > 0
  );
}

/** An address that a shim and a child of one parent both have. */
export interface SharedWithShim {
  readonly shim: string;
  readonly ip: string;
  readonly child: string;
}

export function sharedWithShims({ shims, children }: Parent): SharedWithShim[] {
  return shims.flatMap((shim) =>
    shim.addresses
      .filter(({ scope }) => scope === 'global' || scope === 'site')
      .flatMap(({ local }) =>
        children
          .filter((child) => holdingsOf(child).some(({ address }) => address.local === local))
          .map((child) => ({ shim: shim.name, ip: local, child: child.label })),
      ),
  );
}
