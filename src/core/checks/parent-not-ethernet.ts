// A parent that carries no Ethernet frames.
import { defineCheck } from '../../model/check.js';
import type { Parent } from '../../model/topology.js';
import { macvlanParents, NO_PARENTS } from '../derive/topology/parents.js';
import { HOST } from '../../model/finding.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';

export default defineCheck({
  meta: {
    id: 'parent-not-ethernet',
    category: 'parent',
    severity: 'fail',
    title: { pass: 'Every parent is an Ethernet device', found: 'A parent is no Ethernet device' },
    needs: ['namespaces'],
    dependsOn: ['network-refused', 'parent-missing'],
    docs: {
      explain: `macvlan tells its children apart by MAC address. A device without MAC addresses has nothing to tell them apart by: the loopback device, WireGuard and other tunnels, PPP, mobile modems, IP over InfiniBand. The kernel refuses a macvlan link on them with "Invalid argument".

Containers that should be reached through such a device need routing instead: an ordinary bridge network with routes to it, or ipvlan in l3 mode.

A bridge with a tap device next to WireGuard does not help: WireGuard carries IP packets of known peers, no Ethernet frames.`,
      references: ['drivers/net/macvlan.c, macvlan_port_create', 'ip-link(8)', 'wg(8)'],
    },
  },
  messages: {
    'not-ethernet': ({ parent, type, users }: TypeData) => ({
      what: `${parent} is no Ethernet device (its type is ${type}).`,
      why: `It has no MAC addresses to tell children apart by; the kernel refuses macvlan links on it, so ${listOf(users)} cannot start.`,
      todo: 'Choose an Ethernet device as the parent, or route instead.',
    }),
  },
  evaluate(_facts, { topology }) {
    const parents = macvlanParents(topology);
    if (parents.length === 0) return { notApplicable: NO_PARENTS };
    const odd = parents.filter(({ link }) => link.link_type !== 'ether');
    return { findings: odd.map((parent) => report(parent)) };
  },
});

interface TypeData {
  readonly parent: string;
  readonly type: string;
  readonly users: readonly string[];
}

function report(parent: Parent) {
  const { name, link, networks, children } = parent;
  const type = link.linkinfo?.info_kind ?? link.link_type;
  const users = [
    ...networks.map((network) => `network ${network.name}`),
    ...children.map(({ label }) => label),
  ];
  return {
    code: 'not-ethernet' as const,
    subject: parentSubject(parent.name),
    data: { parent: name, type, users },
    within: [HOST],
    evidence: [{ from: 'links', says: `${name} has link type ${link.link_type}, not ether` }],
    advice: [
      'Give containers an ordinary bridge network and route to its subnet, or use ipvlan in l3 mode: both work over devices that carry IP only.',
    ],
  };
}
