// Macvlan links of all namespaces, as children and shims of the host's parents, under the names that people know.
import { valueOf } from '../../../model/fact.js';
import { isMacvlanKind, type Link, type MacvlanMode } from '../../../model/link.js';
import { isOnHostLink, type Netns } from '../../../model/netns.js';
import type { RuntimeContainer, RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Child, MacvlanEnd, Shim } from '../../../model/topology.js';
import { addressesOn, contentOf, linkNumbered, neighboursOn, routesOver } from './content.js';
import { labelChildren, type UnnamedChild } from './labels.js';
import { isIpv4 } from '../addressing/subnets.js';

/** Macvlan links inside the host's namespace: their parent is named, when it is here too. */
export function hostEnds(host: Netns, isKind = isMacvlanKind): UnnamedChild[] {
  const { links } = contentOf(host);
  return links
    .filter((link) => isKind(link) && typeof link.link === 'string')
    .map((link) => ({ netns: host, link, parent: link.link ?? '' }));
}

/** Macvlan links of another namespace whose parent is one of the host's links. */
export function foreignEnds(
  netns: Netns,
  hostLinks: readonly Link[],
  isKind = isMacvlanKind,
): UnnamedChild[] {
  const content = contentOf(netns);
  return content.links.flatMap((link) => {
    if (!isKind(link) || !isOnHostLink(link, content)) return [];
    const parent = linkNumbered(hostLinks, link.link_index);
    return parent === undefined ? [] : [{ netns, link, parent: parent.ifname }];
  });
}

export function nameChildren(
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
    addresses: addressesOn(content, link.ifname),
    routes: routesOver(content, link.ifname),
    neighbours: neighboursOn(content, link.ifname),
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
  // An IPv4 route may lead by an IPv6 router (RFC 8950), whom nobody asks by ARP.
  return [...new Set(hops.filter((hop): hop is string => hop !== undefined && isIpv4(hop)))];
}

function isTap(link: Link): boolean {
  return link.linkinfo?.info_kind === 'macvtap';
}
