// Who is on a parent: its links, each with the network stack behind it, and which stack holds which address.
import { valueOf } from '../../../model/fact.js';
import { hasCarrier, isAdminUp, type Link, type MacvlanMode } from '../../../model/link.js';
import type { Netns, NetnsContent } from '../../../model/netns.js';
import type { Parent, Topology } from '../../../model/topology.js';
import { contains, networkOf } from '../addressing/subnets.js';
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

const remembered = new WeakMap<Topology, Stations>();

function indexOf(topology: Topology): Stations {
  const known = remembered.get(topology);
  if (known !== undefined) return known;
  const all = topology.parents.flatMap((parent) => stationsOf(parent, topology.host));
  const byNetns = new Map<number, Station[]>();
  const byIp = new Map<string, Station[]>();
  for (const station of all) {
    append(byNetns, station.netns.inode, station);
    const ips = new Set(station.content?.addresses.map(({ local }) => local));
    for (const ip of ips) append(byIp, ip, station);
  }
  const index = { all, byNetns, byIp };
  remembered.set(topology, index);
  return index;
}

function append<K>(map: Map<K, Station[]>, key: K, station: Station): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [station]);
  else list.push(station);
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

const addressesOf = new WeakMap<NetnsContent, ReadonlySet<string>>();

/** Linux answers for an address whichever of its links it stands on. */
export function holds({ content }: Pick<Station, 'content'>, ip: string): boolean {
  if (content === undefined) return false;
  const known = addressesOf.get(content);
  if (known !== undefined) return known.has(ip);
  const all = new Set(content.addresses.map(({ local }) => local));
  addressesOf.set(content, all);
  return all.has(ip);
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
  const here = new Set([
    ...(netns.isHost ? [parent, ...parent.shims].map(({ link }) => link.ifname) : []),
    ...parent.children
      .filter((child) => child.netns.inode === netns.inode)
      .map(({ link }) => link.ifname),
  ]);
  return (content?.addresses ?? []).some(
    ({ family, ifname, local, prefixlen }) =>
      family === 'inet' && !here.has(ifname) && contains(networkOf(local, prefixlen), ip),
  );
}
