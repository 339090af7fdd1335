// The order of networks where an engine goes by their names, and where one of several has to be told.
import type { RuntimeNetwork } from '../../../model/runtime-network.js';

type Named = Pick<RuntimeNetwork, 'name' | 'rank'>;

/** As bytes; by their places among the real names where these have stand-ins. */
export function compareNetworks(a: Named, b: Named): number {
  if (a.rank !== undefined && b.rank !== undefined) return a.rank - b.rank;
  return a.name < b.name ? -1 : Number(a.name > b.name);
}
