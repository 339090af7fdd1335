// Which of a container's networks gives it its default route: as its routes have it, and by which rule the engine chose.
import type { Route } from '../../../model/route.js';
import type { Netns } from '../../../model/netns.js';
import { addressesOn, contentOf, findLink } from '../topology/content.js';
import type { Plug } from './plugged.js';

/** One way out of a namespace, in IPv4. */
export interface Way {
  readonly dev: string;
  readonly gateway: string | undefined;
  readonly metric: number;
  /** The network that it leads into; undefined for a link that is no network's, such as a VPN's. */
  readonly plug: Plug | undefined;
}

/** The default routes that the kernel takes first: mostly one, and more where several are equally near. */
export function defaultWays(netns: Netns, plugs: readonly Plug[]): Way[] {
  const all = contentOf(netns)
    .routes.filter(
      ({ family, type, table, dst }) =>
        family === 'inet' &&
        type === 'unicast' &&
        table === 'main' &&
        (dst === 'default' || dst === '0.0.0.0/0'),
    )
    .flatMap((route) => hopsOf(route));
  const nearest = Math.min(...all.map(({ metric }) => metric));
  return all
    .filter(({ metric }) => metric === nearest)
    .map((way) => ({ ...way, plug: plugBehind(way.dev, netns, plugs) }));
}

function hopsOf(route: Route): Omit<Way, 'plug'>[] {
  const metric = route.metric ?? 0;
  const hops = route.nexthops ?? [route];
  return hops.flatMap(({ dev, gateway }) => (dev === undefined ? [] : [{ dev, gateway, metric }]));
}

/** The network whose address the link has; where a planned one's pool is not known, the one that it has its MAC from. */
function plugBehind(dev: string, netns: Netns, plugs: readonly Plug[]): Plug | undefined {
  const content = contentOf(netns);
  const ips = new Set(addressesOn(content, dev).map(({ local }) => local));
  const mac = findLink(content.links, dev)?.address;
  return (
    plugs.find(({ endpoint }) => endpoint.ipv4 !== undefined && ips.has(endpoint.ipv4)) ??
    plugs.find(({ endpoint }) => mac !== undefined && endpoint.mac === mac)
  );
}
