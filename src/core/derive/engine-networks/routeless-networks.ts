// Networks without containers whose engine would give these no way out.
import { valueOf } from '../../../model/fact.js';
import type { RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Parent } from '../../../model/topology.js';
import { givesNoRoute } from '../engine-traffic/gateway-choice.js';

export function routelessNetworks(
  { children, networks }: Parent,
  { runtime }: Pick<Facts, 'runtime'>,
): RuntimeNetwork[] {
  const engine = valueOf(runtime)?.engine;
  const inUse = new Set(children.flatMap(({ network }) => network?.id ?? []));
  return networks.filter(
    (network) =>
      network.driver === 'macvlan' &&
      !network.isConfigOnly &&
      !inUse.has(network.id) &&
      engine !== undefined &&
      givesNoRoute(network, engine),
  );
}
