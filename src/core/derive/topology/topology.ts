// Facts → who is parent of whom. The kernel decides; the runtime only names.
import { valueOf } from '../../../model/fact.js';
import { indexBy } from '../../../model/index-by.js';
import { isMacvlanKind, namesOf, type Link } from '../../../model/link.js';
import type { FdbEntry } from '../../../model/neighbour.js';
import type { Netns } from '../../../model/netns.js';
import { oncePer } from '../../../model/once-per.js';
import type { RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Facts, Scope } from '../../../model/snapshot.js';
import type { Child, Ipvlan, Parent, Shim, Topology } from '../../../model/topology.js';
import { addressesOn, contentOf, findLink } from './content.js';
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

  const on = {
    children: indexBy(named.children, ({ parent }) => parent),
    shims: indexBy(named.shims, ({ parent }) => parent),
    ipvlans: indexBy(named.ipvlans, ({ parent }) => parent),
    filter: indexBy(valueOf(facts.fdb) ?? [], ({ ifname }) => ifname),
    networks: indexBy(networks.filter(isOnParentDriver), ({ parent = '' }) => parent),
  };
  const parents = hostLinks
    .map((link) => makeParent(link, host, on))
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

/** By the name of the link that it is on; of networks, by the name that they were given for it. */
type On<T> = ReadonlyMap<string, readonly T[]>;

interface OnLinks {
  readonly children: On<Child>;
  readonly shims: On<Shim>;
  readonly ipvlans: On<Ipvlan>;
  readonly filter: On<FdbEntry>;
  readonly networks: On<RuntimeNetwork>;
}

function makeParent(link: Link, host: Netns, on: OnLinks): Parent {
  const children = on.children.get(link.ifname) ?? [];
  const shims = on.shims.get(link.ifname) ?? [];
  const filter = receiveFilter(link, on.filter.get(link.ifname) ?? []);
  const ours = new Set([link.address, ...[...children, ...shims].map((end) => end.mac)]);
  return {
    name: link.ifname,
    link,
    addresses: addressesOn(contentOf(host), link.ifname),
    children: children.toSorted(compareEnds),
    shims,
    ipvlans: on.ipvlans.get(link.ifname) ?? [],
    networks: namesOf(link).flatMap((name) => on.networks.get(name) ?? []),
    filter,
    unseenMacs: isFilterOfChildren(link)
      ? filter.map((entry) => entry.mac).filter((mac) => !ours.has(mac))
      : [],
  };
}

/**
 * What the link lets in, not where it sends: a VXLAN link lists the machines at its far ends in the same place, and a port
 * of a switch those that it has learnt, which are never permanent (ndo_dflt_fdb_dump, net/core/rtnetlink.c).
 */
function receiveFilter({ linkinfo }: Link, entries: readonly FdbEntry[]): FdbEntry[] {
  if (linkinfo?.info_kind === 'vxlan') return [];
  return entries.filter(
    ({ flags, mac, state }) => flags.includes('self') && state === 'permanent' && isUnicastMac(mac),
  );
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
