// Which probes a run would send, as values: one short list per parent, linear in the number of children.
import { valueOf } from '../../../model/fact.js';
import { hasCarrier, isAdminUp } from '../../../model/link.js';
import type { ProbeStep } from '../../../model/observation.js';
import type { Expectation, Facts } from '../../../model/snapshot.js';
import type { Parent, Topology } from '../../../model/topology.js';
import { awaiting, type Question } from './awaited.js';
import { freeAddressSteps, neighbourSteps, reflectionSteps } from './lan-steps.js';
import { gatewaySteps } from './gateway-steps.js';
import { asleepSteps, hostSteps } from './host-steps.js';
import { isProbeable } from './probe-targets.js';
import { shimSteps } from './shim-steps.js';
import { siblingSteps } from './sibling-steps.js';
import { unseenSteps } from './unseen-steps.js';

type Plan = readonly ProbeStep[];

/** Every step of a run over these facts, in a stable order. IPv4 only. */
export function planProbes(
  topology: Topology,
  facts: Facts,
  expectations: readonly Expectation[] = [],
): Plan {
  return awaiting(questionsOf(topology, facts, expectations), { topology, facts });
}

function questionsOf(
  topology: Topology,
  facts: Facts,
  expectations: readonly Expectation[],
): Question[] {
  if (!canSeeChildren(facts)) return unseenSteps(topology, facts);
  return topology.parents.flatMap((parent) => {
    if (!canProbe(parent)) return [];
    const children = parent.children.filter((child) => isProbeable(child));
    return [
      ...gatewaySteps(parent, children, topology),
      ...hostSteps(parent, children, { topology, facts, expectations }),
      ...asleepSteps(parent),
      ...siblingSteps(parent, children),
      ...shimSteps(topology, parent, children),
      ...reflectionSteps(parent),
      ...freeAddressSteps(topology, parent, facts),
      ...neighbourSteps(topology, parent, children),
    ];
  });
}

/** Children live in other namespaces: without the right to enter those, or without Linux, none is ever seen. */
function canSeeChildren(facts: Facts): boolean {
  const platform = valueOf(facts.platform);
  if (platform === undefined) return true;
  return platform.os === 'linux' && platform.privileges.canEnterNamespaces;
}

/** A link that is down or no Ethernet carries no frame; checks say so by looking. */
function canProbe({ link, children, shims }: Parent): boolean {
  return (
    children.length + shims.length > 0 &&
    isAdminUp(link) &&
    hasCarrier(link) &&
    link.link_type === 'ether' &&
    link.address !== undefined
  );
}
