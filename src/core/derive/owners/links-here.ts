// Every link of this machine by its MAC, and what people call it: who is no stranger.
import { valueOf } from '../../../model/fact.js';
import { indexBy } from '../../../model/index-by.js';
import type { Link } from '../../../model/link.js';
import type { Netns } from '../../../model/netns.js';
import { oncePer } from '../../../model/once-per.js';
import type { Observation } from '../../../model/observation.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Topology } from '../../../model/topology.js';
import { contentOf } from '../topology/content.js';
import { wholeTopology } from '../topology/topology.js';

/** What questions about owners are answered from: the context of a check, of a fix and of a follow-up each are one. */
export interface Look {
  readonly topology: Topology;
  readonly facts: Facts;
  readonly observations: readonly Observation[];
}

/** One link of this machine that has a MAC. */
export interface LinkHere {
  readonly link: Link;
  readonly netns: Netns;
  /** For people: `web`, `eth0 of this host`. */
  readonly name: string;
}

/** All links of all namespaces that were looked into, loopback left out. */
export function linksHere({ facts }: Pick<Look, 'facts'>): readonly LinkHere[] {
  return linksOf(facts);
}

const linksOf = oncePer((facts: Facts): readonly LinkHere[] => {
  const labels = labelsOf(wholeTopology(facts));
  return (valueOf(facts.namespaces) ?? []).flatMap((netns) =>
    linksIn(netns).map((link) => ({
      link,
      netns,
      name: labels.get(keyOf(netns, link)) ?? placeOf(netns, link),
    })),
  );
});

/** Those of them that have the MAC. */
export function linksWith(mac: string, { facts }: Pick<Look, 'facts'>): readonly LinkHere[] {
  return byMac(linksOf(facts)).get(mac) ?? [];
}

const byMac = oncePer((links: readonly LinkHere[]) => indexBy(links, ({ link }) => link.address));

function linksIn(netns: Netns): Link[] {
  return contentOf(netns).links.filter(
    ({ link_type, address }) => link_type === 'ether' && address !== undefined,
  );
}

/** MACs of this machine's links, those of macvtaps left out: a virtual machine is as much a stranger as any. */
export function macsHere({ facts }: Pick<Look, 'facts'>): ReadonlySet<string> {
  return macsOf(linksOf(facts));
}

const macsOf = oncePer(
  (links: readonly LinkHere[]): ReadonlySet<string> =>
    new Set(
      links
        .filter(({ link }) => link.linkinfo?.info_kind !== 'macvtap')
        .flatMap(({ link }) => link.address ?? []),
    ),
);

function labelsOf({ parents }: Topology): ReadonlyMap<string, string> {
  const children = parents.flatMap((parent) => parent.children);
  return new Map(children.map(({ netns, link, label }) => [keyOf(netns, link), label]));
}

function keyOf({ inode }: Netns, { ifindex }: Link): string {
  return `${inode.toString()} ${ifindex.toString()}`;
}

function placeOf({ isHost, mounts, inode }: Netns, { ifname }: Link): string {
  if (isHost) return `${ifname} of this host`;
  const place = mounts[0]?.split('/').at(-1) ?? `netns ${inode.toString()}`;
  return `${ifname} in ${place}`;
}

/** Children in namespaces that could not be looked into: their MACs are in a receive filter, and nothing else is known. */
function unseenMacs({ facts }: Pick<Look, 'facts'>): ReadonlyMap<string, string> {
  const { parents } = wholeTopology(facts);
  return new Map(
    parents.flatMap(({ name, unseenMacs }) => unseenMacs.map((mac) => [mac, name] as const)),
  );
}

/** Virtual routers share these by agreement (RFC 9568): whoever answers with one may be another machine a second later. */
export function isVirtualRouter(mac: string): boolean {
  return mac.startsWith('00:00:5e:00:01:') || mac.startsWith('00:00:5e:00:02:');
}

/** Who it is, as far as anybody here knows: to follow the MAC, in brackets. Empty for a stranger. */
export function whoseMac(mac: string, look: Pick<Look, 'facts'>): string {
  const here = linksWith(mac, look)[0];
  if (here !== undefined) return here.name;
  const parent = unseenMacs(look).get(mac);
  if (parent !== undefined) return `a link on ${parent} that could not be looked into`;
  const container = (valueOf(look.facts.runtime)?.containers ?? []).find(({ endpoints }) =>
    endpoints.some((endpoint) => endpoint.mac === mac),
  );
  if (container !== undefined) return `container ${container.name} of this host`;
  return isVirtualRouter(mac) ? 'a virtual router, as VRRP makes them' : '';
}
