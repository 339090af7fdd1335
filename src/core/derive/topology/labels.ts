// Short names for children that people recognise: container, named namespace, or the process that lives there.
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
  const places = children.map((child) => placeOf(child));
  const namesakes = new Map<string, UnnamedChild[]>();
  for (const [index, child] of children.entries()) {
    const place = places[index] ?? '';
    namesakes.set(place, [...(namesakes.get(place) ?? []), child]);
  }
  return children.map((child, index) => {
    const place = places[index] ?? '';
    const others = (namesakes.get(place) ?? []).filter((other) => other !== child);
    const isAmbiguous = others.some((other) => other.netns.inode !== child.netns.inode);
    const unique = isAmbiguous ? `${place}#${child.netns.inode.toString()}` : place;
    const hasSiblingHere = others.some((other) => other.netns.inode === child.netns.inode);
    return hasSiblingHere ? `${unique}/${child.link.ifname}` : unique;
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
