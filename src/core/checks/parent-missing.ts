// A runtime network whose parent names no link of this host.
import { defineCheck, type CheckContext } from '../../model/check.js';
import type { Evidence } from '../../model/finding.js';
import type { RuntimeNetwork } from '../../model/runtime-network.js';
import { missingVlan } from '../derive/engine-networks/vlan-names.js';
import { lookAlike } from '../derive/verdicts/look-alike.js';
import {
  betterParent,
  type BetterParent,
  defaultRouteDevice,
  parentCandidates,
} from '../derive/verdicts/better-parent.js';
import { engineAnswer } from '../derive/engine-networks/refusals/engine-answer.js';
import recreateNetwork from '../fixes/recreate-network.js';
import { HOST } from '../../model/finding.js';
import { flavourOf } from '../derive/owners/another-address.js';
import { networkSubject } from '../derive/wording/subjects.js';
import { listOf } from '../derive/wording/victims.js';

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

Names differ between machines: tutorials say eth0, a current distribution names the card enp3s0, a NAS has ovs_eth0, bond0 or br0. A card that moves to another slot, a new kernel or a USB adapter can change the name as well. Where only a VLAN link is missing (eth0.50, with eth0 there), that is the check vlan-parent-missing.

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
          : `Make the network anew on the right device; ${best.name} ${best.because}.`,
    }),
    renamed: ({ network, parent, best }: MissingData) => ({
      what: `Network ${network} wants ${parent} as its parent, and that link is called ${best?.name ?? ''} now.`,
      why: 'Containers that run go on, and none of the network can start any more.',
      todo: 'Give the link its name back, or make the network anew on the new one.',
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
    // A VLAN link that is missing is another matter: the check vlan-parent-missing.
    const missing = topology.orphanNetworks.filter(
      (network) => isNamingParent(network) && missingVlan(network, topology) === undefined,
    );
    return { findings: missing.map((network) => report(network, context)) };
  },
});

interface MissingData {
  readonly network: string;
  readonly parent: string;
  readonly best?: BetterParent;
}

function isNamingParent({ driver, parent }: RuntimeNetwork): boolean {
  return driver === 'macvlan' && parent !== undefined && parent !== '';
}

function report(network: RuntimeNetwork, context: CheckContext) {
  const { topology } = context;
  const { parent = '', name } = network;
  const best = betterParent(network, topology);
  const flavour = flavourOf(context);
  const about = {
    subject: networkSubject(network),
    within: [HOST],
    evidence: [
      { from: flavour, says: `network ${name} has the option parent=${parent}` },
      linkEvidence(parent, topology),
      ...engineAnswer(network, context),
    ],
  };
  return {
    code: best?.isRenamed === true ? ('renamed' as const) : ('missing' as const),
    ...about,
    data: { network: name, parent, ...(best === undefined ? {} : { best }) },
    remedies: best ? [recreateNetwork.request({ network, change: { parent: best.name } })] : [],
    advice: [
      ...lookAlike(parent),
      best?.isRenamed === true
        ? `The name stays over a reboot with a .link file that matches the MAC address of ${best.name} (systemd.link(5)).`
        : `If ${parent} appears later than the engine at boot (VLAN, bond, USB), order the engine after it: \`systemctl edit ${flavour}\` with After=network-online.target and Wants=network-online.target.`,
    ],
  };
}

function linkEvidence(parent: string, topology: CheckContext['topology']): Evidence {
  const byRoute = defaultRouteDevice(topology);
  const names = parentCandidates(topology).map(({ ifname, altnames = [] }) => {
    const marks = [
      ...(ifname === byRoute ? ['default route'] : []),
      ...altnames.map((name) => `also ${name}`),
    ];
    return marks.length === 0 ? ifname : `${ifname} (${marks.join(', ')})`;
  });
  const have = names.length === 0 ? 'no Ethernet link that is up and free' : listOf(names);
  return { from: 'links', says: `no link and no altname is ${parent}; this host has ${have}` };
}
