// A parent that already belongs to a bridge, a bond or the like.
import { defineCheck, type CheckContext } from '../../model/check.js';
import type { Link } from '../../model/link.js';
import type { Parent } from '../../model/topology.js';
import {
  isInUse,
  macvlanNetworksOn,
  macvlanParents,
  NO_PARENTS,
} from '../derive/topology/parents.js';
import recreateNetwork from '../fixes/recreate-network.js';
import { HOST } from '../../model/finding.js';
import { contentOf, findLink } from '../derive/topology/content.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';

export default defineCheck({
  meta: {
    id: 'parent-enslaved',
    category: 'parent',
    severity: 'fail',
    title: {
      pass: 'No parent belongs to a bridge or bond',
      found: 'A parent belongs to a bridge or bond',
    },
    needs: ['namespaces'],
    dependsOn: ['parent-missing'],
    docs: {
      explain: `A device hands what it receives to one owner. A port of a bridge, a member of a bond or of a team, and a port of Open vSwitch already have one, so the kernel refuses to put macvlan on top: creating the network succeeds, and starting a container fails with "device or resource busy".

The device to use is the one on top: the bridge, the bond. This is the usual case on Unraid (eth0 in br0), on Synology (eth0 in ovs_eth0), on Proxmox (eno1 in vmbr0) and wherever virtual machines share the card. A VRF is no such owner.

Taking the card out of its bridge cuts the host off when you are connected through it. Reinstalling the engine and promiscuous mode change nothing.`,
      references: ['ip-link(8)', 'netdevice(7)', 'net/core/dev.c, netdev_is_rx_handler_busy'],
    },
  },
  messages: {
    enslaved: ({ parent, kind, master, top, networks }: EnslavedData) => ({
      what: `${parent} belongs to the ${kind} ${master}.`,
      why: `What it receives goes to ${master}; macvlan cannot have it too. ${networks.length === 0 ? 'Links on it stay deaf' : `Containers of ${listOf(networks)} fail to start with "device or resource busy"`}.`,
      todo: `Use ${top} as the parent.`,
    }),
  },
  evaluate(_facts, context) {
    const parents = macvlanParents(context.topology);
    if (parents.length === 0) return { notApplicable: NO_PARENTS };
    return {
      findings: parents.flatMap((parent) => {
        const masters = mastersOf(parent.link, contentOf(context.topology.host).links);
        return masters[0] === undefined ? [] : [report(parent, masters, context)];
      }),
    };
  },
});

interface EnslavedData {
  readonly parent: string;
  readonly kind: string;
  readonly master: string;
  readonly top: string;
  readonly networks: readonly string[];
}

interface Master {
  readonly name: string;
  readonly kind: string;
}

/** Owners from the next one up to the one that nobody owns; a VRF takes no frames away. */
function mastersOf(link: Link, links: readonly Link[]): Master[] {
  const masters: Master[] = [];
  let member: Link | undefined = link;
  while (member?.master !== undefined) {
    const name: string = member.master;
    const master: Link | undefined = findLink(links, name);
    const kind = member.linkinfo?.info_slave_kind ?? master?.linkinfo?.info_kind ?? 'device';
    if (kind === 'vrf' || masters.some((known) => known.name === name)) break;
    masters.push({ name, kind });
    member = master;
  }
  return masters;
}

function report(parent: Parent, masters: readonly Master[], context: CheckContext) {
  const { facts } = context;
  const networks = macvlanNetworksOn(parent);
  const [first = { name: '', kind: '' }] = masters;
  const top = masters.at(-1)?.name ?? first.name;
  const flavour = facts.runtime.state === 'known' ? facts.runtime.value.engine.flavour : 'docker';
  return {
    code: 'enslaved' as const,
    subject: parentSubject(parent.name),
    data: {
      parent: parent.name,
      kind: first.kind,
      master: first.name,
      top,
      networks: networks.map(({ name }) => name),
    },
    within: [HOST],
    evidence: [
      ...masters.map(({ name, kind }, index) => ({
        from: 'links',
        says: `${masters[index - 1]?.name ?? parent.name} has the master ${name} (${kind})`,
      })),
      ...networks.map(({ name }) => ({
        from: flavour,
        says: `network ${name} has parent=${parent.name}`,
      })),
    ],
    remedies: networks.map((network) =>
      recreateNetwork.request({ network, change: { parent: top } }),
    ),
    advice: [
      ...(networks.length === 0 || isInUse(parent)
        ? [`Make macvlan links anew on ${top}: they carry on where ${parent.name} cannot.`]
        : []),
    ],
  };
}
