// Whether two links of the host lead to one LAN: only a frame that went from the one to the other proves it.
import { valueOf } from '../../../model/fact.js';
import { isUnresolved } from '../../../model/neighbour.js';
import { isAnswered, isSilent, type Observation } from '../../../model/observation.js';
import { oncePer } from '../../../model/once-per.js';
import type { Facts } from '../../../model/snapshot.js';
import { find } from '../verdicts/reach.js';
import { contentOf } from '../topology/content.js';
import { isVirtualRouter, macsHere, type Look } from './links-here.js';
import { wholeTopology } from '../topology/topology.js';

/** `IP MAC` pairs that were seen on the wire of each link of the host. */
type Sightings = ReadonlyMap<string, ReadonlySet<string>>;

/** `open`: no frame went across, and the same machine was met on both; `unknown`: nobody has tried. */
export type Lans = 'one' | 'two' | 'open' | 'unknown';

/** A router's address and MAC may well be there twice: cloned routers have them, each on a LAN of its own. */
export function lansOf(a: string, b: string, look: Look): Lans {
  const crossings = crossingsBetween(a, b, look);
  const isCrossed = crossings.some((one) => isAnswered(one));
  if (isCrossed || isHeardBy(a, b, look) || isHeardBy(b, a, look)) return 'one';
  if (metOnBoth(a, b, look)) return 'open';
  return crossings.some((one) => isSilent(one)) ? 'two' : 'unknown';
}

/** Frames that were sent at the one and listened for at the other, whichever way. */
export function crossingsBetween(
  a: string,
  b: string,
  { observations }: Pick<Look, 'observations'>,
): Observation[] {
  return find(observations, { probe: 'crossing' }).filter(
    ({ parent, send }) =>
      send.kind === 'reflection' &&
      ((parent === a && send.heardAt === b) || (parent === b && send.heardAt === a)),
  );
}

/** One address with one MAC, neither ours nor a virtual router's. */
function metOnBoth(a: string, b: string, look: Look): boolean {
  const seen = sightings(look.facts)(look.observations);
  return [...(seen.get(a) ?? [])].some((pair) => seen.get(b)?.has(pair) === true);
}

const sightings = oncePer((facts: Facts) =>
  oncePer((observations: readonly Observation[]) => sightingsIn({ facts, observations })),
);

function sightingsIn(look: Pick<Look, 'facts' | 'observations'>): Sightings {
  const ours = macsHere(look);
  const seen = new Map<string, Set<string>>();
  const note = (device: string, ip: string, mac: string | undefined): void => {
    if (mac === undefined || ours.has(mac) || isVirtualRouter(mac) || ip.includes(':')) return;
    seen.set(device, (seen.get(device) ?? new Set()).add(`${ip} ${mac}`));
  };
  for (const { send, parent, target, replies } of look.observations) {
    if (send.kind === 'arp') for (const { mac } of replies) note(parent, target, mac);
  }
  const { host, parents } = wholeTopology(look.facts);
  const after = valueOf(look.facts.neighboursAfter)?.[host.inode.toString()] ?? [];
  for (const entry of [...contentOf(host).neighbours, ...after]) {
    if (!isUnresolved(entry)) note(entry.dev, entry.dst, entry.lladdr);
  }
  for (const parent of parents) {
    for (const entry of parent.children.flatMap(({ neighbours }) => neighbours)) {
      if (!isUnresolved(entry)) note(parent.name, entry.dst, entry.lladdr);
    }
  }
  return seen;
}

/** The parent asked something, and a link on the other one answered. */
function isHeardBy(asker: string, other: string, look: Look): boolean {
  const parent = wholeTopology(look.facts).parents.find(({ name }) => name === other);
  if (parent === undefined) return false;
  const own = wholeTopology(look.facts).parents.find(({ name }) => name === asker);
  const mine = new Set([own?.link.address, ...(own?.children ?? []).map(({ mac }) => mac)]);
  const macs = [parent.link.address, ...parent.children.map(({ mac }) => mac)];
  const theirs = new Set(macs.filter((mac) => !mine.has(mac)));
  return look.observations.some(
    (one) =>
      one.parent === asker &&
      one.send.kind === 'arp' &&
      one.replies.some(({ mac }) => mac !== undefined && theirs.has(mac)),
  );
}
