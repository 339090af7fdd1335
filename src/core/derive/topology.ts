// Facts → who is parent of whom. The kernel decides; the runtime only names.
import { valueOf } from '../../model/fact.js';
import { isMacvlanKind, type Link, type MacvlanMode } from '../../model/link.js';
import type { Netns, NetnsContent } from '../../model/netns.js';
import type { RuntimeContainer, RuntimeNetwork } from '../../model/runtime-network.js';
import type { Facts, Scope } from '../../model/snapshot.js';
import type { Child, MacvlanEnd, Parent, Shim, Topology } from '../../model/topology.js';
import { labelChildren, type UnnamedChild } from './labels.js';

const EMPTY: NetnsContent = {
  links: [],
  addresses: [],
  routes: [],
  rules: [],
  neighbours: [],
  hostNsid: null,
};

/** The host as it is when nothing could be learnt of it (not Linux, a cut snapshot). */
const NO_HOST: Netns = {
  inode: 0,
  isHost: true,
  mounts: [],
  processes: [],
  content: { state: 'absent', reason: 'no network namespaces here' },
};

/**
 * Parents with their children and shims, narrowed to the scope. Links count as children of a parent only when the
 * namespace of their lower device is proven to be the host's: an ifindex alone is ambiguous.
 */
export function buildTopology(input: { readonly facts: Facts; readonly scope: Scope }): Topology {
  const { facts, scope } = input;
  const namespaces = valueOf(facts.namespaces) ?? [];
  const host = namespaces.find((netns) => netns.isHost) ?? NO_HOST;
  const hostLinks = contentOf(host).links;
  const networks = runtimeNetworks(facts);
  const found = [
    ...hostEnds(host),
    ...namespaces
      .filter((netns) => !netns.isHost)
      .flatMap((netns) => foreignEnds(netns, hostLinks)),
  ];
  const named = nameChildren(found, facts, networks);

  const parents = hostLinks
    .map((link) => makeParent(link, { host, named, facts, networks }))
    .filter((parent) => isOfInterest(parent, namespaces))
    .map((parent) => narrow(parent, scope))
    .filter((parent) => isInScope(parent, scope));
  const orphanNetworks = networks.filter(
    (network) =>
      isOnParentDriver(network) &&
      !network.isConfigOnly &&
      (network.parent === undefined || findLink(hostLinks, network.parent) === undefined) &&
      (scope.networks.length === 0 || scope.networks.includes(network.name)) &&
      (scope.parents.length === 0 || scope.parents.includes(network.parent ?? '')),
  );
  return { host, parents, orphanNetworks };
}

export function contentOf(netns: Netns): NetnsContent {
  return valueOf(netns.content) ?? EMPTY;
}

/** A link by its name or one of its altnames. */
export function findLink(links: readonly Link[], name: string): Link | undefined {
  return links.find((link) => link.ifname === name || link.altnames?.includes(name));
}

function isOnParentDriver(network: RuntimeNetwork): boolean {
  return network.driver === 'macvlan' || network.driver === 'ipvlan';
}

function runtimeNetworks(facts: Facts): readonly RuntimeNetwork[] {
  return valueOf(facts.runtime)?.networks ?? [];
}

/** Macvlan links inside the host's namespace: their lower device is named, when it is here too. */
function hostEnds(host: Netns): UnnamedChild[] {
  const { links } = contentOf(host);
  return links
    .filter((link) => isMacvlanKind(link) && typeof link.link === 'string')
    .map((link) => ({ netns: host, link, parent: link.link ?? '' }));
}

/** Macvlan links of another namespace whose lower device is one of the host's links. */
function foreignEnds(netns: Netns, hostLinks: readonly Link[]): UnnamedChild[] {
  const { links, hostNsid } = contentOf(netns);
  return links.flatMap((link) => {
    if (!isMacvlanKind(link) || link.link_index === undefined) return [];
    if (hostNsid === null || link.link_netnsid !== hostNsid) return [];
    const parent = hostLinks.find((candidate) => candidate.ifindex === link.link_index);
    return parent === undefined ? [] : [{ netns, link, parent: parent.ifname }];
  });
}

function nameChildren(
  found: readonly UnnamedChild[],
  facts: Facts,
  networks: readonly RuntimeNetwork[],
): { readonly children: readonly Child[]; readonly shims: readonly Shim[] } {
  const inside = found.filter(({ netns, link }) => netns.isHost && !isTap(link));
  const outside = found.filter(({ netns, link }) => !netns.isHost || isTap(link));
  const claims = claimsByMac(valueOf(facts.runtime)?.containers ?? [], networks);
  const claimed = outside.map((end) => ({ ...end, ...claims.get(end.link.address ?? '') }));
  const labels = labelChildren(claimed);
  return {
    shims: inside.map((end) => ({ ...endOf(end), name: end.link.ifname, parent: end.parent })),
    children: claimed.map((end, index) => makeChild(end, labels[index] ?? end.link.ifname)),
  };
}

type Claim = { readonly container?: RuntimeContainer; readonly network?: RuntimeNetwork };

/** Whose child is it? Its MAC decides: a parent never carries one MAC twice on links that are up. */
function claimsByMac(
  containers: readonly RuntimeContainer[],
  networks: readonly RuntimeNetwork[],
): ReadonlyMap<string, Claim> {
  const networkById = new Map(networks.map((network) => [network.id, network]));
  const claims = new Map<string, Claim>();
  for (const container of containers) {
    for (const { mac, networkId } of container.endpoints) {
      if (mac === undefined || mac === '') continue;
      const network = networkById.get(networkId);
      claims.set(mac.toLowerCase(), network === undefined ? { container } : { container, network });
    }
  }
  return claims;
}

function makeChild(end: UnnamedChild & Claim, label: string): Child {
  const content = contentOf(end.netns);
  const core = endOf(end);
  const name = `${end.link.ifname}@${label.split('/')[0] ?? label}`;
  return {
    ...core,
    name,
    label,
    endpoint: end.container === undefined ? `child:${name}` : `container:${label}`,
    parent: end.parent,
    netns: end.netns,
    isTap: isTap(end.link),
    allRoutes: end.netns.isHost ? [] : content.routes,
    allLinks: end.netns.isHost ? [] : content.links,
    gateways: end.netns.isHost ? [] : defaultGateways(core),
    ...(end.container === undefined ? {} : { container: end.container }),
    ...(end.network === undefined ? {} : { network: end.network }),
  };
}

function endOf({ netns, link }: UnnamedChild): MacvlanEnd {
  const content = contentOf(netns);
  return {
    link,
    mode: (link.linkinfo?.info_data?.mode ?? 'vepa') as MacvlanMode,
    mac: link.address ?? '',
    addresses: content.addresses.filter((address) => address.ifname === link.ifname),
    routes: content.routes.filter(
      (route) =>
        route.dev === link.ifname || route.nexthops?.some((hop) => hop.dev === link.ifname),
    ),
    neighbours: content.neighbours.filter((neighbour) => neighbour.dev === link.ifname),
  };
}

function defaultGateways(end: MacvlanEnd): string[] {
  const hops = end.routes
    .filter((route) => route.family === 'inet' && route.dst === 'default' && route.table === 'main')
    .flatMap((route) => [
      ...(route.dev === end.link.ifname ? [route.gateway] : []),
      ...(route.nexthops ?? [])
        .filter((hop) => hop.dev === end.link.ifname)
        .map((hop) => hop.gateway),
    ]);
  return [...new Set(hops.filter((hop) => hop !== undefined))].sort();
}

function makeParent(
  link: Link,
  input: {
    readonly host: Netns;
    readonly named: { readonly children: readonly Child[]; readonly shims: readonly Shim[] };
    readonly facts: Facts;
    readonly networks: readonly RuntimeNetwork[];
  },
): Parent {
  const children = input.named.children.filter((child) => child.parent === link.ifname);
  const shims = input.named.shims.filter((shim) => shim.parent === link.ifname);
  const filter = (valueOf(input.facts.fdb) ?? []).filter(
    (entry) =>
      entry.ifname === link.ifname && entry.flags.includes('self') && isUnicastMac(entry.mac),
  );
  const ours = new Set([link.address, ...[...children, ...shims].map((end) => end.mac)]);
  return {
    name: link.ifname,
    link,
    addresses: contentOf(input.host).addresses.filter((address) => address.ifname === link.ifname),
    children: children.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    shims,
    networks: input.networks.filter(
      (network) =>
        isOnParentDriver(network) &&
        network.parent !== undefined &&
        (link.ifname === network.parent || link.altnames?.includes(network.parent) === true),
    ),
    filter,
    unseenMacs: isFilterOfChildren(link)
      ? filter.map((entry) => entry.mac).filter((mac) => !ours.has(mac))
      : [],
  };
}

/** A bridge lists its own and its ports' addresses as well, a child of its own nothing but itself. */
function isFilterOfChildren(link: Link): boolean {
  return link.linkinfo?.info_kind !== 'bridge' && !isMacvlanKind(link);
}

function isUnicastMac(mac: string): boolean {
  return (Number.parseInt(mac.slice(0, 2), 16) & 1) === 0;
}

function isTap(link: Link): boolean {
  return link.linkinfo?.info_kind === 'macvtap';
}

/** MACs in a filter are children only where there are namespaces that could not be looked into. */
function isOfInterest(parent: Parent, namespaces: readonly Netns[]): boolean {
  const { children, shims, networks, unseenMacs } = parent;
  if (children.length + shims.length + networks.length > 0) return true;
  return unseenMacs.length > 0 && namespaces.some(({ content }) => content.state === 'denied');
}

function narrow(parent: Parent, scope: Scope): Parent {
  if (scope.networks.length === 0 && scope.containers.length === 0) return parent;
  const children = parent.children.filter(
    (child) =>
      (scope.networks.length === 0 || scope.networks.includes(child.network?.name ?? '')) &&
      (scope.containers.length === 0 || isNamed(child, scope.containers)),
  );
  const networks = parent.networks.filter(
    (network) => scope.networks.length === 0 || scope.networks.includes(network.name),
  );
  return { ...parent, children, networks };
}

/** By label, by subject name, or by the container's id from 12 digits on. */
export function isNamed(child: Child, names: readonly string[]): boolean {
  return (
    names.includes(child.label) ||
    names.includes(child.name) ||
    (child.container !== undefined &&
      names.some((name) => name.length >= 12 && child.container?.id.startsWith(name) === true))
  );
}

function isInScope(parent: Parent, scope: Scope): boolean {
  if (scope.parents.length > 0 && !scope.parents.some((name) => isCalled(parent.link, name))) {
    return false;
  }
  if (scope.containers.length > 0) return parent.children.length > 0;
  if (scope.networks.length > 0) return parent.networks.length > 0 || parent.children.length > 0;
  return true;
}

function isCalled(link: Link, name: string): boolean {
  return link.ifname === name || link.altnames?.includes(name) === true;
}
