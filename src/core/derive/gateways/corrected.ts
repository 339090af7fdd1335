// How children get another gateway: in the definition of their network, which has to be made anew for it.
import type { CheckContext } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';
import type { Child } from '../../../model/topology.js';
import { contains } from '../addressing/subnets.js';
import { recreateAdvice } from '../wording/recreate-network.js';

/** One sentence for each network of theirs. */
export function correctedGateway(
  users: readonly Child[],
  gateway: string,
  { facts }: Pick<CheckContext, 'facts'>,
): string[] {
  const flavour = valueOf(facts.runtime)?.engine.flavour ?? 'docker';
  const networks = new Map(
    users.flatMap(({ network }) => (network ? [[network.id, network]] : [])),
  );
  return [...networks.values()].map((network) =>
    recreateAdvice(network, {
      flavour,
      pool: (pool) => (contains(pool.subnet, gateway) ? { ...pool, gateway } : pool),
    }),
  );
}
