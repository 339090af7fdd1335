// What is changed inside a container is gone with its next start, unless its network is changed as well.
import type { Remedy } from '../../../model/fix.js';
import type { Child } from '../../../model/topology.js';
import type { NetworkChange } from '../../derive/engine-networks/change.js';
import recreateNetwork from '../recreate-network.js';

/** Beside a fix of these children: each of their networks, once, with the same change. */
export function lastingRemedies(children: readonly Child[], change: NetworkChange): Remedy[] {
  const networks = new Map(
    children.flatMap(({ network }) => (network ? [[network.id, network]] : [])),
  );
  return [...networks.values()].map((network) => recreateNetwork.request({ network, change }));
}

/** For the note of that fix; `otherwise` is for links that no engine made. */
export function keepNote({ network }: Pick<Child, 'network'>, otherwise: string): string {
  return network === undefined
    ? otherwise
    : `This lasts until the container restarts. It stays when the network ${network.name} is made anew with it.`;
}
