// A parent that is administratively down.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { isAdminUp } from '../../model/link.js';
import type { Parent } from '../../model/topology.js';
import { isInUse, linksBelow, macvlanParents, NO_PARENTS } from '../derive/topology/parents.js';
import { HOST } from '../../model/finding.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';
import setLinkUp from '../fixes/set-link-up.js';

export default defineCheck({
  meta: {
    id: 'parent-down',
    category: 'parent',
    severity: 'fail',
    title: { pass: 'Every parent is up', found: 'A parent is down' },
    needs: ['namespaces'],
    dependsOn: ['parent-missing', 'parent-not-ethernet'],
    docs: {
      explain: `A macvlan child is as alive as the device it sits on. While the parent is administratively down, every child on it is without carrier: nothing goes out to the LAN and nothing goes from child to child either, although the children themselves may say UP.

Nobody brings a parent up by itself: Docker does not. It happens most often to a second card that has no address of its own, because nothing in the host's configuration mentions it. Such a card still needs an entry that brings it up at boot: a .network file with LinkLocalAddressing=no for systemd-networkd, "iface eth1 inet manual" for ifupdown.

Bringing up the link inside the container does not help, nor does restarting the container.`,
      references: ['ip-link(8)', 'netdevice(7)', 'systemd.network(5)'],
    },
  },
  messages: {
    down: ({ parent, ends }: DownData) => ({
      what: `${parent} is switched off (administratively down).`,
      why: `Nothing on it has carrier${whoIsCut(ends)}.`,
      todo: `Bring ${parent} up.`,
    }),
    unused: ({ parent, ends }: DownData) => ({
      what: `${parent} is switched off (administratively down).`,
      why: `Nothing uses it now, but containers of ${listOf(ends)} would start without carrier.`,
      todo: `Bring ${parent} up before they start.`,
    }),
  },
  evaluate(_facts, { topology }) {
    const parents = macvlanParents(topology);
    if (parents.length === 0) return { notApplicable: NO_PARENTS };
    const down = parents.filter(({ link }) => !isAdminUp(link));
    return { findings: down.map((parent) => report(parent, topology)) };
  },
});

function whoIsCut(ends: readonly string[]): string {
  if (ends.length === 0) return '';
  const others = ends.length === 1 ? '' : ', not even to each other';
  return `: ${listOf(ends)} can talk to nobody${others}`;
}

interface DownData {
  readonly parent: string;
  readonly ends: readonly string[];
}

function report(parent: Parent, topology: CheckContext['topology']) {
  const { name, link, children, shims, networks } = parent;
  const inUse = isInUse(parent);
  const ends = [...children.map(({ label }) => label), ...shims.map((shim) => shim.name)];
  const below = linksBelow(topology, link).filter((lower) => !isAdminUp(lower));
  return {
    code: inUse ? ('down' as const) : ('unused' as const),
    severity: inUse ? ('fail' as const) : ('warn' as const),
    subject: parentSubject(parent.name),
    data: { parent: name, ends: inUse ? ends : networks.map((network) => network.name) },
    within: [HOST],
    evidence: [
      { from: 'links', says: `${name} has no UP flag; its operational state is ${link.operstate}` },
      ...below.map(({ ifname }) => ({
        from: 'links',
        says: `${ifname}, below ${name}, is down as well`,
      })),
    ],
    // A VLAN refuses to come up before its card does.
    remedies: [...below.toReversed().map(({ ifname }) => ifname), name].map((one) =>
      setLinkUp.request({ link: one }),
    ),
  };
}
