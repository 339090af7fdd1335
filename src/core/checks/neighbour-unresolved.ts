// Addresses that a child asked for by ARP and that nobody has.
import { defineCheck, type CheckContext } from '../../model/check.js';
import {
  neighbourLook,
  type DeadNeighbour,
  type NeighbourLook,
} from '../derive/dead-neighbours.js';
import { HOST } from '../derive/subjects.js';
import { aboutChild, listOf } from '../derive/victims.js';
import { counted } from '../derive/words.js';

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
      'passthru-shared',
      'child-down',
      'address-missing',
      'subnet-mismatch',
      'prefix-mismatch',
      'gateway-silent',
    ],
    docs: {
      explain: `A neighbour entry in the state FAILED, or INCOMPLETE for good, means that the child asked "who has this address?" on the LAN and nobody said "I". What it wanted to send there was thrown away with "No route to host".

The address is asked for again before this is reported, from the parent. If it answers now, nothing is said. If nobody answers, the machine is off, has another address, or sits in another network behind a wrong prefix length.

STALE is not a fault: it only means that the entry was not needed lately. Deleting entries ("ip neigh flush") does not bring a machine back; the kernel asks anew by itself.`,
      references: ['ip-neighbour(8)', 'arp(7)', 'RFC 826'],
    },
  },
  messages: {
    unresolved: ({ child, addresses }: NeighbourData) => ({
      what: `${child} asks for ${listOf(addresses)} on the LAN, and nobody answers.`,
      why: 'What it sends there is thrown away ("No route to host"). The machine is off, has another address, or is not on this network.',
      todo: 'Check that the machine is on and has this address; if it lives in another network, the prefix length or a route of the child is wrong.',
    }),
    'gateway-failed': ({ child, addresses }: NeighbourData) => ({
      what: `${child} asked for ${listOf(addresses)}, its gateway among them, and nobody answered.`,
      why: 'Without the MAC address of its gateway it cannot leave the LAN.',
      todo: 'Run macvlan-doctor as root without --passive: it then asks the gateway itself and tells the causes apart.',
    }),
    'sibling-failed': ({ child, addresses }: NeighbourData) => ({
      what: `${child} asked for its ${addresses.length === 1 ? 'sibling' : 'siblings'} at ${listOf(addresses)}, and got no answer.`,
      why: 'Both are in bridge mode, so the host itself carries frames between them; the sibling does not answer ARP.',
      todo: 'Look at the sibling: its firewall, arp_ignore, or an address that it no longer uses.',
    }),
  },
  evaluate(_facts, context) {
    const looks = context.topology.parents.flatMap((parent) =>
      parent.children.map((child) => neighbourLook(child, parent, context)),
    );
    if (looks.length === 0) return { notApplicable: 'no macvlan children' };
    return {
      findings: looks.filter(({ dead }) => dead.length > 0).map((look) => report(look)),
      undetermined: looks
        .filter(({ dead, open }) => dead.length === 0 && open.length > 0)
        .map((look) => leaveOpen(look, context)),
    };
  },
});

interface NeighbourData {
  readonly child: string;
  readonly addresses: readonly string[];
}

function placeOf({ child }: NeighbourLook) {
  const { subject, within } = aboutChild(child);
  const gateways = child.gateways.map((name) => ({ kind: 'gateway' as const, name }));
  return { subject, within: [...within, ...gateways, HOST] };
}

function codeOf(dead: readonly DeadNeighbour[]) {
  if (dead.some(({ role }) => role === 'gateway')) return 'gateway-failed' as const;
  return dead.some(({ role }) => role === 'lan')
    ? ('unresolved' as const)
    : ('sibling-failed' as const);
}

function report(look: NeighbourLook) {
  const { child, dead } = look;
  const asked = dead.filter(({ sent }) => sent > 0);
  const sent = asked.reduce((sum, one) => sum + one.sent, 0);
  return {
    code: codeOf(dead),
    ...placeOf(look),
    data: { child: child.label, addresses: dead.map(({ ip }) => ip) },
    evidence: [
      {
        from: 'neighbours',
        says: `on ${child.link.ifname} of ${child.label}: ${listOf(dead.map(({ ip, state }) => `${ip} ${state}`))}`,
      },
      ...(sent === 0
        ? []
        : [
            {
              from: asked.some(({ role }) => role === 'sibling')
                ? 'probe:sibling-icmp'
                : 'probe:neighbour-arp',
              says: `asked again just now, ${counted(sent, 'request')} for ${listOf(asked.map(({ ip }) => ip))} stayed unanswered`,
            },
          ]),
    ],
    advice: [
      'If the address is no longer in use, nothing is wrong with the network: whatever in the container still talks to it needs the new one.',
    ],
  };
}

function leaveOpen(look: NeighbourLook, { notProbed }: CheckContext) {
  const why = notProbed ?? 'they were not asked for again';
  return {
    ...placeOf(look),
    reason: `${look.child.label} asked for ${listOf(look.open)} in vain some time ago; whether they answer now was not seen: ${why}; run as root without --passive`,
  };
}
