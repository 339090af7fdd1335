// One cause, many children: which single thing a finding about them is about, and how they are grouped and listed.
import { indexBy } from '../../../model/index-by.js';
import type { Subject } from '../../../model/finding.js';
import type { Child, Parent, Shim } from '../../../model/topology.js';

export interface About {
  readonly subject: Subject;
  readonly within: readonly Subject[];
}

export function parentSubject(name: string): Subject {
  return { kind: 'parent', name };
}

/** A child lies within its parent and, when an engine made it, within its network. */
export function aboutChild(child: Child): About {
  const network: Subject[] =
    child.network === undefined ? [] : [{ kind: 'network', name: child.network.name }];
  return {
    subject: { kind: 'child', name: child.name },
    within: [parentSubject(child.parent), ...network],
  };
}

export function aboutShim(shim: Shim): About {
  return { subject: { kind: 'shim', name: shim.name }, within: [parentSubject(shim.parent)] };
}

/** A gateway that children of one parent share. */
export function aboutGateway(ip: string, parent: Parent): About {
  return { subject: { kind: 'gateway', name: ip }, within: [parentSubject(parent.name)] };
}

/** One child: itself. Several: the network that all of them are on, else their parent. */
export function aboutChildren(children: readonly Child[], parent: Parent): About {
  const [first, ...others] = children;
  if (first !== undefined && others.length === 0) return aboutChild(first);
  const name = first?.network?.name;
  if (name !== undefined && others.every((child) => child.network?.name === name)) {
    return { subject: { kind: 'network', name }, within: [parentSubject(parent.name)] };
  }
  return { subject: parentSubject(parent.name), within: [] };
}

/** Names are listed up to here; the rest is counted. */
const MOST_NAMES = 8;

/** `web`, `web and db`, `a, b, … and 12 more`. */
export function listOf(names: readonly string[]): string {
  if (names.length > MOST_NAMES + 1) {
    const rest = names.length - MOST_NAMES;
    return `${names.slice(0, MOST_NAMES).join(', ')} and ${rest.toString()} more`;
  }
  const last = names.at(-1) ?? 'none';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** Groups in the order of their first member. */
export function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): (readonly [string, readonly T[]])[] {
  return [...indexBy(items, keyOf)];
}
