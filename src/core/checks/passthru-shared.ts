// A passthru child on a device that the host needs itself.
import { defineCheck, type CheckContext } from '../../model/check.js';
import type { RuntimeNetwork } from '../../model/runtime-network.js';
import type { Child, Parent } from '../../model/topology.js';
import { macvlanNetworksOn, macvlanParents, NO_PARENTS } from '../derive/topology/parents.js';
import recreateNetwork from '../fixes/recreate-network.js';
import { HOST } from '../../model/finding.js';
import { flavourOf } from '../derive/owners/another-address.js';
import { contentOf } from '../derive/topology/content.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';

export default defineCheck({
  meta: {
    id: 'passthru-shared',
    category: 'macvlan',
    severity: 'fail',
    title: {
      pass: 'No passthru child sits on a device that the host uses',
      found: 'A passthru child sits on a device that the host uses',
    },
    needs: ['namespaces'],
    dependsOn: ['parent-missing', 'parent-not-ethernet', 'parent-enslaved'],
    docs: {
      explain: `A passthru child does not share its parent, it takes it over: every frame that arrives for one station is handed to the child, and a MAC address given to the child (engines always give one) becomes the MAC address of the parent. The parent can carry no second child.

On a card or virtual function of its own that is exactly right, for a router in a virtual machine for example. On the card that carries the host's own address, the host loses its network the moment the child appears, and on a remote machine so do you.

A child cannot be changed from or to passthru while it lives; it must be made anew. passthru is not a way to make promiscuous mode unnecessary: bridge mode does not need it either.`,
      references: ['ip-link(8), type macvlan', 'drivers/net/macvlan.c, macvlan_handle_frame'],
    },
  },
  messages: {
    shared: ({ parent, children, uses }: SharedData) => ({
      what: `${listOf(children)} has taken over ${parent} (passthru mode), which this host uses itself.`,
      why: `Whatever arrives on ${parent} for one station goes to the child; the host's own ${listOf(uses)} no longer ${uses.length === 1 ? 'works' : 'work'}.`,
      todo: `Give it bridge mode, or a device of its own.`,
    }),
    planned: ({ parent, networks, uses }: PlannedData) => ({
      what: `Network ${listOf(networks)} is to take over ${parent} (passthru mode), which this host uses itself.`,
      why: `Nothing runs on it yet. The first container that starts will cut off the host's own ${listOf(uses)}.`,
      todo: 'Make the network anew in bridge mode, or on a device of its own, before anything starts on it.',
    }),
  },
  evaluate(_facts, context) {
    const parents = macvlanParents(context.topology);
    if (parents.length === 0) return { notApplicable: NO_PARENTS };
    const used = parents
      .map((parent) => ({ parent, uses: usesOf(parent, context) }))
      .filter(({ uses }) => uses.length > 0);
    return {
      findings: [
        ...used
          .filter(({ parent }) => isTaken(parent))
          .map(({ parent, uses }) => reportShared(parent, uses)),
        ...used
          .filter(({ parent }) => !isTaken(parent) && isPromised(parent))
          .map(({ parent, uses }) => reportPlanned(parent, uses, context)),
      ],
    };
  },
});

interface SharedData {
  readonly parent: string;
  readonly children: readonly string[];
  readonly uses: readonly string[];
}

interface PlannedData {
  readonly parent: string;
  readonly networks: readonly string[];
  readonly uses: readonly string[];
}

/** What the host itself does with the device: addresses and a default route; IPv6 link-local ones are on every link. */
function usesOf({ name, addresses }: Parent, { topology }: CheckContext): string[] {
  const ips = addresses.filter(({ scope }) => scope === 'global' || scope === 'site');
  const isWayOut = contentOf(topology.host).routes.some(
    ({ dst, dev, nexthops, type }) =>
      dst === 'default' &&
      type === 'unicast' &&
      (dev === name || nexthops?.some((hop) => hop.dev === name) === true),
  );
  return [
    ...ips.map(({ local, prefixlen }) => `address ${local}/${prefixlen}`),
    ...(isWayOut ? ['default route'] : []),
  ];
}

function isTaken({ children }: Parent): boolean {
  return takersOf(children).length > 0;
}

function isPromised(parent: Parent): boolean {
  return promisedOn(parent).length > 0;
}

function takersOf(children: readonly Child[]): readonly Child[] {
  return children.filter(({ mode }) => mode === 'passthru');
}

function promisedOn(parent: Parent): readonly RuntimeNetwork[] {
  return macvlanNetworksOn(parent).filter(({ mode }) => mode === 'passthru');
}

function reportShared(parent: Parent, uses: readonly string[]) {
  const takers = takersOf(parent.children);
  const names = takers.map(({ label }) => label);
  const networks = takers.flatMap(({ network }) => network ?? []);
  return {
    code: 'shared' as const,
    subject: parentSubject(parent.name),
    data: { parent: parent.name, children: names, uses },
    within: [HOST],
    evidence: [
      { from: 'links', says: `${listOf(names)} on ${parent.name} is in passthru mode` },
      { from: 'addresses', says: `the host has on ${parent.name}: ${uses.join(', ')}` },
    ],
    remedies: networks.map((network) => inBridgeMode(network)),
    advice: [
      `Deleting the child gives ${parent.name} back to the host, with its own MAC address; then make the child anew in bridge mode.`,
    ],
  };
}

function inBridgeMode(network: RuntimeNetwork) {
  return recreateNetwork.request({ network, change: { mode: 'bridge' } });
}

function reportPlanned(parent: Parent, uses: readonly string[], context: CheckContext) {
  const networks = promisedOn(parent);
  return {
    code: 'planned' as const,
    severity: 'warn' as const,
    subject: parentSubject(parent.name),
    data: { parent: parent.name, networks: networks.map(({ name }) => name), uses },
    within: [HOST],
    evidence: [
      ...networks.map(({ name }) => ({
        from: flavourOf(context),
        says: `network ${name} has the mode passthru`,
      })),
      { from: 'addresses', says: `the host has on ${parent.name}: ${uses.join(', ')}` },
    ],
    remedies: networks.map((network) => inBridgeMode(network)),
  };
}
