// Probes for containers that only the engine knows of: their namespaces cannot be entered from here.
import { valueOf } from '../../../model/fact.js';
import type { RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Topology } from '../../../model/topology.js';
import { isIpv4 } from '../addressing/subnets.js';
import type { Question } from './awaited.js';

/** What anybody may try from the host's own stack: the containers that the engine names, and their gateways. */
export function unseenSteps(topology: Topology, facts: Facts): Question[] {
  const networks = [
    ...topology.orphanNetworks,
    ...topology.parents.flatMap((parent) => parent.networks),
  ].filter((network) => !network.isConfigOnly);
  const send = { kind: 'icmp', netns: topology.host.inode } as const;
  return networks.flatMap((network): Question[] => {
    const common = { from: 'host', parent: network.parent ?? '', send } as const;
    const gateways = network.pools
      .map(({ gateway }) => gateway ?? '')
      .filter((gateway) => isIpv4(gateway));
    return [
      ...gateways.map((target): Question => ({
        probe: 'gateway-icmp',
        to: `gateway:${target}`,
        target,
        ...common,
      })),
      ...runningOn(network, facts).map(({ name, target }): Question => ({
        probe: 'host-child-icmp',
        to: `container:${name}`,
        target,
        ...common,
      })),
    ];
  });
}

function runningOn(
  network: RuntimeNetwork,
  facts: Facts,
): { readonly name: string; readonly target: string }[] {
  const containers = valueOf(facts.runtime)?.containers ?? [];
  return containers
    .filter((container) => container.state === 'running')
    .flatMap((container) =>
      container.endpoints
        .filter((endpoint) => endpoint.networkId === network.id && isIpv4(endpoint.ipv4 ?? ''))
        .map((endpoint) => ({ name: container.name, target: endpoint.ipv4 ?? '' })),
    );
}
