// A parent on a cloud's network, which forwards no MAC that was not registered.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import type { Parent } from '../../model/topology.js';
import { identifyPlatform, type Surroundings } from '../derive/platform/identify-platform.js';
import type { PlatformId } from '../derive/platform/platform-row.js';
import { isServed } from '../derive/platform/served.js';
import { upstreamAdvice } from '../derive/platform/upstream-advice.js';
import { macvlanNetworksOn, macvlanParents, NO_PARENTS } from '../derive/topology/parents.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';

export default defineCheck({
  meta: {
    id: 'cloud-fabric',
    category: 'host',
    severity: 'warn',
    title: {
      pass: "No parent is on a cloud's network",
      found: "A parent is on a cloud's network, which forwards only MACs that it knows",
    },
    needs: ['namespaces'],
    // Proven by probes, those say the same and more.
    dependsOn: ['parent-wireless', 'parent-missing', 'source-mac-filter', 'foreign-unicast-filter'],
    docs: {
      explain: `The network of a cloud looks like Ethernet and is none. It delivers by what its control plane knows: the MAC and the addresses that were given to the virtual card. A frame from any other MAC is dropped without a word, and nothing is ever delivered to one. Macvlan gives every child a MAC of its own, so children talk to each other inside the machine, and to nobody else: the gateway does not answer, DHCP gets no lease.

The doctor knows the cloud by what the firmware says of the machine, or by the driver of its card. Where a child on the same parent is answered from outside, as some private networks of clouds allow, nothing is reported.

What works: ipvlan, which shares the card's MAC, with secondary addresses that the cloud was told of; a card per container; the cloud's own container networking; an overlay.

Popular and wrong: disabling the source/destination check (AWS) or allowing IP forwarding (Azure, Google Cloud). Both are about IP addresses, and the frames are dropped because of their MACs. Promiscuous mode changes nothing either.`,
      references: [
        'Documentation of the clouds: elastic network interfaces (AWS), alias IP ranges (Google Cloud), secondary IP configurations (Azure), allowed address pairs (OpenStack)',
        'moby issue 30772; libnetwork issue 1917',
        'ip-link(8), ipvlan',
      ],
    },
  },
  messages: {
    fabric: ({ parent, name, who }: FabricData) => ({
      what: `This is ${name}: the network behind ${parent} forwards only MACs that were registered for it.`,
      why: `The MAC of a macvlan link (${who}) is none of those: what it sends is dropped, and nothing is delivered to it.`,
      todo: 'Use ipvlan with addresses that the cloud knows, published ports, or an overlay.',
    }),
  },
  evaluate(_facts, context) {
    const parents = macvlanParents(context.topology);
    if (parents.length === 0) return { notApplicable: NO_PARENTS };
    const places = parents.map((parent) => ({
      parent,
      around: identifyPlatform(context.facts, parent),
    }));
    if (places.every(({ around }) => around.id === 'unknown')) {
      return { notApplicable: 'what kind of machine this is, nothing here tells' };
    }
    return {
      findings: places
        .filter(({ parent, around }) => isFabric(around) && !isOpen(parent, context))
        .map(({ parent, around }) => report(parent, around, context)),
    };
  },
});

interface FabricData {
  readonly parent: string;
  readonly name: string;
  /** `web and db`, `the containers of lan`. */
  readonly who: string;
}

const FABRICS = new Set<PlatformId>(['aws', 'gcp', 'azure', 'openstack', 'small-cloud']);

/** A MAC or a driver of its own gives no cloud away for sure; without that there is no alarm. */
function isFabric({ id, confidence }: Surroundings): boolean {
  return FABRICS.has(id) && confidence !== 'hint';
}

function isOpen(parent: Parent, context: CheckContext): boolean {
  return parent.children.some((child) => isServed(child, parent, context));
}

function report(parent: Parent, around: Surroundings, { facts }: CheckContext) {
  return {
    code: 'fabric' as const,
    subject: parentSubject(parent.name),
    within: [HOST],
    data: { parent: parent.name, name: around.name, who: endsOf(parent) },
    evidence: around.evidence,
    advice: upstreamAdvice(facts, parent, 'both'),
  };
}

function endsOf(parent: Parent): string {
  const labels = parent.children.map(({ label }) => label);
  if (labels.length > 0) return listOf(labels);
  const networks = macvlanNetworksOn(parent).map(({ name }) => name);
  return networks.length > 0
    ? `the containers of ${listOf(networks)}`
    : listOf(parent.shims.map(({ name }) => name));
}
