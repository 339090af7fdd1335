// Who can ask children of a parent for an address so that they hear it, and for which addresses that is worth it.
import { isAdminUp } from '../../../model/link.js';
import type { MacvlanEnd, Parent, Topology } from '../../../model/topology.js';
import { contentOf } from '../topology/content.js';
import { claimOf } from './claims.js';
import { hostAddresses, lanOwners, sharedAddresses } from './duplicates.js';
import type { Look } from './links-here.js';

/** Questions of one parent at the most. */
export const MOST_HOLDER_QUESTIONS = 8;

/** Addresses on a parent of which it is open who answers for them. */
export function openClaims(parent: Parent, look: Look): string[] {
  const shared = sharedAddresses(look)
    .flatMap(({ ip, children }) => children.map((child) => ({ ip, child })))
    .filter(({ child }) => child.parent === parent.name)
    .map(({ ip, child }) => ({ ip, claim: claimOf(child, ip, look) }));
  const strangers = lanOwners(parent, look).filter(({ standing }) => standing !== 'proxy');
  const claims = [...shared, ...hostAddresses(parent, look), ...strangers];
  return [...new Set(claims.filter(({ claim }) => claim === 'open').map(({ ip }) => ip))];
}

/** An end in bridge mode, which others in that mode hear. */
export interface Asker extends Pick<MacvlanEnd, 'link' | 'mac'> {
  readonly endpoint: string;
  /** Inode. */
  readonly netns: number;
}

/** One who has not the address itself hears all who have; else two who have it hear each other, and the others. */
export function askersFor(
  ip: string,
  parent: Parent,
  { host }: Pick<Topology, 'host'>,
): readonly Asker[] {
  const ends = [
    ...parent.children
      .filter(({ isTap, netns }) => !isTap && netns.isPlanned !== true)
      .map((child) => ({ ...child, netns: child.netns })),
    ...parent.shims.map((shim) => ({ ...shim, endpoint: `shim:${shim.name}`, netns: host })),
  ].filter(({ mode, link, netns }) => {
    return mode === 'bridge' && isAdminUp(link) && netns.content.state === 'known';
  });
  const isFree = ({ netns }: (typeof ends)[number]): boolean =>
    contentOf(netns).addresses.every(({ local }) => local !== ip);
  const free = ends.filter((end) => isFree(end)).slice(0, 1);
  const chosen = free.length > 0 ? free : ends.slice(0, 2);
  return chosen.map(({ link, mac, endpoint, netns }) => ({
    link,
    mac,
    endpoint,
    netns: netns.inode,
  }));
}
