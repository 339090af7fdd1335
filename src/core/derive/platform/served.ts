// Whether somebody out there ever answered a child: then the MAC of a child does pass here, whatever the platform.
import type { CheckContext } from '../../../model/check.js';
import type { Child, Parent } from '../../../model/topology.js';
import { hearsLan } from '../verdicts/reach.js';

/** An answer may be old: the kernel keeps what it learned until somebody needs the room. */
const LEARNED = new Set(['REACHABLE', 'STALE', 'DELAY', 'PROBE']);

export function isServed(child: Child, parent: Parent, context: CheckContext): boolean {
  const here = new Set([
    parent.link.address,
    ...[...parent.children, ...parent.shims].map(({ mac }) => mac),
  ]);
  return (
    hearsLan(child, parent, context) ||
    child.neighbours.some(
      ({ lladdr, state }) =>
        lladdr !== undefined && !here.has(lladdr) && state.some((word) => LEARNED.has(word)),
    )
  );
}
