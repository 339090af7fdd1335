// Children on a subnet that the host does not have on their parent, and whether anybody answers them there.
import { contentOf } from './content.js';
import type { Child, Parent, Topology } from '../../model/topology.js';
import { directRoutes, hasIpv4, hostSubnetsOn, ipv4, overlapsAny } from './on-link.js';
import { gatewayReach, neighboursAfter, siblingReach, type Reach, type Seen } from './reach.js';
import { networkOf } from './subnets.js';

/** None on a parent where the host has no subnet of its own: there is nothing to compare with. */
export function strangersOn(parent: Parent, { host }: Topology): readonly Child[] {
  const own = hostSubnetsOn(parent);
  if (own.length === 0) return [];
  const direct = contentOf(host).routes.filter(({ dev }) => dev === parent.name);
  const wire = [...own, ...directRoutes(direct)];
  return parent.children.filter(
    (child) =>
      hasIpv4(child) &&
      child.network?.isInternal !== true &&
      !ipv4(child).some(({ local, prefixlen }) => overlapsAny(networkOf(local, prefixlen), wire)),
  );
}

/** The subnet of its first address. */
export function subnetOf(child: Child): string {
  const first = ipv4(child)[0];
  return first === undefined ? '' : networkOf(first.local, first.prefixlen);
}

/** Any answer in the child's subnet proves that the wire carries it. */
export function answerFor(child: Child, context: Seen): Reach {
  const reaches = child.gateways.map((gateway) => gatewayReach(child, gateway, context));
  if (reaches.includes('answered')) return 'answered';
  if (reaches.length > 0) return reaches.includes('unknown') ? 'unknown' : 'silent';
  const table = neighboursAfter(child, context) ?? child.neighbours;
  if (table.some(({ lladdr, dst }) => lladdr !== undefined && !dst.includes(':')))
    return 'answered';
  return siblingReach(child, context);
}
