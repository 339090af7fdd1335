// Which router a child without a default route should use, where the set-up itself says so and nobody has to guess.
import { indexBy } from '../../../model/index-by.js';
import { isAdminUp } from '../../../model/link.js';
import { oncePer } from '../../../model/once-per.js';
import type { Route } from '../../../model/route.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { contentOf } from '../topology/content.js';
import { ipv4 } from './on-link.js';
import { contains, networkOf } from './subnets.js';
import { listOf } from '../wording/victims.js';

export interface KnownGateway {
  readonly ip: string;
  /** Where that is known from, to follow `IP is`. */
  readonly source: string;
}

/** Any table counts: a policy rule may lead there. Two halves of the world (as VPNs add them) count as well. */
export function hasWayOut({ allRoutes }: Child): boolean {
  return allRoutes.some((route) => isDefault(route));
}

/** Into the wide world, or into half of it. */
export function isDefault({ family, type, dst }: Route): boolean {
  return family === 'inet' && type === 'unicast' && WORLDS.has(dst);
}

const WORLDS: ReadonlySet<string> = new Set(['default', '0.0.0.0/0', '0.0.0.0/1']);

/** Whether the child could use this router: a neighbour on its subnet, and not the child itself. */
function isRouterFor(child: Child, ip: string): boolean {
  const mine = ipv4(child);
  return (
    mine.every(({ local }) => local !== ip) &&
    mine.some(({ local, prefixlen }) => contains(networkOf(local, prefixlen), ip))
  );
}

/** The gateway of its network's pool, the one on which its siblings that are up agree, or the host's own by the parent. */
export function knownGateway(
  child: Child,
  parent: Parent,
  topology: Topology,
): KnownGateway | undefined {
  const { network } = child;
  const named = network?.pools.flatMap(({ gateway }) => gateway ?? []) ?? [];
  const ip = named.find((gateway) => isRouterFor(child, gateway));
  if (ip !== undefined && network !== undefined)
    return { ip, source: `the gateway of the network ${network.name}` };
  return siblingsGateway(child, parent) ?? hostsGateway(child, parent, topology);
}

/** Most routers that are asked for per parent before anybody uses them. */
const MOST_UNUSED = 4;

/** Routers that children without any could use: whoever advises a route to one should have asked whether it is there. */
export function unusedRouters(
  parent: Parent,
  children: readonly Child[],
  topology: Topology,
): string[] {
  const named = children
    .filter(({ gateways }) => gateways.length === 0)
    .flatMap((child) => knownGateway(child, parent, topology)?.ip ?? []);
  return [...new Set(named)].slice(0, MOST_UNUSED);
}

/** The host's own router by the parent, as far as it lies in one of these subnets. */
export function hostsRouterIn(
  subnets: readonly string[],
  parent: Parent,
  { host }: Topology,
): string | undefined {
  return contentOf(host)
    .routes.filter(
      ({ dst, dev, family }) => dst === 'default' && dev === parent.name && family === 'inet',
    )
    .flatMap(({ gateway }) => gateway ?? [])
    .find((ip) => subnets.some((subnet) => contains(subnet, ip)));
}

function hostsGateway(child: Child, parent: Parent, { host }: Topology): KnownGateway | undefined {
  const own = contentOf(host).routes.filter(
    ({ dst, dev, family }) => dst === 'default' && dev === parent.name && family === 'inet',
  );
  const ip = own.flatMap(({ gateway }) => gateway ?? []).find((one) => isRouterFor(child, one));
  return ip === undefined ? undefined : { ip, source: 'the gateway that this host itself uses' };
}

function siblingsGateway(child: Child, parent: Parent): KnownGateway | undefined {
  const routers = [...usersByGateway(parent)].flatMap(([ip, users]) => {
    const others = users.filter(({ name }) => name !== child.name);
    return others.length > 0 && isRouterFor(child, ip) ? [{ ip, users: others }] : [];
  });
  const [only, ...rest] = routers;
  if (only === undefined || rest.length > 0) return undefined;
  const labels = only.users.map(({ label }) => label);
  return {
    ip: only.ip,
    source: `the gateway that ${listOf(labels)} ${labels.length === 1 ? 'uses' : 'use'}`,
  };
}

const usersByGateway = oncePer(({ children }: Parent) => {
  const used = children
    .filter(({ link }) => isAdminUp(link))
    .flatMap((user) => user.gateways.map((ip) => ({ ip, user })));
  const lists = [...indexBy(used, ({ ip }) => ip)];
  return new Map(lists.map(([ip, list]) => [ip, list.map(({ user }) => user)]));
});
