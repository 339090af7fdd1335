// How many neighbour entries a run may cause: the kernel keeps one table for all namespaces, and refuses more when it is full.
import { valueOf } from '../../../model/fact.js';
import type { ProbeId, ProbeStep } from '../../../model/observation.js';
import type { Facts } from '../../../model/snapshot.js';

/** A run takes so much of what is left of the table. */
const SHARE = 0.75;
/** Where the table could not be read: gc_thresh3 is 1024 unless somebody changed it (arp(7)). */
export const MOST_ENTRIES = 1024 * SHARE;

/** How many entries a run may cause, given how full the table is already. */
export function mostEntries({ neighbourTable }: Pick<Facts, 'neighbourTable'>): number {
  const table = valueOf(neighbourTable);
  if (table === undefined) return MOST_ENTRIES;
  return Math.max(0, Math.floor((table.gcThresh3 - table.entries) * SHARE));
}

/** What is kept first. Whoever is left out of the later ones has still been asked by ARP, which costs no entry. */
const RANK: readonly ProbeId[] = [
  'gateway-icmp-parent',
  'gateway-icmp',
  'sibling-icmp',
  'shim-child-icmp',
  'child-shim-icmp',
  'child-host-icmp',
];

/** The steps, in their order, without those that would fill the table beyond `most` entries. */
export function thinOut(steps: readonly ProbeStep[], most = MOST_ENTRIES): ProbeStep[] {
  const entries = new Set<string>();
  const left = new Set<ProbeStep>();
  for (const step of steps.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    const added = entriesOf(step).filter((entry) => !entries.has(entry));
    if (entries.size + added.length > most) left.add(step);
    else for (const entry of added) entries.add(entry);
  }
  return steps.filter((step) => !left.has(step));
}

function rankOf({ probe, expect }: ProbeStep): number {
  // Through a shim it is the traffic that the shim is there for; by the parent it only confirms what ARP says.
  if (probe === 'host-child-icmp')
    return expect === 'answer' ? RANK.indexOf('shim-child-icmp') : RANK.length;
  return RANK.indexOf(probe);
}

/** Who will remember whom on this machine; a step that nobody here answers is remembered by its sender alone. */
function entriesOf({ send, target, to, expect }: ProbeStep): string[] {
  if (send.kind !== 'icmp') return [];
  const asker = `${send.netns.toString()} asks for ${target}`;
  return expect === 'silence' ? [asker] : [asker, `${to} knows ${send.netns.toString()}`];
}
