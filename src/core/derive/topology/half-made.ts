// Does any child look as one does for a moment while its container starts: moved into its namespace, and not yet up or without routes?
import { isAdminUp } from '../../../model/link.js';
import type { Child, Topology } from '../../../model/topology.js';
import { hasWayOut } from '../addressing/known-gateway.js';

export function isHalfMade({ parents }: Topology): boolean {
  return parents.some(({ children }) => children.some((child) => mayBeStarting(child)));
}

/** Whoever has IPv6 alone is done without a route for IPv4. */
function mayBeStarting(child: Child): boolean {
  if (child.isTap || child.netns.isPlanned === true) return false;
  const own = child.addresses.filter(({ scope }) => scope === 'global');
  const isRouted =
    child.network?.isInternal === true ||
    own.every(({ family }) => family !== 'inet') ||
    hasWayOut(child);
  return !isAdminUp(child.link) || own.length === 0 || !isRouted;
}
