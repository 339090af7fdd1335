// Facts → who is parent of whom. The kernel decides; the runtime only names.
import { valueOf } from '../../../model/fact.js';
import { isCalled, isMacvlanKind, type Link } from '../../../model/link.js';
import type { Netns } from '../../../model/netns.js';
import { oncePer } from '../../../model/once-per.js';
import type { RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Facts, Scope } from '../../../model/snapshot.js';
import type { Child, Ipvlan, Parent, Shim, Topology } from '../../../model/topology.js';
import { contentOf, findLink } from './content.js';
import { foreignEnds, hostEnds, nameChildren } from './ends.js';
import { compareEnds } from './compare-ends.js';
import { nameIpvlans } from './ipvlans.js';
import { isEverything, isNetworkInScope, narrowParents } from './scope.js';

/** The host as it is when nothing could be learnt of it (not Linux, a cut snapshot). */
const NO_HOST: Netns = {
  inode: 0,
  isHost: true,
  mounts: [],
  processes: [],
  content: { state: 'absent', reason: 'no network namespaces here' },
};

/** Parents with their children and shims, narrowed to the scope. */
export function buildTopology(input: { readonly facts: Facts; readonly scope: Scope }): Topology {
  const { facts, scope } = input;
  const whole = wholeTopology(facts);
  if (isEverything(scope)) return whole;
  const containers = valueOf(facts.runtime)?.containers ?? [];
  return {
    ...whole,
    parents: narrowParents(whole.parents, scope, containers),
    orphanNetworks: whole.orphanNetworks.filter((network) =>
      isNetworkInScope(network, scope, containers),
    ),
  };
}

/**
 * The topology whatever was asked about: an address has two owners all the same. Links count as children of a parent only when
 * the namespace of their lower device is proven to be the host's: an ifindex alone is ambiguous.
 */
export const wholeTopology = oncePer((facts: Facts): Topology => {
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
  const named = {
    ...nameChildren(found, facts, networks),
    ipvlans: nameIpvlans(namespaces, hostLinks, facts),
  };

  const parents = hostLinks
    .map((link) => makeParent(link, { host, named, facts, networks }))
    .filter((parent) => isOfInterest(parent, namespaces));
  const orphanNetworks = networks.filter(
    (network) =>
      isOnParentDriver(network) &&
      !network.isConfigOnly &&
      (network.parent === undefined || findLink(hostLinks, network.parent) === undefined),
  );
  return { host, parents, orphanNetworks };
});

function isOnParentDriver(network: RuntimeNetwork): boolean {
  return network.driver === 'macvlan' || network.driver === 'ipvlan';
}

function runtimeNetworks(facts: Facts): readonly RuntimeNetwork[] {
  return valueOf(facts.runtime)?.networks ?? [];
}

function makeParent(
  link: Link,
  input: {
    readonly host: Netns;
    readonly named: {
      readonly children: readonly Child[];
      readonly shims: readonly Shim[];
      readonly ipvlans: readonly Ipvlan[];
    };
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
    children: children.toSorted(compareEnds),
    shims,
    ipvlans: input.named.ipvlans.filter((ipvlan) => ipvlan.parent === link.ifname),
    networks: input.networks.filter(
      (network) =>
        isOnParentDriver(network) && network.parent !== undefined && isCalled(link, network.parent),
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

/** MACs in a filter are children only where there are namespaces that could not be looked into. */
function isOfInterest(parent: Parent, namespaces: readonly Netns[]): boolean {
  const { children, shims, ipvlans, networks, unseenMacs } = parent;
  if (children.length + shims.length + ipvlans.length + networks.length > 0) return true;
  return unseenMacs.length > 0 && namespaces.some(({ content }) => content.state !== 'known');
}
