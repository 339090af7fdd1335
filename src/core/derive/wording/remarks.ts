// One sentence each on what limited the look at this host, for the end of the report.
import { valueOf } from '../../../model/fact.js';
import type { Facts, Scope } from '../../../model/snapshot.js';
import type { Topology } from '../../../model/topology.js';
import { isContainerNamed, isNamed } from '../topology/scope.js';
import { listOf } from './victims.js';
import { counted } from './words.js';

export function remarksOn(facts: Facts, topology: Topology, scope: Scope): string[] {
  return [
    ...privilegeRemark(facts),
    ...engineRemark(facts),
    ...scopeRemarks(facts, topology, scope),
    ...unseenRemarks(topology),
    ...ipvlanRemarks(topology),
  ];
}

/** Nothing is there of what was asked for: why. */
function scopeRemarks(facts: Facts, topology: Topology, scope: Scope): string[] {
  const children = topology.parents.flatMap((parent) => parent.children);
  const absent = scope.containers.filter((name) => !children.some((one) => isNamed(one, [name])));
  const named = absent.map((name) => stateOf(name, facts));
  const { parents, orphanNetworks } = topology;
  const others = [...scope.parents, ...scope.networks];
  const isBare = parents.length + orphanNetworks.length === 0;
  return isBare && others.length > 0 && named.length === 0
    ? [`Only ${listOf(others)} was looked at: no macvlan is there.`]
    : named;
}

function stateOf(name: string, { runtime }: Facts): string {
  const container = valueOf(runtime)?.containers.find((one) => isContainerNamed(one, [name]));
  return container === undefined || container.state === 'running'
    ? `Container ${container?.name ?? name} has no macvlan link here.`
    : `Container ${container.name} does not run (${container.state}): only its networks were looked at.`;
}

function privilegeRemark(facts: Facts): string[] {
  const platform = valueOf(facts.platform);
  if (platform?.os !== 'linux') return [];
  const { canEnterNamespaces, canOpenRawSockets, isRoot } = platform.privileges;
  const lacks = [
    ...(canEnterNamespaces
      ? []
      : [{ cap: 'CAP_SYS_ADMIN', gain: "looks into the children's network namespaces" }]),
    ...(canOpenRawSockets
      ? []
      : [{ cap: 'CAP_NET_RAW', gain: 'probes with ARP and from each child' }]),
  ];
  if (lacks.length === 0) return [];
  const gains = lacks.map(({ gain }) => gain).join(' and ');
  if (!isRoot) return [`Not run as root. As root it also ${gains}.`];
  const caps = lacks.map(({ cap }) => cap).join(' and ');
  return [
    `Root has no ${caps} here (as in a container, or under a service manager). With ${lacks.length === 1 ? 'it' : 'them'} the doctor also ${gains}.`,
  ];
}

/** As the gatherer of the runtime says it of an engine that answers, and is not this host's. */
const ELSEWHERE = / runs (?:in another network namespace|on another machine)$/u;

/** No engine is no news; one that is there and does not answer is, and so is one that belongs to another host. */
function engineRemark({ runtime }: Facts): string[] {
  if (runtime.state === 'known' || runtime.state === 'skipped') return [];
  if (runtime.state === 'absent' && !ELSEWHERE.test(runtime.reason)) return [];
  return [`Containers and networks have no names here: ${runtime.reason}.`];
}

/** What is not judged is at least not mistaken for macvlan, and what both kinds have to do with each other is said. */
function ipvlanRemarks({ parents }: Topology): string[] {
  return parents
    .filter(({ ipvlans }) => ipvlans.length > 0)
    .map(({ name, ipvlans }) => {
      const isOne = ipvlans.length === 1;
      const links = counted(ipvlans.length, 'ipvlan link');
      const them = isOne ? 'it' : 'them';
      const isolated = ipvlans.some(({ mode }) => mode === 'l2')
        ? ` In mode l2 this host does not reach ${them} by ${name} either, as with macvlan.`
        : '';
      return `${name} carries ${links} (${listOf(ipvlans.map(({ label }) => label))}), which macvlan's checks do not judge: ${isOne ? 'it has' : 'they have'} the MAC of ${name}, and as long as ${isOne ? 'it exists' : 'they exist'} no macvlan link can be made on ${name}.${isolated}`;
    });
}

function unseenRemarks({ parents }: Topology): string[] {
  return parents
    .filter((parent) => parent.unseenMacs.length > 0)
    .map(({ name, unseenMacs }) => {
      const count = unseenMacs.length;
      const macs = count === 1 ? '1 MAC' : `${count.toString()} MACs`;
      const shown = unseenMacs.slice(0, 4).join(', ');
      return `${name} listens for ${macs} of links that were not found (${shown}${count > 4 ? ', …' : ''}).`;
    });
}
