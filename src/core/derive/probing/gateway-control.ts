// Whether a gateway answers pings at all: the host's own echo, by the parent, without which a child's silence says little.
import type { Parent, Topology } from '../../../model/topology.js';
import { contains, networkOf } from '../addressing/subnets.js';
import { hostIps } from '../topology/content.js';
import type { Question } from './awaited.js';

/** None where the host has no address of the gateway's subnet on the parent, or is the gateway. */
export function gatewayControl(
  parent: Parent,
  gateway: string,
  topology: Pick<Topology, 'host'>,
): Question[] {
  const isNear = parent.addresses.some(
    ({ family, local, prefixlen }) =>
      family === 'inet' && contains(networkOf(local, prefixlen), gateway),
  );
  if (!isNear || hostIps(topology).has(gateway)) return [];
  return [
    {
      probe: 'gateway-icmp-parent',
      from: 'host',
      to: `gateway:${gateway}`,
      parent: parent.name,
      target: gateway,
      send: { kind: 'icmp', netns: topology.host.inode, device: parent.name },
    },
  ];
}
