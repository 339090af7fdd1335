// A parent that is switched on and has nothing on the other end.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { hasCarrier, isAdminUp, type Link } from '../../model/link.js';
import type { Parent } from '../../model/topology.js';
import {
  isInUse,
  linksBelow,
  macvlanParents,
  NO_PARENTS,
  peerOf,
} from '../derive/topology/parents.js';
import { HOST } from '../../model/finding.js';
import { contentOf } from '../derive/topology/content.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';
import setLinkUp from '../fixes/set-link-up.js';

export default defineCheck({
  meta: {
    id: 'parent-no-carrier',
    category: 'parent',
    severity: 'fail',
    title: { pass: 'Every parent has carrier', found: 'A parent has no carrier' },
    needs: ['namespaces'],
    // Wi-Fi that is not signed in has no carrier either, and no cable to plug in.
    dependsOn: ['parent-missing', 'parent-down', 'parent-not-ethernet', 'parent-wireless'],
    docs: {
      explain: `"Up" is what the administrator wants; carrier is whether the layer below is there. A card without a cable, a card on a switch port that is shut, a bridge of which no port is up, one end of a veth pair whose other end is down: all of these are UP without LOWER_UP, shown by ip as NO-CARRIER.

A macvlan child takes over the carrier of its parent. Without it, not even two children on the same parent can talk to each other.

Restarting containers, promiscuous mode and new routes do not bring a cable back.`,
      references: ['netdevice(7)', 'ip-link(8)', 'RFC 2863'],
    },
  },
  messages: {
    'no-carrier': ({ parent, kind, ends, isUsed }: CarrierData) => ({
      what: `${parent} is switched on, but has no carrier${KIND_SAYS.get(kind) ?? ''}.`,
      why: isUsed
        ? `Nothing on it can send or receive: ${listOf(ends)} ${ends.length === 1 ? 'reaches nobody' : 'reach nobody, not even each other'}.`
        : `Nothing uses it now, but containers of ${listOf(ends)} would start without carrier.`,
      todo: TODO.get(kind) ?? 'Plug in the cable, and look at the switch port on the other end.',
    }),
  },
  evaluate(_facts, { topology }) {
    const parents = macvlanParents(topology);
    if (parents.length === 0) return { notApplicable: NO_PARENTS };
    const dead = parents.filter(({ link }) => isAdminUp(link) && !hasCarrier(link));
    return { findings: dead.map((parent) => report(parent, topology)) };
  },
});

interface CarrierData {
  readonly parent: string;
  readonly kind: string;
  readonly ends: readonly string[];
  readonly isUsed: boolean;
}

const KIND_SAYS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    bridge: ': none of the ports of this bridge is up',
    veth: ': the other end of this veth pair is down or gone',
    vlan: ': the card below this VLAN has none',
    bond: ': none of the members of this bond is up',
    tun: ': no program holds this tap device open',
  }),
);

const TODO: ReadonlyMap<string, string> = new Map(
  Object.entries({
    bridge: 'Bring a port of the bridge up, or add one.',
    veth: 'Bring up the other end of the veth pair.',
    vlan: 'Bring up the card below, and plug in its cable.',
    bond: 'Bring up a member of the bond, and look at its cable.',
    tun: 'Start the program that the tap device belongs to (a virtual machine, a VPN).',
  }),
);

const ADVICE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    bridge: 'A bridge has carrier while at least one of its ports is up and has carrier itself.',
    veth: 'The other end may live in another network namespace; bring it up there.',
    tun: 'A tap device has carrier while a program has it open.',
  }),
);

const CABLE =
  'Check the cable at both ends, the lamp at the switch port, and whether the port was shut by its administrator or by port security.';

function report(parent: Parent, topology: CheckContext['topology']) {
  const { name, link, children, shims, networks } = parent;
  const kind = link.linkinfo?.info_kind ?? 'card';
  const isUsed = isInUse(parent);
  const ends = [...children.map(({ label }) => label), ...shims.map((shim) => shim.name)];
  const below = linksBelow(topology, link).filter((lower) => !isAdminUp(lower));
  const peers = [peerOf(topology, link) ?? []].flat().filter((peer) => !isAdminUp(peer));
  return {
    code: 'no-carrier' as const,
    severity: isUsed ? ('fail' as const) : ('warn' as const),
    subject: parentSubject(parent.name),
    data: { parent: name, kind, ends: isUsed ? ends : networks.map((one) => one.name), isUsed },
    within: [HOST],
    evidence: [
      {
        from: 'links',
        says: `${name} is UP without LOWER_UP; its operational state is ${link.operstate}`,
      },
      ...portEvidence(link, topology),
      ...below.map(({ ifname }) => ({ from: 'links', says: `${ifname}, below ${name}, is down` })),
      ...peers.map(({ ifname }) => ({ from: 'links', says: `${ifname}, its other end, is down` })),
    ],
    remedies: [...below, ...peers].map(({ ifname }) => setLinkUp.request({ link: ifname })),
    advice: peers.length > 0 ? [] : [ADVICE.get(kind) ?? CABLE],
  };
}

function portEvidence(link: Link, topology: CheckContext['topology']) {
  if (link.linkinfo?.info_kind !== 'bridge' && link.linkinfo?.info_kind !== 'bond') return [];
  const ports = contentOf(topology.host).links.filter(({ master }) => master === link.ifname);
  const states = ports.map(({ ifname, operstate }) => `${ifname} (${operstate})`);
  const says = ports.length === 0 ? 'it has no ports at all' : `its ports are ${listOf(states)}`;
  return [{ from: 'links', says }];
}
