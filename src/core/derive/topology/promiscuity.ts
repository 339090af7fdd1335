// The promiscuity of a parent, told right: what the kernel counts, what the receive filter holds, and whether it matters.
import type { Fact } from '../../../model/fact.js';
import { isAdminUp } from '../../../model/link.js';
import type { FdbEntry } from '../../../model/neighbour.js';
import type { ReportPromiscuity } from '../../../model/report.js';
import type { Parent } from '../../../model/topology.js';

interface FilterView {
  readonly parent: string;
  readonly count: number;
  /** rtnetlink shows the PROMISC flag only when somebody asked for it; the kernel's own holders show in the count alone. */
  readonly isSetByUser: boolean;
  /** Undefined when the filter could not be read. */
  readonly holds: number | undefined;
  readonly needs: number;
  readonly missing: readonly string[];
}

export function describePromiscuity(
  parent: Parent,
  fdb: Fact<readonly FdbEntry[]>,
): ReportPromiscuity {
  const needed = macsNeeded(parent);
  const held = new Set(parent.filter.map((entry) => entry.mac.toLowerCase()));
  const missing = needed.filter((mac) => !held.has(mac));
  const view: FilterView = {
    parent: parent.name,
    count: parent.link.promiscuity,
    isSetByUser: parent.link.flags.includes('PROMISC'),
    holds: fdb.state === 'known' ? needed.length - missing.length : undefined,
    needs: needed.length,
    missing,
  };
  return {
    count: view.count,
    isSetByUser: view.isSetByUser,
    filterHolds: view.holds ?? 0,
    filterNeeds: view.needs,
    verdict: verdictOf(view),
  };
}

/**
 * MACs that must get past the device's receive filter. A passthru child shares the parent's own; a link that is down is
 * taken out of the filter by the kernel (drivers/net/macvlan.c, macvlan_stop).
 */
function macsNeeded(parent: Parent): string[] {
  const ends = [...parent.children, ...parent.shims].filter(
    (end) => isAdminUp(end.link) && end.mode !== 'passthru' && end.mac !== '',
  );
  const macs = new Set(ends.map((end) => end.mac.toLowerCase()));
  macs.delete(parent.link.address?.toLowerCase() ?? '');
  return [...macs];
}

function verdictOf(view: FilterView): string {
  const { parent, count, needs } = view;
  const state = stateOf(view);
  if (needs === 0)
    return `${state}; no link that is up on ${parent} needs it, so nothing is to be done.`;
  if (count > 0 && !view.isSetByUser) {
    return `${state}: it takes every frame, and "promisc on" would change nothing. Nothing is to be done.`;
  }
  if (view.holds === undefined) {
    return `${state}; its receive filter could not be read, so whether that matters is open.`;
  }
  if (view.missing.length === 0) return `${state}${allHeld(view)}`;
  const which = needs === 1 ? macs(1) : `${view.missing.length.toString()} of ${macs(needs)}`;
  const lacks = `its receive filter lacks ${which} (${some(view.missing)})`;
  return count > 0
    ? `${state}, and needs to be: ${lacks}. Leave it so.`
    : `${state}, but ${lacks}: frames to these are dropped by the device. Something is to be done.`;
}

function stateOf({ parent, count, isSetByUser }: FilterView): string {
  if (count === 0) return `${parent} is not promiscuous`;
  if (isSetByUser) {
    return `${parent} was made promiscuous by hand (flag PROMISC, promiscuity ${count.toString()})`;
  }
  return `${parent} is promiscuous, and not by hand (promiscuity ${count.toString()}, no PROMISC flag)`;
}

function allHeld({ count, needs }: FilterView): string {
  const held = `its receive filter holds ${needs === 1 ? '' : 'all '}${macs(needs)}`;
  return count > 0
    ? `; ${held} anyway, so macvlan does not need it. It does no harm.`
    : ` and need not be: ${held}. Nothing is to be done.`;
}

function macs(count: number): string {
  return count === 1 ? 'the one MAC above it' : `${count.toString()} MACs above it`;
}

/** Enough to recognise whose they are; 150 would drown the sentence. */
const SHOWN = 3;

function some(list: readonly string[]): string {
  const rest = list.length - SHOWN;
  return list.slice(0, SHOWN).join(', ') + (rest > 0 ? ` and ${rest.toString()} more` : '');
}
