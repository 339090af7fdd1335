// Children and networks on a subnet that the host does not have on their parent, and whether anybody answers there.
import { contentOf } from '../topology/content.js';
import { isAnswered, type Observation } from '../../../model/observation.js';
import type { RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { directRoutes, hasIpv4, hostSubnetsOn, ipv4, overlapsAny } from './on-link.js';
import { ownersOn } from '../probing/probe-targets.js';
import { gatewayReach } from '../verdicts/gateway-reach.js';
import { find, neighboursAfter, siblingReach, type Reach, type Seen } from '../verdicts/reach.js';
import { contains, ipv4FromNumber, networkOf, usableRange } from './subnets.js';

/** None on a parent where the host has no subnet of its own: there is nothing to compare with. */
export function strangersOn(parent: Parent, { host }: Topology): readonly Child[] {
  const wire = wireOf(parent, host);
  if (wire === undefined) return [];
  return parent.children.filter(
    (child) =>
      hasIpv4(child) &&
      child.network?.isInternal !== true &&
      !ipv4(child).some(({ local, prefixlen }) => overlapsAny(networkOf(local, prefixlen), wire)),
  );
}

/** What the host takes for the wire of a parent; undefined where it has no subnet of its own there. */
function wireOf(parent: Parent, host: Topology['host']): readonly string[] | undefined {
  const own = hostSubnetsOn(parent);
  if (own.length === 0) return undefined;
  const direct = contentOf(host).routes.filter(({ dev }) => dev === parent.name);
  return [...own, ...directRoutes(direct)];
}

/** The subnet of its first address. */
export function subnetOf(child: Child): string {
  const first = ipv4(child)[0];
  return first === undefined ? '' : networkOf(first.local, first.prefixlen);
}

/** Most subnets of strangers that are asked about per parent. */
const MOST_SUBNETS = 4;

/** Who could tell whether the wire carries the subnets of strangers that name no gateway, and of networks without anybody. */
export function routersToTry(parent: Parent, topology: Topology): string[] {
  const lost = strangersOn(parent, topology).filter(({ gateways }) => gateways.length === 0);
  const subnets = [...new Set(lost.map((child) => subnetOf(child)))].slice(0, MOST_SUBNETS);
  const owners = ownersOn(parent);
  const empty = strangeNetworksOn(parent, topology).slice(0, MOST_SUBNETS);
  return [
    ...subnets.flatMap((subnet) => endsOf(subnet)),
    ...empty.flatMap(({ routers }) => routers),
  ].filter((ip) => !owners.has(ip));
}

/** A network that nobody is on, and whose subnet shares nothing with what the host has on its parent. */
export interface StrangeNetwork {
  readonly network: RuntimeNetwork;
  /** IPv4. */
  readonly subnets: readonly string[];
  /** Addresses of which one should be somebody's, if the wire carries the subnet. */
  readonly routers: readonly string[];
}

export function strangeNetworksOn(parent: Parent, { host }: Topology): StrangeNetwork[] {
  const wire = wireOf(parent, host);
  if (wire === undefined) return [];
  const inUse = new Set(parent.children.flatMap(({ network }) => network?.id ?? []));
  return parent.networks.flatMap((network) => {
    const { driver, isConfigOnly, isInternal, id } = network;
    if (driver !== 'macvlan' || isConfigOnly || isInternal || inUse.has(id)) return [];
    const pools = network.pools.filter(({ subnet }) => !subnet.includes(':'));
    if (pools.length === 0 || pools.some(({ subnet }) => overlapsAny(subnet, wire))) return [];
    return {
      network,
      subnets: pools.map(({ subnet }) => subnet),
      routers: pools.flatMap(({ subnet, gateway }) => gateway ?? endsOf(subnet)),
    };
  });
}

/** Where routers live by custom: the first and the last address. */

function endsOf(subnet: string): string[] {
  const range = usableRange(subnet);
  return range === undefined || range.first === range.last
    ? []
    : [ipv4FromNumber(range.first), ipv4FromNumber(range.last)];
}

/** What the parent asked for in the child's subnet. */
export function askedAround(child: Child, { observations }: Seen): Observation[] {
  return find(observations, { probe: 'neighbour-arp', parent: child.parent }).filter(({ target }) =>
    contains(subnetOf(child), target),
  );
}

/**
 * Any answer in the child's subnet proves that the wire carries it. Silence counts of a gateway alone, which has to be
 * there: a subnet without one may well be home to a few machines of which nobody has the addresses that were tried.
 */
export function answerFor(child: Child, context: Seen): Reach {
  const reaches = child.gateways.map((gateway) => gatewayReach(child, gateway, context));
  if (reaches.includes('answered')) return 'answered';
  if (reaches.length > 0) return reaches.includes('unknown') ? 'unknown' : 'silent';
  const table = neighboursAfter(child, context) ?? child.neighbours;
  if (table.some(({ lladdr, dst }) => lladdr !== undefined && !dst.includes(':')))
    return 'answered';
  const isHeard = askedAround(child, context).some((one) => isAnswered(one));
  return isHeard || siblingReach(child, context) === 'answered' ? 'answered' : 'unknown';
}
