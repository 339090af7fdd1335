// The subnets that a snapshot itself names: in them host bits have a meaning that verdicts rest on.
import { type Fact, valueOf } from '../../../model/fact.js';
import type { Netns } from '../../../model/netns.js';
import type { PlannedPool } from '../../../model/plan.js';
import type { Route } from '../../../model/route.js';
import type { Facts, Snapshot } from '../../../model/snapshot.js';
import { networkOf, parseCidr } from '../../derive/addressing/subnets.js';

/** A route as wide as a VPN's would keep more than it tells; the subnets of links and of pools count however wide they are. */
const WIDEST_ROUTE = { inet: 16, inet6: 48 };

/** Prefixes with clear host bits, sorted, each once. */
export function knownSubnets({ facts }: Snapshot): string[] {
  const all = [...ofNamespaces(facts.namespaces), ...ofNetworks(facts)];
  const plural = all.filter((cidr) => {
    const parsed = parseCidr(cidr);
    return parsed !== undefined && parsed.prefixlen < (parsed.family === 'inet' ? 31 : 127);
  });
  return [...new Set(plural)].toSorted();
}

function ofNamespaces(fact: Fact<readonly Netns[]>): string[] {
  return (valueOf(fact) ?? []).flatMap(({ content }) => {
    const { addresses = [], routes = [] } = valueOf(content) ?? {};
    return [
      ...addresses.map(({ local, prefixlen }) => networkOf(local, prefixlen)),
      ...routes.flatMap((route) => connected(route)),
    ];
  });
}

function connected({ dst, gateway, nexthops, type }: Route): string[] {
  const parsed = parseCidr(dst);
  if (parsed === undefined || gateway !== undefined || nexthops !== undefined) return [];
  return type === 'unicast' && parsed.prefixlen >= WIDEST_ROUTE[parsed.family] ? [parsed.text] : [];
}

/** Those that an engine has, and those that somebody plans. */
function ofNetworks({ runtime, ...others }: Facts): string[] {
  // A snapshot of a version that could not plan has no such fact.
  const { plan } = others as Partial<Facts>;
  const planned = (plan && valueOf(plan))?.networks ?? [];
  const networks = [...(valueOf(runtime)?.networks ?? []), ...planned];
  return networks.flatMap(({ pools }) => pools).flatMap((pool) => ofPool(pool));
}

function ofPool({ subnet, ipRange }: Pick<PlannedPool, 'subnet' | 'ipRange'>): string[] {
  return [subnet ?? '', ipRange ?? ''].flatMap((cidr) => parseCidr(cidr)?.text ?? []);
}
