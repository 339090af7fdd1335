// How a container that leaves by another network is brought to leave by the LAN, with what its engine has for it.
import type { CheckContext } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';
import type { Remedy } from '../../../model/fix.js';
import type { Topology } from '../../../model/topology.js';
import { knownGateway } from '../../derive/addressing/known-gateway.js';
import { dockerMajor, HAS_GW_PRIORITY } from '../../derive/engine-traffic/docker-version.js';
import type { Astray } from '../../derive/engine-traffic/leaving.js';
import addDefaultRoute from '../add-default-route.js';
import preferNetwork from '../prefer-network.js';

/** By priority, which lasts; in the namespace itself where the engine knows none. */
export function lanWay({ container, lan }: Astray, { facts, topology }: CheckContext): Remedy[] {
  const engine = valueOf(facts.runtime)?.engine;
  const major = engine === undefined ? undefined : dockerMajor(engine);
  if (major !== undefined && major >= HAS_GW_PRIORITY) {
    return [preferNetwork.request({ container: container.name, network: lan.network.id })];
  }
  return lanGateways({ container, lan }, topology).map(({ child, gateway }) =>
    addDefaultRoute.request({ child: child.name, gateway }),
  );
}

/** The router that each link of the container on the LAN could use. */
export function lanGateways(
  { container, lan }: Pick<Astray, 'container' | 'lan'>,
  topology: Topology,
) {
  return topology.parents.flatMap((parent) =>
    parent.children
      .filter((one) => one.container?.id === container.id && one.network?.id === lan.network.id)
      .flatMap((child) => {
        const gateway = lan.endpoint.gateway ?? knownGateway(child, parent, topology)?.ip;
        return gateway === undefined ? [] : [{ child, gateway, parent }];
      }),
  );
}
