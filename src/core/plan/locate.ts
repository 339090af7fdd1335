// Where in the user's own words a finding's cause stands, so that a report can point there.
import type { Plan, PlannedEndpoint, PlannedNetwork, Words } from '../../model/plan.js';
import type { CheckResult, Location } from '../../model/report.js';
import type { Facts } from '../../model/snapshot.js';
import { refusedNetworks, type RefusedNetwork } from '../derive/planned/engine-says.js';
import type { Child, Topology } from '../../model/topology.js';

/** The part of a network that a check is about, first choice first; the network itself where it has none of them. */
const PARTS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'parent-missing': ['driver_opts.parent', 'driver_opts'],
    'parent-shared-old-docker': ['driver_opts.parent'],
    'parent-down': ['driver_opts.parent'],
    'parent-enslaved': ['driver_opts.parent'],
    'parent-wireless': ['driver_opts.parent'],
    'mode-private': ['driver_opts.macvlan_mode'],
    'vepa-no-hairpin': ['driver_opts.macvlan_mode'],
    'gateway-silent': ['ipam.config[0].gateway', 'ipam.config[0].subnet'],
    'gateway-is-host': ['ipam.config[0].gateway', 'ipam.config[0].subnet'],
    'gateway-wrong': ['ipam.config[0].gateway', 'ipam.config[0].subnet'],
    'ip-range-exhausted': ['ipam.config[0].ip_range', 'ipam.config[0].subnet'],
    'range-in-use': ['ipam.config[0].ip_range', 'ipam.config[0].subnet'],
    'internal-network': ['internal'],
    'vlan-parent-missing': ['driver_opts.parent'],
    'parent-no-carrier': ['driver_opts.parent'],
    'parent-not-ethernet': ['driver_opts.parent'],
    'gateway-outside-subnet': ['ipam.config[0].gateway'],
    'ip-conflict-dhcp': ['ipam.config[0].ip_range', 'ipam.config[0].subnet'],
    'pool-overlap': ['ipam.config[0].subnet'],
    'cidr-host-bits': ['ipam.config[0].subnet'],
    'subnet-overlap': ['ipam.config[0].subnet'],
    'subnet-mismatch': ['ipam.config[0].subnet'],
    'prefix-mismatch': ['ipam.config[0].subnet'],
  }),
);

/** The results with their places, where the plan came from a file. */
export function located(
  results: readonly CheckResult[],
  plan: Plan,
  { topology, facts }: { readonly topology: Topology; readonly facts: Facts },
): CheckResult[] {
  const children = topology.parents.flatMap((parent) => parent.children);
  const refused = refusedNetworks(plan, facts);
  return results.map((result) => {
    const words = isSaid(result) ? wordsFor(result, plan, { children, refused }) : undefined;
    const location = words && locationOf(words);
    return location === undefined ? result : { ...result, location };
  });
}

function isSaid({ status }: CheckResult): boolean {
  return status === 'fail' || status === 'warn' || status === 'undetermined';
}

interface Around {
  readonly children: readonly Child[];
  readonly refused: readonly RefusedNetwork[];
}

function wordsFor(
  result: CheckResult,
  plan: Plan,
  { children, refused }: Around,
): Words | undefined {
  const { kind, name } = result.subject;
  if (kind === 'child' || kind === 'container') {
    const child = children.find((one) => one.name === name || one.container?.name === name);
    const endpoint = child === undefined ? askingEndpoint(name, plan) : endpointOf(child, plan);
    return endpoint?.words;
  }
  const network = networkFor(result, plan, children);
  if (network === undefined) return undefined;
  const told = refused.find((one) => one.network === network)?.said.part;
  const isIts = result.check === 'network-refused' && told !== undefined;
  return (isIts ? network.parts[told] : undefined) ?? partOf(network, result.check);
}

function endpointOf(child: Child, plan: Plan): PlannedEndpoint | undefined {
  const container = plan.containers.find((one) => one.name === child.container?.name);
  return container?.endpoints.find(({ network }) => network === child.network?.name);
}

/** Of a container that would not start: where it asks for an address. */
function askingEndpoint(name: string, { containers }: Plan): PlannedEndpoint | undefined {
  const endpoints = containers.find((one) => one.name === name)?.endpoints ?? [];
  return endpoints.find(({ ipv4, ipv6 }) => (ipv4 ?? ipv6) !== undefined) ?? endpoints[0];
}

/** The network that is named; of a parent or a gateway, the first one that is on it or has it. */
function networkFor(
  { subject: { kind, name } }: CheckResult,
  { networks }: Plan,
  children: readonly Child[],
): PlannedNetwork | undefined {
  switch (kind) {
    case 'network': {
      return networks.find((one) => one.name === name);
    }
    case 'parent': {
      return networks.find(({ options }) => options['parent'] === name);
    }
    case 'gateway': {
      const user = children.find(({ gateways }) => gateways.includes(name));
      return networks.find((one) => one.name === user?.network?.name);
    }
    default: {
      return undefined;
    }
  }
}

function partOf({ parts, words }: PlannedNetwork, check: string): Words {
  const found = (PARTS.get(check) ?? []).flatMap((path) => parts[path] ?? []);
  return found[0] ?? words;
}

function locationOf({ path, place }: Words): Location | undefined {
  if (place === undefined) return undefined;
  const { file, line, column } = place;
  return { file, line, column, path };
}
