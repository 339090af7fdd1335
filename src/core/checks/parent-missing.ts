// A runtime network whose parent names no link of this host.
import { defineCheck, type CheckContext } from '../../model/check.js';
import type { Evidence } from '../../model/finding.js';
import { isAdminUp, isMacvlanKind, type Link } from '../../model/link.js';
import type { RuntimeNetwork } from '../../model/runtime-network.js';
import { recreateAdvice } from '../derive/recreate-network.js';
import { HOST, networkSubject } from '../derive/subjects.js';
import { contentOf, findLink } from '../derive/content.js';
import { listOf } from '../derive/victims.js';

/** Devices that engines and hypervisors make for themselves: nobody means them as a parent. */
const INTERNAL = /^(?:veth|docker|br-[\da-f]{12}$|virbr|cni|flannel|tap|vnet|lxc|podman)/u;

export default defineCheck({
  meta: {
    id: 'parent-missing',
    category: 'parent',
    severity: 'fail',
    title: {
      pass: 'Every macvlan network names a parent that exists',
      found: 'A network names a parent that this host does not have',
    },
    needs: ['namespaces', 'runtime'],
    dependsOn: ['desktop-vm', 'rootless-namespace'],
    docs: {
      explain: `A macvlan network is tied to one device of the host by name. When no link carries that name, no container of the network can start ("parent interface was not found"), and networks that were made while it existed fail after the next reboot.

Names differ between machines: tutorials say eth0, a current distribution names the card enp3s0, a NAS has ovs_eth0, bond0 or br0. A card that moves to another slot, a new kernel or a USB adapter can change the name as well. A VLAN name such as eth0.50 is fine as long as eth0 exists: the engine then makes the VLAN link itself.

Going back to old names with net.ifnames=0 does not help on a machine with several cards. A .link file that pins the name to the MAC address does (systemd.link(5)).`,
      references: ['ip-link(8)', 'systemd.link(5)', 'Docker: Macvlan network driver'],
    },
  },
  messages: {
    missing: ({ network, parent, best }: MissingData) => ({
      what: `Network ${network} wants ${parent} as its parent, and this host has no link of that name.`,
      why: 'Its containers cannot start, or come up without the network.',
      todo:
        best === undefined
          ? `Connect or create ${parent}, or make the network anew on a device that exists.`
          : `Make the network anew on the right device; ${best} is the one with the default route.`,
    }),
  },
  evaluate(_facts, context) {
    const { topology } = context;
    const networks = [
      ...topology.parents.flatMap((parent) => parent.networks),
      ...topology.orphanNetworks,
    ];
    if (!networks.some((network) => isNamingParent(network))) {
      return { notApplicable: 'no macvlan network names a parent' };
    }
    const { links } = contentOf(topology.host);
    const missing = topology.orphanNetworks.filter(
      (network) => isNamingParent(network) && !canBeMade(network.parent ?? '', links),
    );
    return { findings: missing.map((network) => report(network, context, links)) };
  },
});

interface MissingData {
  readonly network: string;
  readonly parent: string;
  readonly best?: string;
}

function isNamingParent({ driver, parent }: RuntimeNetwork): boolean {
  return driver === 'macvlan' && parent !== undefined && parent !== '';
}

/** The engine makes the VLAN link `eth0.50` itself when eth0 is there (moby, macvlan_setup.go). */
function canBeMade(parent: string, links: readonly Link[]): boolean {
  const [, base, id] = /^(.+)\.(\d{1,4})$/su.exec(parent) ?? [];
  if (base === undefined || Number(id) < 1 || Number(id) > 4094) return false;
  return findLink(links, base) !== undefined;
}

function report(
  network: RuntimeNetwork,
  { topology, facts }: CheckContext,
  links: readonly Link[],
) {
  const { parent = '', name } = network;
  const candidates = links.filter((link) => isCandidate(link));
  const byRoute = contentOf(topology.host).routes.find(
    ({ dst, family, table }) => dst === 'default' && family === 'inet' && table === 'main',
  )?.dev;
  const best = candidates.find(({ ifname }) => ifname === byRoute)?.ifname;
  const flavour = facts.runtime.state === 'known' ? facts.runtime.value.engine.flavour : 'docker';
  return {
    code: 'missing' as const,
    subject: networkSubject(network),
    data: { network: name, parent, ...(best === undefined ? {} : { best }) },
    within: [HOST],
    evidence: [
      { from: flavour, says: `network ${name} has the option parent=${parent}` },
      linkEvidence(parent, candidates, byRoute),
    ],
    advice: [
      ...(best === undefined ? [] : [recreateAdvice(network, { parent: best, flavour })]),
      `If ${parent} appears later than the engine at boot (VLAN, bond, USB), order the engine after it: \`systemctl edit ${flavour}\` with After=network-online.target and Wants=network-online.target.`,
    ],
  };
}

function isCandidate(link: Link): boolean {
  return (
    link.link_type === 'ether' &&
    isAdminUp(link) &&
    link.master === undefined &&
    !isMacvlanKind(link) &&
    !INTERNAL.test(link.ifname)
  );
}

function linkEvidence(parent: string, candidates: readonly Link[], byRoute?: string): Evidence {
  const names = candidates.map(({ ifname, altnames = [] }) => {
    const marks = [
      ...(ifname === byRoute ? ['default route'] : []),
      ...altnames.map((name) => `also ${name}`),
    ];
    return marks.length === 0 ? ifname : `${ifname} (${marks.join(', ')})`;
  });
  const have = names.length === 0 ? 'no Ethernet link that is up and free' : listOf(names);
  return { from: 'links', says: `no link and no altname is ${parent}; this host has ${have}` };
}
