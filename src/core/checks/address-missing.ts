// A child that is up and has no address.
import { isSelfMade } from '../derive/addressing/on-link.js';
import { aboutChildren, listOf } from '../derive/wording/victims.js';
import { defineCheck } from '../../model/check.js';
import { isAdminUp } from '../../model/link.js';
import type { Child, Parent } from '../../model/topology.js';

export default defineCheck({
  meta: {
    id: 'address-missing',
    category: 'address',
    severity: 'warn',
    title: { pass: 'Every child has an address', found: 'A child has no address' },
    needs: ['namespaces'],
    dependsOn: [
      'child-down',
      'parent-enslaved',
      'passthru-shared',
      'parent-wireless',
      'parent-down',
      'parent-no-carrier',
      'source-mac-filter',
      'foreign-unicast-filter',
    ],
    docs: {
      explain: `The child is up, and has neither an IPv4 address nor a global IPv6 address. Either nobody gave it one, or it asks a DHCP server and got no answer: wireless parents, filters for foreign MACs upstream and a DHCP server on this very host all look like that from inside. Whether a DHCP client is still asking cannot be seen from here.

Docker's own IPAM never asks the LAN's DHCP server; it gives an address from its own pool, always. Podman's DHCP mode needs the netavark-dhcp-proxy socket.

Not judged: macvtap links, whose addresses live in a virtual machine, and links that are part of a bridge or bond or carry other links inside their namespace. What does not help: a DHCP reservation on the router for the child's MAC, as long as no client asks.`,
      references: ['ip-address(8)', 'RFC 2131', 'RFC 3927'],
    },
  },
  messages: {
    missing: ({ children }: { readonly children: readonly string[] }) => ({
      what: `${listOf(children)} ${children.length === 1 ? 'is' : 'are'} up without an IPv4 or global IPv6 address.`,
      why: 'Nobody gave one, or a DHCP client is still waiting for its answer: the two look alike from here.',
      todo: 'Give it a static address, or see why its DHCP client gets none.',
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    const judged = parents.map((parent) => ({
      parent,
      children: parent.children.filter((child) => isJudged(child)),
    }));
    if (judged.every(({ children }) => children.length === 0)) {
      return { notApplicable: 'no macvlan children here that would need an address' };
    }
    const findings = judged.flatMap(({ parent, children }) => {
      const bare = children.filter((child) => !hasAddress(child));
      return bare.length === 0 ? [] : [findingFor(bare, parent)];
    });
    return { findings };
  },
});

/**
 * Its own IP stack is to use it: up, no tap, nobody's port, and nothing stands on top of it. One that is planned
 * gets its address from the engine, and where that is not known yet, none is missing.
 */
function isJudged({ isTap, link, allLinks, netns, addresses }: Child): boolean {
  const carriesOthers = allLinks.some((other) => other.link === link.ifname);
  const isYetToCome = netns.isPlanned === true && addresses.length === 0;
  return !isYetToCome && !isTap && isAdminUp(link) && link.master === undefined && !carriesOthers;
}

/** One that a DHCP client made up counts where a gateway goes with it: then somebody means it. */
function hasAddress({ addresses, gateways }: Child): boolean {
  return addresses.some(
    ({ scope, local }) =>
      (scope === 'global' || scope === 'site') && (!isSelfMade(local) || gateways.length > 0),
  );
}

function findingFor(bare: readonly Child[], parent: Parent) {
  const isOfEngine = bare.some(({ container }) => container !== undefined);
  return {
    code: 'missing' as const,
    ...aboutChildren(bare, parent),
    data: { children: bare.map(({ label }) => label) },
    evidence: bare.slice(0, 3).map(({ name, addresses }) => ({
      from: 'addresses',
      says: `${name} has ${addresses.length === 0 ? 'no address at all' : `only ${addresses.map(({ local, scope }) => `${local} (scope ${scope})`).join(', ')}`}.`,
    })),
    advice: [
      isOfEngine
        ? 'The engine gives addresses from its own pool; restart the container, and look at the IPAM driver of its network.'
        : "Inside the namespace, give the link an address of the parent's subnet, or start a DHCP client on it and watch its log.",
      'If a DHCP client runs and gets nothing while other machines do, read gateway-silent and parent-wireless: foreign MACs may be filtered upstream.',
    ],
  };
}
