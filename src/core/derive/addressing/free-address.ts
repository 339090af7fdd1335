// Which IPv4 address on a parent's subnet nobody has: what is known of everybody, and what an ARP probe said.
import type { Address } from '../../../model/address.js';
import { valueOf } from '../../../model/fact.js';
import type { FixContext } from '../../../model/fix.js';
import type { NetnsContent } from '../../../model/netns.js';
import { isSilent } from '../../../model/observation.js';
import { oncePer } from '../../../model/once-per.js';
import type { Route } from '../../../model/route.js';
import type { Runtime } from '../../../model/runtime-network.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Parent, Topology } from '../../../model/topology.js';
import { find } from '../verdicts/reach.js';
import {
  contains,
  covers,
  type Ipv4Range,
  ipv4FromNumber,
  ipv4Range,
  isIpv4,
  networkOf,
  usableRange,
} from './subnets.js';
import { contentOf } from '../topology/content.js';

/** Each one costs an ARP probe on the user's LAN; four survive three neighbours that only answer when asked. */
export const MOST_FREE_ADDRESSES = 4;

/**
 * Up to four addresses for a shim on the parent, best first: from the top of the subnet down, because engines and DHCP
 * servers hand out from the bottom; outside every ip-range when that leaves room. Only what is known: a device that
 * is switched off, and a DHCP server's pool, cannot be.
 */
export function freeAddressCandidates(
  topology: Topology,
  parent: Parent,
  facts: Facts,
): readonly string[] {
  const subnet = subnetForShim(topology)(parent);
  const range = subnet === undefined ? undefined : usableRange(subnet);
  if (range === undefined || range.first === range.last) return [];
  const taken = knownAddresses(facts);
  const pools = (valueOf(facts.runtime)?.networks ?? []).flatMap((network) => network.pools);
  const reserved = pools.flatMap((pool) => ipv4Range(pool.ipRange ?? '') ?? []);
  const outside = fromTheTop(range, taken, reserved);
  const found = outside.length > 0 ? outside : fromTheTop(range, taken, []);
  const kept = keptForShims(parent, facts).filter((ip) => contains(subnet ?? '', ip));
  return [...kept, ...found].slice(0, MOST_FREE_ADDRESSES);
}

/** The name under which an address is kept for a shim, with a number behind it where there are several. */
export const KEPT_FOR_SHIM = 'mvd-shim';

/** Addresses that a network keeps for a shim (`--aux-address mvd-shim=…`) and that nobody has yet. */
function keptForShims({ networks }: Parent, facts: Facts): string[] {
  const held = holdersIn(facts);
  const gateways = new Set(networks.flatMap(({ pools }) => pools.map(({ gateway }) => gateway)));
  return networks
    .flatMap(({ pools }) => pools.flatMap(({ auxAddresses }) => Object.entries(auxAddresses)))
    .filter(([name, ip]) => name.startsWith(KEPT_FOR_SHIM) && isIpv4(ip))
    .map(([, ip]) => ip)
    .filter((ip) => !held.has(ip) && !gateways.has(ip));
}

/** The first of {@link provenFreeAddresses}; undefined when there is none. */
export function chosenFreeAddress(context: FixContext, parent: Parent): string | undefined {
  return provenFreeAddresses(context, parent)[0];
}

/**
 * Candidates that were asked for on the wire, that nobody answered for, and that are no parent's before this one: two of
 * them may hang on one LAN.
 */
export function provenFreeAddresses(context: FixContext, parent: Parent): readonly string[] {
  const given = new Set<string>();
  for (const one of context.topology.parents) {
    const free = freeCandidatesOn(context, one).filter((candidate) => !given.has(candidate));
    if (one.name === parent.name) return free;
    for (const chosen of free.slice(0, 1)) given.add(chosen);
  }
  return [];
}

/** Up to `most` addresses of a subnet that nobody is known to have, from the top down. */
export function unclaimedAddresses(subnet: string, facts: Facts, most: number): readonly string[] {
  const range = usableRange(subnet);
  if (range === undefined || range.first === range.last) return [];
  return fromTheTop(range, knownAddresses(facts), []).slice(0, most);
}

function freeCandidatesOn(context: FixContext, parent: Parent): readonly string[] {
  const asked = find(context.observations, { probe: 'free-address-arp', parent: parent.name });
  if (asked.length === 0) return [];
  const after = Object.values(valueOf(context.facts.neighboursAfter) ?? {}).flat();
  return freeAddressCandidates(context.topology, parent, context.facts).filter((candidate) => {
    const answers = asked.filter((seen) => seen.target === candidate);
    const isMet = after.some((entry) => entry.dst === candidate && entry.lladdr !== undefined);
    return answers.length > 0 && answers.every((seen) => isSilent(seen)) && !isMet;
  });
}

/**
 * The IPv4 subnet that most children live in, where host and child agree that it is on the wire: what lies outside a
 * child's own subnet it would answer by its gateway. Without children the one that a network is to have.
 */
const subnetForShim = oncePer((topology: Topology) =>
  oncePer((parent: Parent): string | undefined => {
    const onParent = [...subnetsOf(parent.addresses), ...shimSubnets(topology)];
    const votes = new Map<string, number>();
    for (const child of parent.children) {
      for (const address of child.addresses) {
        if (address.family !== 'inet' || address.scope !== 'global') continue;
        const seen = networkOf(address.local, address.prefixlen);
        const wide = onParent.find((net) => contains(net, address.local)) ?? seen;
        const subnet = address.prefixlen < 31 && covers(wide, seen) ? seen : wide;
        votes.set(subnet, (votes.get(subnet) ?? 0) + 1);
      }
    }
    const [first] = [...votes].toSorted((a, b) => b[1] - a[1]);
    const pools = parent.networks.flatMap((network) => network.pools.map((pool) => pool.subnet));
    return first?.[0] ?? pools.find((pool) => ipv4Range(pool) !== undefined);
  }),
);

/** Shims carry the host's address where the parent itself has none. */
const shimSubnets = oncePer((topology: Topology): readonly string[] => {
  const shims = new Set(topology.parents.flatMap((parent) => parent.shims.map(({ name }) => name)));
  const { addresses } = contentOf(topology.host);
  return [...new Set(subnetsOf(addresses.filter(({ ifname }) => shims.has(ifname))))];
});

function subnetsOf(addresses: readonly Address[]): string[] {
  return addresses
    .filter(({ family, prefixlen }) => family === 'inet' && prefixlen < 31)
    .map(({ local, prefixlen }) => networkOf(local, prefixlen));
}

function fromTheTop(
  range: Ipv4Range,
  taken: ReadonlySet<string>,
  reserved: readonly Ipv4Range[],
): string[] {
  const free: string[] = [];
  let value = range.last;
  while (value >= range.first && free.length < MOST_FREE_ADDRESSES) {
    const at = value;
    const hit = reserved.find(({ first, last }) => at >= first && at <= last);
    if (hit !== undefined) {
      value = hit.first - 1;
      continue;
    }
    const ip = ipv4FromNumber(value);
    if (!taken.has(ip)) free.push(ip);
    value -= 1;
  }
  return free;
}

/** Every IPv4 address that anybody is known to have, in any namespace and in any stopped container. */
export const knownAddresses = oncePer(
  (facts: Facts): ReadonlySet<string> =>
    new Set([...holdersIn(facts), ...keptIn(valueOf(facts.runtime))]),
);

/** Those that somebody has, or that lead to somebody. */
const holdersIn = oncePer(({ namespaces, runtime }: Facts): ReadonlySet<string> => {
  const contents = (valueOf(namespaces) ?? []).map((netns) => contentOf(netns));
  const containers = valueOf(runtime)?.containers ?? [];
  const known = [
    ...contents.flatMap((content) => addressesOf(content)),
    ...containers.flatMap(({ endpoints }) =>
      endpoints.flatMap(({ ipv4 }) => ipv4?.split('/')[0] ?? []),
    ),
  ];
  return new Set([...new Set(known)].filter((ip) => isIpv4(ip)));
});

function addressesOf(content: NetnsContent): string[] {
  return [
    ...content.addresses.flatMap(({ local, address, broadcast }) => [local, address, broadcast]),
    ...content.neighbours.map((neighbour) => neighbour.dst),
    ...content.routes.flatMap((route) => addressesOfRoute(route)),
  ].filter((ip) => ip !== undefined);
}

/** Its gateways, and the single host that it leads to: somebody had a reason to write that down. */
function addressesOfRoute(route: Route): (string | undefined)[] {
  const single = covers(`${route.dst.split('/')[0] ?? ''}/32`, route.dst);
  return [
    route.gateway,
    route.prefsrc,
    ...(route.nexthops ?? []).map((hop) => hop.gateway),
    single ? route.dst.split('/')[0] : undefined,
  ];
}

/** Gateways, and what networks give to nobody. */
function keptIn(runtime: Runtime | undefined): string[] {
  const pools = (runtime?.networks ?? []).flatMap((network) => network.pools);
  return pools
    .flatMap(({ gateway = '', auxAddresses }) => [gateway, ...Object.values(auxAddresses)])
    .filter((ip) => isIpv4(ip));
}
