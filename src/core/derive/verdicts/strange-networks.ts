// Networks that nobody is on, of a subnet that the host does not have on their parent: whether the wire carries it.
import type { CheckContext } from '../../../model/check.js';
import { HOST, type Undecided } from '../../../model/finding.js';
import type { Parent } from '../../../model/topology.js';
import { hostSubnetsOn } from '../addressing/on-link.js';
import { strangeNetworksOn } from '../addressing/strangers.js';
import { reachByParent } from '../gateways/answers.js';
import { networkSubject } from '../wording/subjects.js';
import { listOf, parentSubject } from '../wording/victims.js';

/** Nobody suffers yet, and a silent router alone proves nothing: what no answer settles is left open. */
export function strangeNetworksLeftOpen(parent: Parent, context: CheckContext): Undecided[] {
  return strangeNetworksOn(parent, context.topology).flatMap(({ network, subnets, routers }) => {
    const reaches = new Set(routers.map((ip) => reachByParent(parent, ip, context)));
    if (reaches.has('answered')) return [];
    const asked = reaches.has('silent')
      ? `${listOf(routers)} did not answer when asked`
      : `nobody in it could be asked (${context.notProbed ?? 'too many networks'})`;
    return [
      {
        subject: networkSubject(network),
        within: [parentSubject(parent.name), HOST],
        reason: `${network.name} is for ${listOf(subnets)}, and this host has ${listOf(hostSubnetsOn(parent))} on ${parent.name}: whether that wire carries both is not known, as ${asked} and no container is on it`,
      },
    ];
  });
}
