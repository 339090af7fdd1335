// A child that is up and has no address.
import { isSelfMade } from '../derive/addressing/on-link.js';
import { aboutChild, aboutChildren, listOf } from '../derive/wording/victims.js';
import { defineCheck } from '../../model/check.js';
import type { Undecided } from '../../model/finding.js';
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

Not judged: macvtap links, whose addresses live in a virtual machine, and links that are part of a bridge or bond or carry other links inside their namespace. A link that routes lead by needs no address of its own: a router's link-local IPv6 address, or an address that another link lends, is enough. Where the namespace gets out by another link, this one may be bare on purpose, as a WAN port under PPPoE is, and nothing is said for certain. What does not help: a DHCP reservation on the router for the child's MAC, as long as no client asks.`,
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
    const bare = judged.map(({ parent, children }) => ({
      parent,
      children: children.filter((child) => !hasAddress(child) && !isUsedWithout(child)),
    }));
    return {
      findings: bare.flatMap(({ parent, children }) => {
        const bereft = children.filter((child) => otherWayOut(child) === undefined);
        return bereft.length === 0 ? [] : [findingFor(bereft, parent)];
      }),
      undetermined: bare.flatMap(({ children }) => children.flatMap((child) => undecided(child))),
    };
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

/** It is some router's way: by a router's IPv6 address on the link, or with an address that another link lends. */
function isUsedWithout({ routes }: Child): boolean {
  return routes.some(
    ({ type, gateway, dst, protocol }) =>
      type === 'unicast' && (gateway !== undefined || (dst === 'default' && protocol !== 'kernel')),
  );
}

/**
 * Another link that its namespace gets out by: then this one may be bare on purpose, as what carries PPPoE or a capture is.
 * Not where an engine gave it an address that has gone.
 */
function otherWayOut({ link, mac, allRoutes, container }: Child): string | undefined {
  const given = container?.endpoints.find((endpoint) => endpoint.mac === mac)?.ipv4;
  if (given !== undefined) return undefined;
  return allRoutes.find(
    ({ type, dst, dev }) => type === 'unicast' && dst === 'default' && dev !== link.ifname,
  )?.dev;
}

function undecided(child: Child): Undecided[] {
  const way = otherWayOut(child);
  if (way === undefined) return [];
  const { subject, within } = aboutChild(child);
  const reason = `${child.label} has no address on ${child.link.ifname}, and gets out by ${way}: the link may be bare on purpose (it carries PPPoE, or only listens), or its DHCP client waits in vain; see inside it whether a client runs on ${child.link.ifname}`;
  return [{ subject, within, reason }];
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
