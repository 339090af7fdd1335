// One sentence each on what limited the look at this host, for the end of the report.
import { valueOf } from '../../model/fact.js';
import type { Facts } from '../../model/snapshot.js';
import type { Topology } from '../../model/topology.js';

export function remarksOn(facts: Facts, topology: Topology): string[] {
  return [...privilegeRemark(facts), ...engineRemark(facts), ...unseenRemarks(topology)];
}

function privilegeRemark(facts: Facts): string[] {
  const platform = valueOf(facts.platform);
  if (platform?.os !== 'linux') return [];
  const { canEnterNamespaces, canOpenRawSockets } = platform.privileges;
  const gains = [
    ...(canEnterNamespaces ? [] : ["looks into the children's network namespaces"]),
    ...(canOpenRawSockets ? [] : ['probes with ARP and from each child']),
  ];
  return gains.length === 0 ? [] : [`Not run as root. As root it also ${gains.join(' and ')}.`];
}

/** No engine is no news; one that is there and does not answer is. */
function engineRemark({ runtime }: Facts): string[] {
  if (runtime.state !== 'denied' && runtime.state !== 'failed') return [];
  return [`Containers and networks have no names here: ${runtime.reason}.`];
}

function unseenRemarks({ parents }: Topology): string[] {
  return parents
    .filter((parent) => parent.unseenMacs.length > 0)
    .map(({ name, unseenMacs }) => {
      const count = unseenMacs.length;
      const macs = count === 1 ? '1 MAC' : `${count.toString()} MACs`;
      const shown = unseenMacs.slice(0, 4).join(', ');
      return `${name} listens for ${macs} of links that were not found (${shown}${count > 4 ? ', …' : ''}).`;
    });
}
