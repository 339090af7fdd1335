// Finds again what a fix was requested for by name: a child by its subject name, a shim by its ifname.
import type { Child, Shim, Topology } from '../../model/topology.js';

export function findChild(topology: Topology, name: string): Child | undefined {
  return topology.parents.flatMap((parent) => parent.children).find((child) => child.name === name);
}

export function findShim(topology: Topology, name: string): Shim | undefined {
  return topology.parents.flatMap((parent) => parent.shims).find((shim) => shim.name === name);
}

/** The sentence for a target that is gone, or not made yet, or whose namespace has no way in. */
export function unreachable(name: string, child?: Child): { readonly impossible: string } {
  if (child?.netns.isPlanned === true) {
    return { impossible: `${child.label} is not made yet: put it right in the plan.` };
  }
  return {
    impossible: `No command on this host leads to ${name}: its network namespace has neither a name nor a process.`,
  };
}
