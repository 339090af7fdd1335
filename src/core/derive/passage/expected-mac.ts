// Whose is a MAC that a gateway sends a child's packets to, and may the child take it?
import { valueOf } from '../../../model/fact.js';
import type { Topology } from '../../../model/topology.js';
import { contentOf } from '../topology/content.js';
import type { Seen } from '../verdicts/reach.js';

/** A name for its owner on this machine: a child's label, or a link of the host. */
export function ownerHere(mac: string, { host, parents }: Topology): string | undefined {
  const child = parents.flatMap(({ children }) => children).find((one) => one.mac === mac);
  if (child !== undefined) return child.label;
  return contentOf(host).links.find(({ address }) => address === mac)?.ifname;
}

/** Nobody was seen with it: no link here, no receive filter, no neighbour entry for another address, no ARP answer. */
export function isNobodys(
  mac: string,
  { ip, topology, seen }: { readonly ip: string; readonly topology: Topology; readonly seen: Seen },
): boolean {
  const { facts, observations } = seen;
  if (ownerHere(mac, topology) !== undefined || !isOfOneStation(mac)) return false;
  const tables = [
    ...(valueOf(facts.namespaces) ?? []).flatMap((netns) => contentOf(netns).neighbours),
    ...Object.values(valueOf(facts.neighboursAfter) ?? {}).flat(),
  ];
  const replies = observations.flatMap((one) => one.replies);
  return !(
    topology.parents.some(({ unseenMacs }) => unseenMacs.includes(mac)) ||
    tables.some(({ lladdr, dst }) => lladdr === mac && dst !== ip) ||
    replies.some((reply) => reply.mac === mac)
  );
}

/** Neither a group's MAC (the lowest bit of the first byte, IEEE 802) nor all zeros. */
function isOfOneStation(mac: string): boolean {
  const first = Number.parseInt(mac.slice(0, 2), 16);
  return (first & 1) === 0 && mac !== '00:00:00:00:00:00';
}
