// The macvlan networks of an engine that a run is about, whether anything is on them or not.
import { PLANNED } from '../../../model/plan.js';
import type { RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Parent, Topology } from '../../../model/topology.js';

/** A network, and the link that it is on where that is here. */
export interface PlacedNetwork {
  readonly network: RuntimeNetwork;
  readonly parent?: Parent;
}

/** Said by every check that finds none. */
export const NO_NETWORKS = 'no macvlan network of a container engine here';

/** Those that containers can be on: templates are none. */
export function macvlanNetworks({ parents, orphanNetworks }: Topology): PlacedNetwork[] {
  const placed: PlacedNetwork[] = [
    ...parents.flatMap((parent) => parent.networks.map((network) => ({ network, parent }))),
    ...orphanNetworks.map((network) => ({ network })),
  ];
  return placed.filter(({ network }) => network.driver === 'macvlan' && !network.isConfigOnly);
}

/** It does not exist yet: somebody asks what would become of it. */
export function isPlanned({ id }: Pick<RuntimeNetwork, 'id'>): boolean {
  return id.startsWith(PLANNED);
}
