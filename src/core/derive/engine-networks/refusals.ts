// What a container engine refuses to make, in its own words, so that nobody is told to paste what fails.
import { valueOf } from '../../../model/fact.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Engine, RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Topology } from '../../../model/topology.js';
import { contentOf, findLink } from '../topology/content.js';

/** Where a network would be made. */
export interface Place {
  readonly facts: Pick<Facts, 'runtime'>;
  readonly topology: Pick<Topology, 'host'>;
}

export interface Refusal {
  /** As the engine says it. */
  readonly message: string;
  /** A whole sentence: why, and what goes instead. */
  readonly instead: string;
}

/** The first reason for which the engine would not make the network; `replacing` is gone by then. */
export function refusalOf(
  network: RuntimeNetwork,
  { facts, topology }: Place,
  replacing?: string,
): Refusal | undefined {
  const runtime = valueOf(facts.runtime);
  if (runtime === undefined || network.isConfigOnly) return undefined;
  const { engine } = runtime;
  const others = runtime.networks.filter(({ id }) => id !== replacing);
  return missingParent(network, engine, topology) ?? takenParent(network, engine, others);
}

function missingParent(
  { driver, parent, name }: RuntimeNetwork,
  { flavour }: Engine,
  { host }: Place['topology'],
): Refusal | undefined {
  const isOnParent = driver === 'macvlan' || driver === 'ipvlan';
  if (!isOnParent || parent === undefined) return undefined;
  const { links } = contentOf(host);
  if (findLink(links, parent) !== undefined) return undefined;
  const instead = `Network ${name} needs the link ${parent}, which is not here.`;
  if (flavour === 'podman')
    return { message: `parent interface ${parent} does not exist`, instead };
  const [, base, id] = /^([^.]+)\.([^.]+)$/u.exec(parent) ?? [];
  if (base === undefined) {
    return {
      message: `invalid subinterface vlan name ${parent}, example formatting is eth0.10`,
      instead,
    };
  }
  // Docker makes the VLAN link itself.
  if (findLink(links, base) !== undefined && /^\d{1,4}$/u.test(id ?? '')) return undefined;
  return { message: `-o parent interface was not found on the host: ${base}`, instead };
}

/** Docker took one macvlan network per parent until 27.0. */
const SHARES_PARENTS_SINCE = 27;

function takenParent(
  { driver, parent, name }: RuntimeNetwork,
  { flavour, serverVersion }: Engine,
  others: readonly RuntimeNetwork[],
): Refusal | undefined {
  const isOne = flavour === 'docker' && Number.parseInt(serverVersion, 10) < SHARES_PARENTS_SINCE;
  const owner = others.find(
    (one) => one.driver === 'macvlan' && !one.isConfigOnly && one.parent === parent,
  );
  if (!isOne || driver !== 'macvlan' || owner === undefined || parent === undefined)
    return undefined;
  return {
    message: `network dm-${owner.id.slice(0, 12)} is already using parent interface ${parent}`,
    instead: `Docker ${serverVersion} takes one macvlan network per parent, and ${parent} has ${owner.name}: put the containers of ${name} on ${owner.name} instead, or update to Docker ${SHARES_PARENTS_SINCE.toString()}.`,
  };
}
