// A gateway that does not answer: all, the children alone, or some of them.
import { defineCheck, type CheckContext } from '../../model/check.js';
import type { Child, Parent } from '../../model/topology.js';
import { gatewayCases, type GatewayCase } from '../derive/verdicts/gateway-cases.js';
import { gatewayEvidence } from '../derive/verdicts/gateway-evidence.js';
import { limitedGateways } from '../derive/verdicts/limited-gateways.js';
import { mutedOutOfSight } from '../derive/verdicts/unseen-gateways.js';
import { HOST } from '../../model/finding.js';
import { upstreamAdvice } from '../derive/platform/upstream-advice.js';
import { remainsOf } from '../derive/upstream/remains.js';
import { aboutChild, aboutGateway, listOf } from '../derive/wording/victims.js';
import { howToAsk } from '../derive/wording/how-to-ask.js';

export default defineCheck({
  meta: {
    id: 'gateway-silent',
    category: 'neighbour',
    severity: 'fail',
    title: { pass: 'Every gateway answers its children', found: 'A gateway does not answer' },
    needs: ['namespaces'],
    dependsOn: [
      'desktop-vm',
      'wsl2',
      'rootless-namespace',
      'parent-missing',
      'parent-down',
      'parent-no-carrier',
      'parent-wireless',
      'parent-enslaved',
      'parent-not-ethernet',
      'nic-unicast-filter',
      'passthru-shared',
      'child-down',
      'duplicate-ip',
      'duplicate-mac',
      'address-missing',
      'subnet-mismatch',
      'gateway-outside-subnet',
      'gateway-is-host',
      'gateway-wrong',
      'vlan-not-trunked',
      'source-mac-filter',
      'foreign-unicast-filter',
    ],
    docs: {
      explain: `Before a child can send anything beyond its own network it must learn the MAC address of its gateway, by ARP. When the gateway does not answer, the child is cut off from the Internet and from every other network, while its siblings may still be there.

Who is asked, and how, tells the causes apart. The same question is sent with the child's MAC and with the parent's own. Nobody is answered: the gateway is off, its address is wrong, or the cable or the VLAN leads elsewhere. Only the parent is answered: something between here and the gateway treats other MACs differently; source-mac-filter, foreign-unicast-filter and nic-unicast-filter say what, and this stays quiet behind them. What is left here is what could not be told apart, with the places that remain.

A gateway that answers ARP and ignores ping is healthy and is not reported. So is one that ignores questions without a sender: of the children whose table has its MAC, some are asked for once more by their true addresses, and try to connect. A child with a fixed entry needs no answer to ARP, and its silence is not held against the gateway. Where some children are answered and others are not, a few of the silent ones are asked once more, slowly and in turn with one that was answered: a gateway or a switch that lets through only so many questions a second leaves out some of a hundred, whoever they are. Promiscuous mode on the host does not help where somebody else's device drops the frames.`,
      references: ['RFC 826', 'RFC 5227', 'arp(7)', 'ip-neighbour(8)'],
    },
  },
  messages: {
    silent: ({ gateway, parent, victims, isParentAsked }: GatewayData) => ({
      what: `Gateway ${gateway} answers nobody on ${parent}${isParentAsked ? ', neither the children nor the host' : ''}.`,
      why: `${listOf(victims)} cannot leave the LAN. Since nobody is answered, it is not macvlan: the gateway is off or has another address, or ${parent} is not on its network.`,
      todo: 'Check that the gateway is on and has this address, then the cable and the VLAN of the switch port.',
    }),
    'answers-parent-only': ({ gateway, parent, victims, remains }: GatewayData) => ({
      what: `Gateway ${gateway} answers ${parent}'s own MAC, and not those of its children.`,
      why: `${listOf(victims)} cannot leave the LAN. ${remains === '' ? `Something between here and the gateway drops frames from MACs other than ${parent}'s, or does not deliver what is addressed to them.` : remains}`,
      todo: 'Look at what is next on the wire, which must accept several MAC addresses on this port, and at the gateway itself.',
    }),
    partial: ({ gateway, parent, victims, answered, remains }: GatewayData) => ({
      what: `Gateway ${gateway} answers ${listOf(answered)} on ${parent}, and not ${listOf(victims)}.`,
      why: `${listOf(victims)} cannot leave the LAN. The way is open for others, so it is about ${victims.length === 1 ? 'this one' : 'these'}: a limit on MAC addresses at the switch, or ${victims.length === 1 ? 'its address' : 'an address of theirs'} is taken or blocked.${remains === '' ? '' : ` ${remains}`}`,
      todo: 'Compare with those that are answered, and look for a MAC limit on the switch port.',
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    const cases = parents.flatMap((parent) => gatewayCases(parent, context));
    const unseen = parents.flatMap((parent) =>
      mutedOutOfSight(parent, context).map((one) => ({ ...one, parent })),
    );
    if (cases.length + unseen.length === 0)
      return { notApplicable: 'no child that is up has an IPv4 gateway on the LAN' };
    const open = cases
      .filter(({ silent, answered }) => silent.length + answered.length === 0)
      .map((one) => ({ ...one, children: one.unknown, why: `${one.why}${howToAsk(context)}` }));
    return {
      findings: cases.filter(({ silent }) => silent.length > 0).map((one) => report(one, context)),
      undetermined: [...open, ...unseen, ...limitedGateways(cases, context)].map(
        ({ parent, gateway, children, why }) => ({
          ...placeOf(parent, gateway, children),
          reason: `whether ${gateway} answers ${listOf(labelsOf(children))} was not seen: ${why}`,
        }),
      ),
    };
  },
});

interface GatewayData {
  readonly gateway: string;
  readonly parent: string;
  readonly victims: readonly string[];
  readonly answered: readonly string[];
  readonly isParentAsked: boolean;
  /** What is known beyond that; may be empty. */
  readonly remains: string;
}

function placeOf(parent: Parent, gateway: string, children: readonly Child[]) {
  const { subject, within } = aboutGateway(gateway, parent);
  const about = children.map((child) => aboutChild(child));
  const networks = about.flatMap((one) => one.within.filter(({ kind }) => kind === 'network'));
  return {
    subject,
    within: [...within, ...networks, HOST],
    parts: about.map((one) => one.subject),
  };
}

function labelsOf(children: readonly Child[]): string[] {
  return children.map(({ label }) => label);
}

function report(one: GatewayCase, context: CheckContext) {
  const { parent, gateway, silent, answered, own } = one;
  const alone = own === 'answered' ? ('answers-parent-only' as const) : ('silent' as const);
  return {
    code: answered.length > 0 ? ('partial' as const) : alone,
    ...placeOf(parent, gateway, silent),
    data: {
      gateway,
      parent: parent.name,
      victims: labelsOf(silent),
      answered: labelsOf(answered),
      isParentAsked: own !== 'unknown',
      remains: remainsOf(one, context),
    },
    evidence: gatewayEvidence(one, context),
    advice:
      own === 'answered' || answered.length > 0
        ? upstreamAdvice(context.facts, parent, 'both')
        : LAN,
  };
}

const LAN = [
  'Ask from another machine on this LAN whether the gateway answers; if it does, this port is in the wrong VLAN or its cable leads elsewhere.',
  "If the router has another address, the network's --gateway is wrong; it can only be changed by making the network anew.",
];
