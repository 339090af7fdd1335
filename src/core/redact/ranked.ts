// The order of real names, kept where stand-ins have another: who is listed first, and who is left out of a long list, must not
// change.
import { valueOf } from '../../model/fact.js';
import type { Netns } from '../../model/netns.js';
import type { Snapshot } from '../../model/snapshot.js';
import { buildTopology } from '../derive/topology/topology.js';

const EVERYTHING = { parents: [], networks: [], containers: [] };

/** The snapshot with the place of every child's link among all children, by name. */
export function ranked(snapshot: Snapshot): Snapshot {
  const { facts } = snapshot;
  const namespaces = valueOf(facts.namespaces);
  if (namespaces === undefined) return snapshot;
  const { parents } = buildTopology({ facts, scope: EVERYTHING });
  const ranks = new Map<number, [ifname: string, rank: number][]>();
  for (const [rank, { netns, link }] of parents.flatMap(({ children }) => children).entries()) {
    ranks.set(netns.inode, [...(ranks.get(netns.inode) ?? []), [link.ifname, rank]]);
  }
  const value = namespaces.map((netns): Netns => {
    const own = ranks.get(netns.inode);
    return own === undefined ? netns : { ...netns, ranks: Object.fromEntries(own) };
  });
  return { ...snapshot, facts: { ...facts, namespaces: { state: 'known', value } } };
}
