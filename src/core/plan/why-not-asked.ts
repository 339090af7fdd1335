// Why the LAN was not asked in the names of a planned network's containers: a clause that follows a semicolon.
import { findAll } from '../derive/verdicts/reach.js';
import { findLink, contentOf } from '../derive/topology/content.js';
import type { ProbeId } from '../../model/observation.js';
import type { Judged } from './judged.js';
import { isToBeMade } from './planned-vlan.js';
import type { NetworkInPlace } from './questions.js';

/** What is asked in their names. */
const ASKED: readonly ProbeId[] = ['host-child-arp', 'gateway-arp-child', 'split-child'];

/** Else no result says more than the reason why nothing was sent at all. */
export function couldBeAsked(place: NetworkInPlace, judged: Judged): boolean {
  return judged.snapshot.probing.state === 'known' && !isOnLinkToBeMade(place, judged);
}

function isOnLinkToBeMade({ parent = '' }: NetworkInPlace, { topology }: Judged): boolean {
  const link = findLink(contentOf(topology.host).links, parent);
  return link !== undefined && isToBeMade(link);
}

export function whyNotAsked(place: NetworkInPlace, judged: Judged): string {
  const { parent = '', children, isIdle } = place;
  const { probing, observations } = judged.snapshot;
  if (probing.state !== 'known') return `the LAN was not asked: ${probing.reason}`;
  if (isOnLinkToBeMade(place, judged)) {
    return `nothing can be asked by ${parent} before it is made, and whether the switch carries its VLAN shows only then`;
  }
  if (isIdle) return 'no container of it would start, in whose name to ask';
  if (children.length === 0) return 'no container of it is known, in whose name to ask';
  const errors = ASKED.flatMap((probe) => findAll(observations, probe, children)).flatMap(
    ({ error }) => error ?? [],
  );
  const [first] = errors;
  if (first !== undefined) return `the LAN could not be asked: ${first}`;
  return children.every(({ addresses }) => addresses.length === 0)
    ? 'no container of it has an address that is known yet, to be asked for'
    : 'the LAN was not asked for all of them';
}
