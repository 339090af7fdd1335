// A parent on a rented server, whose provider accepts only the MACs that it gave out.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import type { Child, Parent } from '../../model/topology.js';
import { identifyPlatform } from '../derive/platform/identify-platform.js';
import { isServed } from '../derive/platform/served.js';
import { upstreamAdvice } from '../derive/platform/upstream-advice.js';
import { isWatched } from '../derive/probing/withhold.js';
import { macvlanNetworksOn, macvlanParents, NO_PARENTS } from '../derive/topology/parents.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';

export default defineCheck({
  meta: {
    id: 'hosting-provider-mac',
    category: 'host',
    severity: 'warn',
    title: {
      pass: 'No parent is on the network of a hosting provider',
      found: 'A parent is on the network of a hosting provider, which accepts only MACs of its own',
    },
    needs: ['namespaces'],
    // Proven by probes, those say the same and more.
    dependsOn: ['source-mac-filter', 'foreign-unicast-filter'],
    docs: {
      explain: `Providers of dedicated servers bind the switch port of each server to the MAC of its card, and to the virtual MACs that were ordered for additional addresses. A frame with any other MAC is dropped, and often counted as abuse: the customer gets a warning, and later the port is blocked. Macvlan gives every child a MAC of its own, made up unless one is named, so each start of a container may be the next violation.

The doctor takes a server for a rented one where its parent has a public address that stands alone (/32), or reaches even its own subnet by the router, or where a public address meets the name of such a provider in the firmware. It then keeps back every probe that would show a child's MAC to the provider; --foreign-macs on "run" sends them all the same, which is safe where the children have ordered MACs. Where every child is seen to be answered, nothing is reported.

What works: a virtual MAC from the provider for each additional address, given to exactly that container; or addresses that the provider routes to the server, with a bridge or ipvlan in mode l3.

Popular and wrong: trying random MACs "to test", and promiscuous mode.`,
      references: [
        'Documentation of Hetzner (virtual MAC, "MAC errors") and OVHcloud (virtual MAC)',
        'incus-os issue 1269; harvester issue 4608',
      ],
    },
  },
  messages: {
    watched: ({ parent, children }: ProviderData) => ({
      what: `This looks like a rented server: the network behind ${parent} accepts only MACs that its provider gave out.`,
      why: `With any other MAC, the frames of ${children} are dropped, and the provider may block the port.`,
      todo: 'Order a virtual MAC per address and give it to its container, or have the addresses routed to this server.',
    }),
  },
  evaluate(_facts, context) {
    const parents = macvlanParents(context.topology);
    if (parents.length === 0) return { notApplicable: NO_PARENTS };
    const watched = parents.filter((parent) => isWatched(parent, context.facts));
    return {
      findings: watched.flatMap((parent) => {
        const children = parent.children.filter((child) => !isServed(child, parent, context));
        const isSound = children.length === 0 && parent.children.length > 0;
        return isSound ? [] : [report(parent, children, context)];
      }),
    };
  },
});

interface ProviderData {
  readonly parent: string;
  /** Who has a MAC of its own there. */
  readonly children: string;
}

function report(parent: Parent, children: readonly Child[], { facts }: CheckContext) {
  const networks = macvlanNetworksOn(parent).map(({ name }) => name);
  const ends = [...children.map(({ label }) => label), ...parent.shims.map(({ name }) => name)];
  const macs = [...children, ...parent.shims].map(({ mac }) => mac);
  return {
    code: 'watched' as const,
    subject: parentSubject(parent.name),
    within: [HOST],
    data: {
      parent: parent.name,
      children: ends.length > 0 ? listOf(ends) : `the containers of ${listOf(networks)}`,
    },
    evidence: [
      ...identifyPlatform(facts, parent).evidence,
      ...(macs.length === 0 ? [] : [{ from: 'links', says: `MACs there: ${listOf(macs)}` }]),
    ],
    advice: [
      ...upstreamAdvice(facts, parent, 'both'),
      'Probes that show a MAC of a child are kept back here. If these MACs were ordered, --foreign-macs on `run` sends them.',
    ],
  };
}
