// Addresses that a child asked for by ARP and that nobody has.
import { defineCheck, type CheckContext } from '../../model/check.js';
import {
  askedAgain,
  byAddresses,
  neighbourLooks,
  type DeadNeighbour,
  type NeighbourGroup,
  type NeighbourLook,
} from '../derive/verdicts/dead-neighbours.js';
import { HOST } from '../../model/finding.js';
import { aboutChild, aboutChildren, listOf } from '../derive/wording/victims.js';
import type { Child, Parent } from '../../model/topology.js';
import { whyUnseen } from '../derive/wording/how-to-ask.js';

export default defineCheck({
  meta: {
    id: 'neighbour-unresolved',
    category: 'neighbour',
    severity: 'warn',
    title: {
      pass: 'No child waits for a neighbour in vain',
      found: 'A child waits for a neighbour in vain',
    },
    needs: ['namespaces'],
    dependsOn: [
      'desktop-vm',
      'wsl2',
      'parent-down',
      'parent-no-carrier',
      'parent-wireless',
      'nic-unicast-filter',
      'parent-enslaved',
      'passthru-shared',
      'child-down',
      'duplicate-ip',
      'duplicate-mac',
      'address-missing',
      'subnet-mismatch',
      'prefix-mismatch',
      'gateway-silent',
      'neighbour-table-full',
      'source-mac-filter',
      'foreign-unicast-filter',
    ],
    docs: {
      explain: `A neighbour entry in the state FAILED, or INCOMPLETE for good, means that the child asked "who has this address?" on the LAN and nobody said "I". What it wanted to send there was thrown away with "No route to host".

Such an entry may be history. So before this is reported the child itself asks again, by echo requests that its kernel has to find a MAC for: the parent's own question would not reach a virtual machine behind a macvtap of that parent, nor an address that a router stands in for (proxy ARP). If anybody answers, be it ARP alone, nothing is said. If nobody answers, the machine is off, has another address, or sits in another network behind a wrong prefix length.

STALE is not a fault: it only means that the entry was not needed lately. Deleting entries ("ip neigh flush") does not bring a machine back; the kernel asks anew by itself.`,
      references: ['ip-neighbour(8)', 'arp(7)', 'RFC 826'],
    },
  },
  messages: {
    unresolved: ({ children, addresses }: NeighbourData) => ({
      what: `${listOf(children)} ${children.length === 1 ? 'asks' : 'ask'} for ${listOf(addresses)} on the LAN, and nobody answers.`,
      why: 'What is sent there is thrown away ("No route to host"). The machine is off, has another address, or is not on this network.',
      todo: 'Check that the machine is on and has this address; if it lives in another network, a prefix length or a route in the container is wrong.',
    }),
    'gateway-failed': ({ children, addresses }: NeighbourData) => ({
      what: `${listOf(children)} asked for ${listOf(addresses)}${addresses.length === 1 ? ', the gateway' : ', the gateway among them'}, and nobody answered.`,
      why: 'Without the MAC address of the gateway there is no way off the LAN.',
      todo: 'Run macvlan-doctor as root without --passive: it then asks the gateway itself and tells the causes apart.',
    }),
    'sibling-failed': ({ children, addresses }: NeighbourData) => ({
      what: `${listOf(children)} asked for the ${addresses.length === 1 ? 'sibling' : 'siblings'} at ${listOf(addresses)}, and got no answer.`,
      why: 'Both are in bridge mode, so the host itself carries frames between them; the sibling does not answer ARP.',
      todo: 'Look at the sibling: its firewall, arp_ignore, or an address that it no longer uses.',
    }),
  },
  evaluate(_facts, context) {
    const looked = context.topology.parents.map((parent) => ({
      parent,
      looks: neighbourLooks(parent, context),
    }));
    if (looked.every(({ looks }) => looks.length === 0)) {
      return { notApplicable: 'no macvlan children' };
    }
    return {
      findings: looked.flatMap(({ parent, looks }) =>
        byAddresses(looks).map((group) => report(group, parent)),
      ),
      undetermined: looked
        .flatMap(({ looks }) => looks)
        .filter(({ dead, open }) => dead.length === 0 && open.length > 0)
        .map((look) => leaveOpen(look, context)),
    };
  },
});

interface NeighbourData {
  readonly children: readonly string[];
  readonly addresses: readonly string[];
}

function placeOf({ child }: NeighbourLook) {
  const { subject, within } = aboutChild(child);
  return { subject, within: [...within, ...gatewaysOf([child]), HOST] };
}

function gatewaysOf(children: readonly Child[]) {
  const names = new Set(children.flatMap(({ gateways }) => gateways));
  return [...names].map((name) => ({ kind: 'gateway' as const, name }));
}

function codeOf(dead: readonly DeadNeighbour[]) {
  if (dead.some(({ role }) => role === 'gateway')) return 'gateway-failed' as const;
  return dead.some(({ role }) => role === 'lan')
    ? ('unresolved' as const)
    : ('sibling-failed' as const);
}

function report(group: NeighbourGroup, parent: Parent) {
  const [{ dead }] = group;
  const children = group.map(({ child }) => child);
  const { subject, within } = aboutChildren(children, parent);
  return {
    code: codeOf(dead),
    subject,
    within: [...within, ...gatewaysOf(children), HOST],
    data: { children: children.map(({ label }) => label), addresses: dead.map(({ ip }) => ip) },
    evidence: [
      ...group.slice(0, MOST_TABLES).map((look) => ({
        from: 'neighbours',
        says: `on ${look.child.link.ifname} of ${look.child.label}: ${listOf(look.dead.map(({ ip, state }) => `${ip} ${state}`))}`,
      })),
      ...askedAgain(group, parent.name),
    ],
    advice: [
      'If the address is no longer in use, nothing is wrong with the network: whatever in the container still talks to it needs the new one.',
    ],
  };
}

/** This many tables are quoted: the others say the same. */
const MOST_TABLES = 3;

function leaveOpen(look: NeighbourLook, context: CheckContext) {
  const why = whyUnseen(context, look.whyOpen);
  return {
    ...placeOf(look),
    reason: `${look.child.label} asked for ${listOf(look.open)} in vain some time ago; whether they answer now was not seen: ${why}`,
  };
}
