// Which check answers which of the four questions, and which of them about which planned network.
import type { CheckResult, Question } from '../../model/report.js';
import type { Child, Topology } from '../../model/topology.js';

/** Checks whose finding means that the engine says no to the network itself. */
const CREATED = new Set(['network-refused', 'pool-overlap', 'cidr-host-bits', 'parent-missing']);
/** Two owners of an address, a MAC or a subnet, or two who give addresses out. */
const COLLIDES = new Set([
  'duplicate-ip',
  'duplicate-mac',
  'subnet-overlap',
  'ip-conflict-dhcp',
  'ip-range-exhausted',
  'range-in-use',
]);
/** What stands between host and children. */
const HOST = new Set(['host-child-isolation', 'gateway-is-host', 'arp-flux']);

export function questionOf({ check, category }: CheckResult): Question {
  if (CREATED.has(check)) return 'created';
  if (COLLIDES.has(check)) return 'collides';
  return HOST.has(check) || category === 'shim' ? 'host' : 'lan';
}

/** A planned network as the topology has it. */
export interface NetworkInPlace {
  readonly name: string;
  readonly parent: string | undefined;
  readonly children: readonly Child[];
}

export function networkInPlace(
  name: string,
  parent: string | undefined,
  { parents }: Topology,
): NetworkInPlace {
  const children = parents.flatMap((one) => one.children);
  return { name, parent, children: children.filter(({ network }) => network?.name === name) };
}

/** Is the result about the network, about what it is on, or about one of its own? */
export function isAbout(
  { subject }: CheckResult,
  { name, parent, children }: NetworkInPlace,
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
      return children.some(({ container }) => container?.name === subject.name);
    }
    case 'gateway': {
      return children.some(({ gateways }) => gateways.includes(subject.name));
    }
    case 'shim': {
      return false;
    }
  }
}
