// A parent that is a Wi-Fi client.
import { defineCheck, type CheckContext } from '../../model/check.js';
import type { Child, Parent } from '../../model/topology.js';
import {
  isInUse,
  macvlanNetworksOn,
  macvlanParents,
  NO_PARENTS,
} from '../derive/topology/parents.js';
import { gatewayReach } from '../derive/verdicts/gateway-reach.js';
import { find, tally } from '../derive/verdicts/reach.js';
import { HOST } from '../../model/finding.js';
import { counted } from '../derive/wording/words.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';

export default defineCheck({
  meta: {
    id: 'parent-wireless',
    category: 'parent',
    severity: 'fail',
    title: { pass: 'No parent is a Wi-Fi client', found: 'A parent is a Wi-Fi client' },
    needs: ['namespaces', 'wireless'],
    dependsOn: ['parent-missing', 'desktop-vm', 'wsl2'],
    docs: {
      explain: `A Wi-Fi client speaks to its access point with one MAC address, the one it signed in with. The frames of the air have no room for a second one behind it: the access point drops what comes from other addresses and never delivers anything to them. macvlan gives every child an address of its own, so children on a Wi-Fi card look healthy, get their IP from the engine, and reach nobody; with some access points the whole machine is thrown off the network.

What works: a wired parent; ipvlan in l2 mode, whose children share the card's MAC (with fixed addresses, or DHCP by client id); ordinary published ports; or a client in four-address (WDS) mode, where the access point supports it.

Promiscuous mode and passthru do not help, nor does switching off power saving.`,
      references: ['IEEE 802.11, address fields', 'iw(8)', 'Docker: IPvlan network driver'],
    },
  },
  messages: {
    wireless: ({ parent, ends }: WirelessData) => ({
      what: `${parent} is a Wi-Fi client.`,
      why: `The access point talks to ${parent}'s own MAC only; what ${listOf(ends)} ${ends.length === 1 ? 'sends' : 'send'} under another is dropped.`,
      todo: 'Use a wired parent, or ipvlan in l2 mode, which needs no MAC of its own.',
    }),
  },
  evaluate({ wireless }, context) {
    const parents = macvlanParents(context.topology);
    if (parents.length === 0) return { notApplicable: NO_PARENTS };
    const onAir = parents.filter(({ name }) => wireless.includes(name));
    const deaf = onAir.filter((parent) => !isCarryingAll(parent, context));
    return { findings: deaf.map((parent) => report(parent, context)) };
  },
});

interface WirelessData {
  readonly parent: string;
  readonly ends: readonly string[];
}

/** Four-address mode does work: where every child that was asked for got its answer, nothing is wrong. */
function isCarryingAll({ children }: Parent, context: CheckContext): boolean {
  const reaches = new Set(
    children.flatMap((child) =>
      child.gateways.map((gateway) => gatewayReach(child, gateway, context)),
    ),
  );
  return reaches.has('answered') && !reaches.has('silent');
}

function report(parent: Parent, context: CheckContext) {
  const { name, children, shims } = parent;
  const networks = macvlanNetworksOn(parent).map((network) => `containers of ${network.name}`);
  const ends = [...children.map(({ label }) => label), ...shims.map((shim) => shim.name)];
  return {
    code: 'wireless' as const,
    subject: parentSubject(parent.name),
    data: { parent: name, ends: isInUse(parent) ? ends : networks },
    within: [HOST],
    evidence: [
      { from: 'wireless', says: `${name} is a wireless link in client (managed) mode` },
      ...gatewayEvidence(children, context),
    ],
    advice: [
      'Give the containers a wired parent. Without one: `-d ipvlan` in place of `-d macvlan` (l2 mode, fixed addresses), or published ports on an ordinary bridge network.',
      'An access point and a driver that both know four-address mode (WDS) can carry macvlan; few do.',
    ],
  };
}

function gatewayEvidence(children: readonly Child[], { observations }: CheckContext) {
  const asked = children.flatMap(({ name }) =>
    find(observations, { probe: 'gateway-arp-child', child: name }),
  );
  const silent = asked.filter(({ replies }) => replies.length === 0);
  if (silent.length === 0) return [];
  const { sent } = tally(silent);
  const says = `${counted(sent, 'ARP request')} with the MACs of children got no answer from their gateways`;
  return [{ from: 'probe:gateway-arp-child', says }];
}
