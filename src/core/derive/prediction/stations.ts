// Who is on a parent: its links, each with the network stack behind it, and which stack holds which address.
import { valueOf } from '../../../model/fact.js';
import { hasCarrier, isAdminUp, type Link, type MacvlanMode } from '../../../model/link.js';
import type { Netns, NetnsContent } from '../../../model/netns.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { oncePer, oncePerText } from '../../../model/once-per.js';
import { contains, networkOf } from '../addressing/subnets.js';
import { contentOf, ipsOf } from '../topology/content.js';
import { silence, type Prediction } from './prediction.js';

/** One link on a parent, or the parent itself as the host uses it, with the namespace that it lives in. */
export interface Station {
  /** `parent` for the parent itself, which is in no macvlan mode. */
  readonly mode: MacvlanMode | 'parent';
  readonly link: Link;
  readonly mac: string;
  readonly parent: Parent;
  readonly netns: Netns;
  /** Undefined where the stack is out of sight: a virtual machine's behind a macvtap. */
  readonly content: NetnsContent | undefined;
}

/** All stations of a topology, and ways to find them: with hundreds of children each is looked for thousands of times. */
interface Stations {
  readonly all: readonly Station[];
  /** By inode of the namespace. */
  readonly byNetns: ReadonlyMap<number, readonly Station[]>;
  /** By every address of the stack behind them: Linux answers for it by whichever of its links. */
  readonly byIp: ReadonlyMap<string, readonly Station[]>;
}

const indexOf = oncePer((topology: Topology): Stations => {
  const all = topology.parents.flatMap((parent) => stationsOf(parent, topology.host));
  const byNetns = new Map<number, Station[]>();
  const byIp = new Map<string, Station[]>();
  for (const station of all) {
    append(byNetns, station.netns.inode, station);
    const ips = station.content === undefined ? [] : ipsOf(station.content);
    for (const ip of ips) append(byIp, ip, station);
  }
  return { all, byNetns, byIp };
});

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Every station of every parent in scope. */
export function stationsIn(topology: Topology): readonly Station[] {
  return indexOf(topology).all;
}

/** The links of one namespace on any parent. */
export function stationsOfNetns(topology: Topology, inode: number): readonly Station[] {
  return indexOf(topology).byNetns.get(inode) ?? [];
}

/** Links of stacks that have the address, in whatever place. */
export function holdersOf(topology: Topology, ip: string): readonly Station[] {
  return indexOf(topology).byIp.get(ip) ?? [];
}

function stationsOf(parent: Parent, host: Netns): Station[] {
  const content = valueOf(host.content);
  const common = { parent, netns: host, content };
  return [
    { ...common, mode: 'parent', link: parent.link, mac: parent.link.address ?? '' },
    ...parent.shims.map(({ mode, link, mac }) => ({ ...common, mode, link, mac })),
    ...parent.children.map(({ mode, link, mac, netns, isTap }) => ({
      parent,
      mode,
      link,
      mac,
      netns,
      content: isTap ? undefined : valueOf(netns.content),
    })),
  ];
}

/** Linux answers for an address whichever of its links it stands on. */
export function holds({ content }: Pick<Station, 'content'>, ip: string): boolean {
  return content !== undefined && ipsOf(content).has(ip);
}

/** Why nothing passes a parent at all. */
export function parentState({ link }: Pick<Parent, 'link'>): Prediction | undefined {
  if (!isAdminUp(link)) return silence('parent-down');
  return hasCarrier(link) ? undefined : silence('parent-no-carrier');
}

/** Why nothing passes a station: its own state and its parent's. */
export function linkState({ link, parent, mode }: Station): Prediction | undefined {
  const state = parentState(parent);
  if (state !== undefined || mode === 'parent') return state;
  return isAdminUp(link) && hasCarrier(link) ? undefined : silence('end-down');
}

/**
 * Has the stack another link in the address's subnet, off this parent? Where both hang on one LAN it answers there, for
 * Linux answers by every link.
 */
export function isElsewhereToo({ content, netns, parent }: Station, ip: string): boolean {
  return content !== undefined && elsewhere(parent)(netns)(ip);
}

/** Once for each address: all links of a namespace on the parent ask the same, and so does every probe. */
const elsewhere = oncePer((parent: Parent) =>
  oncePer((netns: Netns) => {
    const here = new Set(linksHere(parent, netns));
    const away = contentOf(netns).addresses.filter(
      ({ family, ifname }) => family === 'inet' && !here.has(ifname),
    );
    const subnets = [...new Set(away.map(({ local, prefixlen }) => networkOf(local, prefixlen)))];
    return oncePerText((ip) => subnets.some((subnet) => contains(subnet, ip)));
  }),
);

/** Names of the namespace's links on the parent. */
function linksHere(parent: Parent, { inode, isHost }: Netns): string[] {
  const own = isHost ? [parent, ...parent.shims] : [];
  return [...own, ...(childrenIn(parent).get(inode) ?? [])].map(({ link }) => link.ifname);
}

/** By inode of their namespace. */
const childrenIn = oncePer(({ children }: Parent): ReadonlyMap<number, readonly Child[]> => {
  const byNetns = new Map<number, Child[]>();
  for (const child of children) append(byNetns, child.netns.inode, child);
  return byNetns;
});
