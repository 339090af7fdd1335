// What findings are about, named as the contract has it, and what each is part of.
import type { Subject } from '../../model/finding.js';
import type { RuntimeNetwork } from '../../model/runtime-network.js';
import type { Child, Parent } from '../../model/topology.js';

/** The machine as a whole: what no single link is to blame for. Everything is within it. */
export const HOST: Subject = { kind: 'host', name: 'host' };

export function parentSubject({ name }: Pick<Parent, 'name'>): Subject {
  return { kind: 'parent', name };
}

export function childSubject({ name }: Pick<Child, 'name'>): Subject {
  return { kind: 'child', name };
}

export function networkSubject({ name }: Pick<RuntimeNetwork, 'name'>): Subject {
  return { kind: 'network', name };
}

/** What a child is part of: its parent, its network, the host. */
export function aboveChild(child: Child): Subject[] {
  const network = child.network === undefined ? [] : [networkSubject(child.network)];
  return [parentSubject({ name: child.parent }), ...network, HOST];
}
