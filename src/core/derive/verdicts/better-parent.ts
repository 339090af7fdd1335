// Which link a runtime network should name as its parent when the one that it names is not there.
import { addressesOn, contentOf } from '../topology/content.js';
import { overlapsAny, subnetsOf } from '../addressing/on-link.js';
import { isAdminUp, isMacvlanKind, type Link } from '../../../model/link.js';
import type { RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Topology } from '../../../model/topology.js';
import { listOf } from '../wording/victims.js';

export interface BetterParent {
  readonly name: string;
  /** The network's own children are on it: the missing link goes on under this name. */
  readonly isRenamed: boolean;
  /** What speaks for it: `has an address in 192.0.2.0/24`. */
  readonly because: string;
}

/** Devices that engines and hypervisors make for themselves: nobody means them as a parent. */
const INTERNAL = /^(?:veth|docker|br-[\da-f]{12}$|virbr|cni|flannel|tap|vnet|lxc|podman)/u;

/** Links that could carry macvlan, up and free. */
export function parentCandidates(topology: Topology): Link[] {
  return contentOf(topology.host).links.filter(
    (link) =>
      link.link_type === 'ether' &&
      isAdminUp(link) &&
      link.master === undefined &&
      !isMacvlanKind(link) &&
      !INTERNAL.test(link.ifname),
  );
}

/** ifname of the device that the IPv4 default route leaves by. */
export function defaultRouteDevice({ host }: Topology): string | undefined {
  return contentOf(host).routes.find(
    ({ dst, family, table }) => dst === 'default' && family === 'inet' && table === 'main',
  )?.dev;
}

/** Where its children are; else the link with its subnet; else the one with the default route. */
export function betterParent(
  network: RuntimeNetwork,
  topology: Topology,
): BetterParent | undefined {
  const holders = topology.parents.filter(({ children }) =>
    children.some((child) => child.network?.id === network.id),
  );
  const [holder] = holders;
  if (holder !== undefined && holders.length === 1) {
    return { name: holder.name, isRenamed: true, because: 'carries its containers now' };
  }
  const candidates = parentCandidates(topology).map(({ ifname }) => ifname);
  const pools = network.pools.map(({ subnet }) => subnet);
  const at = (name: string): string[] => subnetsOf(addressesOn(contentOf(topology.host), name));
  const byRoute = candidates.find((name) => name === defaultRouteDevice(topology));
  const inSubnet = candidates.filter((name) => at(name).some((net) => overlapsAny(net, pools)));
  if (byRoute !== undefined && (inSubnet.length !== 1 || inSubnet.includes(byRoute))) {
    const isStranger = at(byRoute).length > 0 && !inSubnet.includes(byRoute) && pools.length > 0;
    const though = isStranger ? `, though no address in ${listOf(pools)}` : '';
    return {
      name: byRoute,
      isRenamed: false,
      because: `is the one with the default route${though}`,
    };
  }
  const [only] = inSubnet;
  return only === undefined || inSubnet.length > 1
    ? undefined
    : { name: only, isRenamed: false, because: `has an address in ${listOf(pools)}` };
}
