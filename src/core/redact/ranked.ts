// The order of real names, kept where stand-ins have another: who is listed first, and who is left out of a long list, must not
// change.
import { known, valueOf } from '../../model/fact.js';
import type { Netns } from '../../model/netns.js';
import type { Plan } from '../../model/plan.js';
import type { Facts, Snapshot } from '../../model/snapshot.js';
import { compareNetworks } from '../derive/engine-networks/by-name.js';
import { wholeTopology } from '../derive/topology/topology.js';

/** The snapshot with the places, by name, of every child's link among all children, of every ipvlan link among its like, and of every network among all networks. */
export function ranked(snapshot: Snapshot): Snapshot {
  // A snapshot of a version that could not plan has no such fact.
  const { plan: planned, runtime: there } = snapshot.facts as Partial<Facts>;
  const plan = planned && valueOf(planned);
  const runtime = there && valueOf(there);
  // Of one that has stand-ins already, the places that it came with.
  const all = [...(runtime?.networks ?? []), ...(plan?.networks ?? [])].toSorted(compareNetworks);
  const names = [...new Set(all.map(({ name }) => name))];
  const places = new Map(names.map((name, rank) => [name, rank]));
  const placed = <N extends { readonly name: string }>(networks: readonly N[]): N[] =>
    networks.map((network) => ({ ...network, rank: places.get(network.name) ?? 0 }));
  const facts = {
    ...snapshot.facts,
    ...(plan && { plan: known({ ...rankedPlan(plan), networks: placed(plan.networks) }) }),
    ...(runtime && { runtime: known({ ...runtime, networks: placed(runtime.networks) }) }),
  };
  return { ...snapshot, facts: { ...facts, ...rankedNamespaces(snapshot) } };
}

function rankedPlan(plan: Plan): Plan {
  const containers = plan.containers.map((container) => {
    const names = container.endpoints.map(({ network }) => network).toSorted();
    return {
      ...container,
      endpoints: container.endpoints.map((endpoint) => ({
        ...endpoint,
        rank: names.indexOf(endpoint.network),
      })),
    };
  });
  return { ...plan, containers };
}

function rankedNamespaces({ facts }: Snapshot): Partial<Pick<Facts, 'namespaces'>> {
  const namespaces = valueOf(facts.namespaces);
  if (namespaces === undefined) return {};
  const { parents } = wholeTopology(facts);
  const ends = parents.flatMap(({ children, ipvlans }) => [...children, ...ipvlans]);
  const ranks = new Map<number, [ifname: string, rank: number][]>();
  for (const [rank, { netns, link }] of ends.entries()) {
    ranks.set(netns.inode, [...(ranks.get(netns.inode) ?? []), [link.ifname, rank]]);
  }
  const value = namespaces.map((netns): Netns => {
    const own = ranks.get(netns.inode);
    return own === undefined ? netns : { ...netns, ranks: Object.fromEntries(own) };
  });
  return { namespaces: known(value) };
}
