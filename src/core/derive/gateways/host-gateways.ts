// The routers that this host itself uses: on the same LAN they are what a child's gateway is held against.
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { contains, networkOf } from '../addressing/subnets.js';
import { isHere, isOnLink, ownersOn } from '../probing/probe-targets.js';
import { contentOf } from '../topology/content.js';

/** So many are asked for on one parent. */
export const MOST_HOST_GATEWAYS = 2;

/** IPv4 next hops of the host's default routes, whichever link they leave by, the preferred one first. */
function hostGateways({ host }: Pick<Topology, 'host'>): string[] {
  const { routes } = contentOf(host);
  const ways = routes
    .filter(({ family, type, dst }) => family === 'inet' && type === 'unicast' && dst === 'default')
    .toSorted((a, b) => (a.metric ?? 0) - (b.metric ?? 0))
    .flatMap(({ gateway, nexthops }) => [gateway, ...(nexthops ?? []).map((hop) => hop.gateway)]);
  return [...new Set(ways.flatMap((gateway) => gateway ?? []))];
}

/**
 * Those of them that one of these children could ask for by ARP. The host may use them by another link of its own: two
 * cards on one LAN are common.
 */
export function hostGatewaysNear(
  parent: Parent,
  children: readonly Child[],
  topology: Pick<Topology, 'host'>,
): string[] {
  const owners = ownersOn(parent);
  return hostGateways(topology)
    .filter((ip) => !owners.has(ip) && children.some((child) => isOnLink(child, ip)))
    .slice(0, MOST_HOST_GATEWAYS);
}

/** Those of them that the host can ask for by the parent, whether its addresses are there or on a shim. */
export function hostGatewaysOn(parent: Parent, topology: Pick<Topology, 'host'>): string[] {
  const owners = ownersOn(parent);
  const subnets = [parent, ...parent.shims]
    .flatMap(({ addresses }) => addresses)
    .filter(({ family, scope }) => family === 'inet' && scope === 'global')
    .map(({ local, prefixlen }) => networkOf(local, prefixlen));
  return hostGateways(topology)
    .filter((ip) => !owners.has(ip) && subnets.some((subnet) => contains(subnet, ip)))
    .slice(0, MOST_HOST_GATEWAYS);
}

/** A gateway of children that the host does not use, and the one that it does use in their subnet. */
export interface OtherGateway {
  readonly parent: Parent;
  readonly gateway: string;
  readonly users: readonly Child[];
  /** The host's own. */
  readonly own: string;
}

/** None of them lives on this machine. */
export function otherGateways(
  parent: Parent,
  children: readonly Child[],
  topology: Pick<Topology, 'host'>,
): OtherGateway[] {
  const used = new Set(hostGateways(topology));
  const gateways = [...new Set(children.flatMap((child) => child.gateways))];
  return gateways
    .filter((gateway) => !used.has(gateway) && !isHere(gateway, parent, topology))
    .flatMap((gateway) => {
      const users = children.filter(
        (child) => child.gateways.includes(gateway) && isOnLink(child, gateway),
      );
      const [own] = hostGatewaysNear(parent, users, topology);
      return own === undefined ? [] : [{ parent, gateway, users, own }];
    });
}
