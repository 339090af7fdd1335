// What a container engine refuses to make, in its own words, so that nobody is told to paste what fails.
import { valueOf } from '../../../../model/fact.js';
import type { Facts } from '../../../../model/snapshot.js';
import type { RuntimeNetwork } from '../../../../model/runtime-network.js';
import type { Topology } from '../../../../model/topology.js';
import { contentOf } from '../../topology/content.js';
import { PARENT_RULES } from './parent-rules.js';
import { POOL_RULES } from './pool-rules.js';
import type { Ground, Refusal } from './rule.js';

/** Where a network would be made. */
export interface Place {
  readonly facts: Pick<Facts, 'runtime'>;
  readonly topology: Pick<Topology, 'host'>;
}

/** Every reason for which the engine would not make the network; `replacing` is gone by then. */
export function refusalsOf(network: RuntimeNetwork, place: Place, replacing?: string): Refusal[] {
  const ground = groundOf(place, replacing ?? network.id);
  if (ground === undefined) return [];
  return [...PARENT_RULES, ...POOL_RULES].flatMap((rule) => rule(network, ground) ?? []);
}

/** The first of them. */
export function refusalOf(
  network: RuntimeNetwork,
  place: Place,
  replacing?: string,
): Refusal | undefined {
  return refusalsOf(network, place, replacing)[0];
}

function groundOf({ facts, topology }: Place, replacing: string): Ground | undefined {
  const runtime = valueOf(facts.runtime);
  return (
    runtime && {
      engine: runtime.engine,
      others: runtime.networks.filter(({ id }) => id !== replacing),
      links: contentOf(topology.host).links,
    }
  );
}
