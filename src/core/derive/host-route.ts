// By which link the host's packets to an address leave: the kernel's own answer where it was asked, else the routes.
import { valueOf } from '../../model/fact.js';
import type { Facts } from '../../model/snapshot.js';
import type { Topology } from '../../model/topology.js';
import { contains } from './subnets.js';
import { contentOf } from './content.js';

/** ifname, or undefined when the host has no route there. */
export function hostRouteDevice(topology: Topology, facts: Facts, ip: string): string | undefined {
  const lookup = valueOf(facts.routeLookups)?.find((candidate) => candidate.dst === ip);
  if (lookup !== undefined) return lookup.dev;
  return longestPrefixDevice(topology, ip);
}

/** Longest prefix, then lowest metric, in table main: what the kernel does where no rule interferes. */
function longestPrefixDevice(topology: Topology, ip: string): string | undefined {
  const routes = contentOf(topology.host).routes.filter(
    (route) =>
      route.family === 'inet' &&
      route.table === 'main' &&
      route.type === 'unicast' &&
      (route.dst === 'default' || contains(prefixOf(route.dst), ip)),
  );
  const best = routes.toSorted(
    (a, b) => lengthOf(b.dst) - lengthOf(a.dst) || (a.metric ?? 0) - (b.metric ?? 0),
  )[0];
  return best?.dev ?? best?.nexthops?.[0]?.dev;
}

function prefixOf(dst: string): string {
  return dst.includes('/') ? dst : `${dst}/32`;
}

function lengthOf(dst: string): number {
  return dst === 'default' ? 0 : Number(prefixOf(dst).split('/')[1]);
}
