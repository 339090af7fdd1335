// Ways to find the stations of a topology: every probe looks for some, and there may be thousands.
import { indexBy } from '../../../model/index-by.js';
import { oncePer, oncePerText } from '../../../model/once-per.js';
import type { Parent, Topology } from '../../../model/topology.js';
import { ipsOf } from '../topology/content.js';
import { stationsOf, type Station } from './stations.js';

/**
 * More links than these, of stacks that have one address, are not gone through: a probe could end at any of them, and there
 * is a probe for each.
 */
export const MOST_ENDS = 500;

/** The links of one network stack that is in sight. */
interface Stack {
  readonly inode: number;
  readonly on: ReadonlyMap<Parent, readonly Station[]>;
}

interface Found {
  readonly all: readonly Station[];
  /** Of one namespace, by its inode. */
  readonly byNetns: ReadonlyMap<number, readonly Station[]>;
  /** By inode and ifname. */
  readonly byLink: ReadonlyMap<string, readonly Station[]>;
  /** By any address of theirs: Linux answers for it by whichever of its links. */
  readonly stacks: ReadonlyMap<string, readonly { readonly stack: Stack }[]>;
}

const findIn = oncePer((topology: Topology): Found => {
  const all = topology.parents.flatMap((parent) => stationsOf(parent, topology.host));
  const byNetns = indexBy(all, ({ netns }) => netns.inode);
  const owned = [...byNetns].flatMap(([inode, stations]) => {
    const links = stations.filter(({ content }) => content !== undefined);
    const stack = { inode, on: indexBy(links, ({ parent }) => parent) };
    const content = links[0]?.content;
    return content === undefined ? [] : [...ipsOf(content)].map((ip) => ({ ip, stack }));
  });
  return {
    all,
    byNetns,
    byLink: indexBy(all, ({ netns, link }) => keyOf(netns.inode, link.ifname)),
    stacks: indexBy(owned, ({ ip }) => ip),
  };
});

/** No name of a link holds a space. */
function keyOf(inode: number, ifname: string): string {
  return `${inode.toString()} ${ifname}`;
}

/** Every station of every parent in scope. */
export function stationsIn(topology: Topology): readonly Station[] {
  return findIn(topology).all;
}

/** The links of one namespace on any parent. */
export function stationsOfNetns(topology: Topology, inode: number): readonly Station[] {
  return findIn(topology).byNetns.get(inode) ?? [];
}

/** The link of a namespace; more than one only where it is a parent and on another parent at once. */
export function stationsCalled(
  topology: Topology,
  inode: number,
  ifname: string,
): readonly Station[] {
  return findIn(topology).byLink.get(keyOf(inode, ifname)) ?? [];
}

/** Links on the parent of stacks that have the address, in the order of all. */
export function holdersOn(topology: Topology, parent: Parent, ip: string): readonly Station[] {
  return holders(topology)(parent)(ip);
}

const holders = oncePer((topology: Topology) => {
  const { all, stacks } = findIn(topology);
  const places = new Map(all.map((station, at) => [station, at]));
  const placeOf = (station: Station): number => places.get(station) ?? 0;
  return oncePer((parent: Parent) =>
    oncePerText((ip): readonly Station[] => {
      const lists = (stacks.get(ip) ?? []).flatMap(({ stack }) => {
        const here = stack.on.get(parent);
        return here === undefined ? [] : [here];
      });
      return lists.length === 1
        ? (lists[0] ?? [])
        : lists.flat().toSorted((a, b) => placeOf(a) - placeOf(b));
    }),
  );
});

/** Whether a stack other than that of the namespace has the address: on any parent, or on the one. */
export function isHeldByOther(
  topology: Topology,
  ip: string,
  { inode, parent }: { readonly inode: number; readonly parent?: Parent },
): boolean {
  return (findIn(topology).stacks.get(ip) ?? []).some(
    ({ stack }) =>
      stack.inode !== inode && (parent === undefined ? stack.on.size > 0 : stack.on.has(parent)),
  );
}
