// Containers that are plugged into a macvlan or ipvlan network, with every network that they are on.
import type { CheckContext } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';
import type {
  RuntimeContainer,
  RuntimeEndpoint,
  RuntimeNetwork,
} from '../../../model/runtime-network.js';
import type { Netns } from '../../../model/netns.js';
import { isContainerNamed } from '../topology/scope.js';

/** A container's place on a network that the engine told of. */
export interface Plug {
  readonly endpoint: RuntimeEndpoint;
  readonly network: RuntimeNetwork;
}

/** A container that the run is about. */
export interface Plugged {
  readonly container: RuntimeContainer;
  /** All of them, or none where a network of the container is unknown: then nothing can be said of the whole. */
  readonly plugs: readonly Plug[];
}

/** By name; narrowed to the networks and containers that were asked for. */
export function pluggedContainers({ topology, facts, scope }: CheckContext): Plugged[] {
  const runtime = valueOf(facts.runtime);
  const inScope = new Set(
    [...topology.parents.flatMap(({ networks }) => networks), ...topology.orphanNetworks].map(
      ({ id }) => id,
    ),
  );
  return (runtime?.containers ?? [])
    .filter((one) => scope.containers.length === 0 || isContainerNamed(one, scope.containers))
    .map((container) => ({ container, plugs: plugsOf(container, runtime?.networks ?? []) }))
    .filter(({ plugs }) => plugs.some(({ network }) => inScope.has(network.id)));
}

function plugsOf(
  { endpoints }: RuntimeContainer,
  networks: readonly RuntimeNetwork[],
): readonly Plug[] {
  const plugs = endpoints.flatMap((endpoint) => {
    const network = networks.find(({ id }) => id === endpoint.networkId);
    return network === undefined ? [] : [{ endpoint, network }];
  });
  return plugs.length === endpoints.length ? plugs : [];
}

/** On a parent, and so on the LAN itself. */
export function isOnLan({
  network,
}: {
  readonly network: Pick<RuntimeNetwork, 'driver'>;
}): boolean {
  return network.driver === 'macvlan' || network.driver === 'ipvlan';
}

/** Its links exist; a paused container keeps them. */
export function isRunning({ state }: RuntimeContainer): boolean {
  return state === 'running' || state === 'paused';
}

/** The namespace that its links were found in; mostly one, and none where nobody could look. */
export function homesOf({ id }: RuntimeContainer, { topology }: CheckContext): Netns[] {
  const links = topology.parents.flatMap(({ children, ipvlans }) => [...children, ...ipvlans]);
  return [
    ...new Set(links.filter(({ container }) => container?.id === id).map(({ netns }) => netns)),
  ];
}
