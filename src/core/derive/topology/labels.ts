// Short names for children that people recognise: container, named namespace, or the process that lives there.
import { indexBy } from '../../../model/index-by.js';
import type { Link } from '../../../model/link.js';
import type { Netns } from '../../../model/netns.js';
import type { RuntimeContainer } from '../../../model/runtime-network.js';

/** A macvlan link whose place is known, before anybody has named it. */
export interface UnnamedChild {
  readonly netns: Netns;
  readonly link: Link;
  readonly parent: string;
  readonly container?: RuntimeContainer;
}

/** `ip netns` keeps its names here (ip-netns(8)). */
const NAMED = /^(?:\/var)?\/run\/netns\/(.+)$/su;

/**
 * One label per child, in the given order. Unique: children that share a namespace get `/ifname` behind theirs, and
 * two namespaces of one name (two processes of one command) their inode.
 */
export function labelChildren(children: readonly UnnamedChild[]): string[] {
  const placed = children.map((child) => ({ child, place: placeOf(child) }));
  const inodesAt = new Map(
    [...indexBy(placed, ({ place }) => place)].map(([place, namesakes]) => [
      place,
      indexBy(namesakes, ({ child }) => child.netns.inode),
    ]),
  );
  return placed.map(({ child: { netns, link }, place }) => {
    const inodes = inodesAt.get(place);
    const isAmbiguous = (inodes?.size ?? 0) > 1;
    const unique = isAmbiguous ? `${place}#${netns.inode.toString()}` : place;
    const hasSiblingHere = (inodes?.get(netns.inode)?.length ?? 0) > 1;
    return hasSiblingHere ? `${unique}/${link.ifname}` : unique;
  });
}

function placeOf({ container, netns, link }: UnnamedChild): string {
  if (container !== undefined) return container.name;
  if (netns.isHost) return link.ifname;
  for (const mount of netns.mounts) {
    const name = NAMED.exec(mount)?.[1];
    if (name !== undefined) return name;
  }
  const process = netns.processes[0];
  if (process !== undefined) return `${process.comm}[${process.pid.toString()}]`;
  return netns.mounts[0]?.split('/').at(-1) ?? `netns-${netns.inode.toString()}`;
}
