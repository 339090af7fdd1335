// Shims that answer ARP for addresses of the host that are not theirs.
import { isAdminUp } from '../../../model/link.js';
import { settingInForce, type Ipv4Settings } from '../../../model/netns.js';
import type { Parent, Shim, Topology } from '../../../model/topology.js';
import { contentOf } from '../topology/content.js';
import { neighboursAfter, type Seen } from '../verdicts/reach.js';

export interface Flux {
  readonly shim: Shim;
  /** Addresses of the host on the parent that the shim answers for as well. */
  readonly addresses: readonly string[];
  /** Settings in force; undefined where they could not be read, and a child's table shows it. */
  readonly settings: { readonly arpIgnore: number; readonly arpFilter: number } | undefined;
  /** A child that knows one of these addresses under the shim's MAC. */
  readonly witness: { readonly label: string; readonly ip: string } | undefined;
}

export type FluxState = Flux | 'quiet' | 'unknown';

/** Undefined where there is nothing to answer for: the parent has no address of its own, or the shim is down. */
export function fluxOf(
  shim: Shim,
  parent: Parent,
  seen: Seen & { readonly topology: Topology },
): FluxState | undefined {
  // One that stands on the shim as well is the shim's own, and no setting keeps it from answering.
  const own = new Set(shim.addresses.map(({ local }) => local));
  const addresses = parent.addresses
    .filter(
      ({ family, scope, local }) => family === 'inet' && scope === 'global' && !own.has(local),
    )
    .map(({ local }) => local);
  if (addresses.length === 0 || !isAdminUp(shim.link)) return undefined;
  const settings = inForce(shim, contentOf(seen.topology.host).ipv4);
  const witness = witnessOf(shim, parent, { seen, addresses });
  const flux = { shim, addresses, settings, witness };
  if (settings === undefined) return witness === undefined ? 'unknown' : flux;
  return settings.arpIgnore === 0 && settings.arpFilter === 0 ? flux : 'quiet';
}

/** Unknown where the shim's own are. */
function inForce({ name }: Shim, settings: Ipv4Settings | undefined): Flux['settings'] {
  if (settings?.links[name] === undefined) return undefined;
  return {
    arpIgnore: settingInForce(settings, name, 'arp_ignore'),
    arpFilter: settingInForce(settings, name, 'arp_filter'),
  };
}

function witnessOf(
  shim: Shim,
  parent: Parent,
  { seen, addresses }: { readonly seen: Seen; readonly addresses: readonly string[] },
): Flux['witness'] {
  for (const child of parent.children) {
    const table = [...child.neighbours, ...(neighboursAfter(child, seen) ?? [])];
    const entry = table.find(({ dst, lladdr }) => lladdr === shim.mac && addresses.includes(dst));
    if (entry !== undefined) return { label: child.label, ip: entry.dst };
  }
  return undefined;
}
