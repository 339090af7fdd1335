// Which check answers which of the five questions, and which of them about which planned network.
import { valueOf } from '../../model/fact.js';
import { PLANNED, type Plan } from '../../model/plan.js';
import type { CheckResult, Question } from '../../model/report.js';
import type { Child } from '../../model/topology.js';
import type { Judged } from './judged.js';

/** Checks whose finding means that the engine says no to the network itself. */
const CREATED = new Set([
  'network-refused',
  'pool-overlap',
  'cidr-host-bits',
  'parent-missing',
  'vlan-parent-missing',
]);
/** Two owners of an address, a MAC or a subnet, or two who give addresses out. */
const COLLIDES = new Set([
  'duplicate-ip',
  'duplicate-mac',
  'subnet-overlap',
  'ip-conflict-dhcp',
  'range-in-use',
]);
/** What stands between containers of one parent. */
const SIBLINGS = new Set(['mode-private', 'mode-mixed', 'vepa-no-hairpin']);
/** What stands between host and children. */
const HOST = new Set(['host-child-isolation', 'passthru-shared', 'arp-flux']);
/** What is true of containers that may come after those that are planned. */
const LATER = new Set(['ip-range-exhausted full']);

/** Undefined for what answers none of them. */
export function questionOf({ check, code = '', category }: CheckResult): Question | undefined {
  if (LATER.has(`${check} ${code}`)) return undefined;
  if (CREATED.has(check)) return 'created';
  if (COLLIDES.has(check)) return 'collides';
  if (SIBLINGS.has(check)) return 'siblings';
  return HOST.has(check) || category === 'shim' ? 'host' : 'lan';
}

/** A planned network as the topology has it. */
export interface NetworkInPlace {
  readonly name: string;
  readonly parent: string | undefined;
  readonly children: readonly Child[];
  /** Names of the planned containers that are to be on it, whether they would start or not. */
  readonly containers: readonly string[];
  /** None of those would start: the engine has no address for them, or not the one that they ask for. */
  readonly isIdle: boolean;
}

export function networkInPlace(
  { name, parent }: Pick<NetworkInPlace, 'name' | 'parent'>,
  { containers }: Plan,
  { snapshot, topology: { parents } }: Judged,
): NetworkInPlace {
  const names = containers
    .filter(({ endpoints }) => endpoints.some(({ network }) => network === name))
    .map((one) => one.name);
  const told = (valueOf(snapshot.facts.runtime)?.containers ?? []).filter(
    (one) => one.id.startsWith(PLANNED) && names.includes(one.name),
  );
  const children = parents.flatMap((one) => one.children);
  return {
    name,
    parent,
    children: children.filter(({ network }) => network?.name === name),
    containers: names,
    isIdle: told.length > 0 && told.every(({ state }) => state === 'created'),
  };
}

/** Is the result about the network, about what it is on, or about one of its own? */
export function isAbout(
  { subject }: CheckResult,
  { name, parent, children, containers }: NetworkInPlace,
): boolean {
  switch (subject.kind) {
    case 'host':
    case 'lan': {
      return true;
    }
    case 'parent': {
      return subject.name === parent;
    }
    case 'network': {
      return subject.name === name;
    }
    case 'child': {
      return children.some((child) => child.name === subject.name);
    }
    case 'container': {
      return (
        containers.includes(subject.name) ||
        children.some(({ container }) => container?.name === subject.name)
      );
    }
    case 'gateway': {
      return children.some(({ gateways }) => gateways.includes(subject.name));
    }
    case 'shim': {
      return false;
    }
  }
}
