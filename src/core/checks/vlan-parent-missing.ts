// A network whose parent is a VLAN link that nobody has made.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import {
  macvlanNetworks,
  NO_NETWORKS,
  type PlacedNetwork,
} from '../derive/engine-networks/networks.js';
import { missingVlan, type MissingVlan } from '../derive/engine-networks/vlan-names.js';
import { flavourOf } from '../derive/owners/another-address.js';
import { networkSubject } from '../derive/wording/subjects.js';
import { engineAnswer } from '../derive/engine-networks/refusals/engine-answer.js';
import makeVlanLink from '../fixes/make-vlan-link.js';

interface Data extends Pick<MissingVlan, 'parent' | 'base' | 'id'> {
  readonly network: string;
}

export default defineCheck({
  meta: {
    id: 'vlan-parent-missing',
    category: 'parent',
    severity: 'fail',
    title: {
      pass: 'Every VLAN link that a network wants as its parent is there',
      found: 'A network wants a VLAN link that is not there',
    },
    needs: ['namespaces', 'runtime'],
    dependsOn: ['desktop-vm', 'rootless-namespace'],
    docs: {
      explain: `A network on a VLAN has a VLAN link as its parent: eth0.50 is VLAN 50 of eth0. Docker makes a link of just that form of name, one dot and a number, when the network is created and when Docker itself starts; not when a container starts. vlan50, or a VLAN on a VLAN, it never makes, and Podman makes none at all. When the link goes away, or the device below was not there yet when Docker started, containers fail with "the requested parent interface was not found on the Docker host". "failed to create eth0.50 vlan link: operation not supported" means that the kernel lacks the module 8021q.

Where the device below is missing as well, that is the check parent-missing.

What does not help: -o vlan=50 on eth0, an option that neither Docker nor Podman has for macvlan; and an address on the VLAN link "to activate it". Make the link, in the host's configuration so that it is there before the engine.`,
      references: ['ip-link(8), type vlan', 'moby, libnetwork/drivers/macvlan/macvlan_setup.go'],
    },
  },
  messages: {
    made: ({ network, parent, base }: Data) => ({
      what: `Network ${network} wants the VLAN link ${parent} as its parent; ${base} is there, and the VLAN link is not.`,
      why: 'Its containers cannot start: the engine makes a VLAN link with the network or at its own start, not later.',
      todo: `Make ${parent} again, and see what took it away.`,
    }),
    never: ({ network, parent, base, id }: Data) => ({
      what: `Network ${network} wants ${parent} as its parent, a VLAN link by its name, and no such link is here.`,
      why: 'Its containers cannot start, and the engine makes no link of that name.',
      todo: `Make ${parent} on the device that carries VLAN ${id.toString()}; by the name or by the default route that is ${base}.`,
    }),
  },
  evaluate(_facts, context) {
    const placed = macvlanNetworks(context.topology);
    if (placed.length === 0) return { notApplicable: NO_NETWORKS };
    return { findings: placed.flatMap((one) => judge(one, context)) };
  },
});

function judge({ network }: PlacedNetwork, context: CheckContext) {
  const flavour = flavourOf(context);
  const vlan = missingVlan(network, context.topology);
  if (vlan === undefined) return [];
  const { parent, base, id } = vlan;
  const isMadeByEngine = vlan.isDockersForm && flavour === 'docker';
  return [
    {
      code: isMadeByEngine ? ('made' as const) : ('never' as const),
      subject: networkSubject(network),
      within: [HOST],
      data: { network: network.name, parent, base, id },
      evidence: [
        { from: flavour, says: `network ${network.name} has the option parent=${parent}` },
        { from: 'links', says: `no link and no altname is ${parent}; ${base} is there` },
        ...engineAnswer(network, context),
      ],
      remedies: [makeVlanLink.request({ link: parent, base, id })],
      advice: isMadeByEngine
        ? ['Restarting the engine makes it as well, where the kernel has the module 8021q.']
        : [],
    },
  ];
}
