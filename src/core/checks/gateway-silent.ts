// A gateway that does not answer: all, the children alone, or some of them.
import { defineCheck } from '../../model/check.js';
import { gatewayCases } from '../derive/verdicts/gateway-cases.js';
import { limitedGateways } from '../derive/verdicts/limited-gateways.js';
import {
  labelsOf,
  placeOf,
  reportSilent,
  type BackupData,
  type GatewayData,
} from '../derive/verdicts/silent-gateway.js';
import { mutedOutOfSight } from '../derive/verdicts/unseen-gateways.js';
import { listOf } from '../derive/wording/victims.js';
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

A gateway that answers ARP and ignores ping is healthy and is not reported. So is one that ignores questions without a sender: of the children whose table has its MAC, some are asked for once more by their true addresses, and try to connect. A child with a fixed entry needs no answer to ARP, and its silence is not held against the gateway. Where some children are answered and others are not, a few of the silent ones are asked once more, slowly and in turn with one that was answered: a gateway or a switch that lets through only so many questions a second leaves out some of a hundred, whoever they are. A gateway of second choice (a route with a higher metric) is only a warning while the first one answers. Promiscuous mode on the host does not help where somebody else's device drops the frames.`,
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
    backup: ({ gateway, parent, victims, better }: BackupData) => ({
      what: `Gateway ${gateway}, the second choice of ${listOf(victims)}, does not answer on ${parent}.`,
      why: `${listOf(victims)} ${victims.length === 1 ? 'goes' : 'go'} by ${better}, which does answer: nothing is missing as long as that one is there.`,
      todo: `Switch ${gateway} on, or take the route by it away, if it is to stand in for ${better}.`,
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
      findings: cases
        .filter(({ silent }) => silent.length > 0)
        .map((one) => reportSilent(one, context)),
      undetermined: [...open, ...unseen, ...limitedGateways(cases, context)].map(
        ({ parent, gateway, children, why }) => ({
          ...placeOf(parent, gateway, children),
          reason: `whether ${gateway} answers ${listOf(labelsOf(children))} was not seen: ${why}`,
        }),
      ),
    };
  },
});
