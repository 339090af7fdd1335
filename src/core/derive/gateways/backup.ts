// Gateways of second choice: routes with a higher metric, taken only once the better one is gone.
import type { Route } from '../../../model/route.js';
import type { Child } from '../../../model/topology.js';
import { gatewayReach } from '../verdicts/gateway-reach.js';
import type { Seen } from '../verdicts/reach.js';

/** The child goes by a better one, which does answer: nothing is missing while that lasts. */
export function betterGateway(child: Child, gateway: string, seen: Seen): string | undefined {
  const ways = child.routes.filter((route) => isDefault(route));
  const own = metricOf(ways.filter((route) => leadsBy(route, gateway)));
  return child.gateways.find(
    (other) =>
      metricOf(ways.filter((route) => leadsBy(route, other))) < own &&
      gatewayReach(child, other, seen) === 'answered',
  );
}

function isDefault({ family, type, dst, table }: Route): boolean {
  return family === 'inet' && type === 'unicast' && dst === 'default' && table === 'main';
}

function leadsBy({ gateway, nexthops = [] }: Route, ip: string): boolean {
  return gateway === ip || nexthops.some((hop) => hop.gateway === ip);
}

/** Of the best of them. */
function metricOf(routes: readonly Route[]): number {
  return Math.min(...routes.map(({ metric = 0 }) => metric));
}
