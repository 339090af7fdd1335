// A shim that exists, as configuration would have to describe it.
import { parseCidr } from '../derive/addressing/subnets.js';
import type { Shim } from '../../model/topology.js';
import type { ShimSpec } from './persist/shim-spec.js';

/** Its own addresses and what leaves by it; what the kernel adds by itself (local, link-local, connected) left out. */
export function specOf(shim: Shim): ShimSpec {
  const addresses = shim.addresses.filter((address) => address.scope === 'global');
  const routes = shim.routes.filter(
    ({ table, type, protocol, gateway }) =>
      table === 'main' &&
      type === 'unicast' &&
      protocol !== 'kernel' &&
      protocol !== 'ra' &&
      gateway === undefined,
  );
  return {
    name: shim.name,
    parent: shim.parent,
    mode: shim.mode,
    addresses: addresses.map(({ local, prefixlen }) => `${local}/${prefixlen.toString()}`),
    destinations: routes.flatMap((route) => parseCidr(route.dst)?.text ?? []),
  };
}
