// Something beyond the parent drops frames whose source MAC is a child's: all of them, or those of too many.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import type { Parent } from '../../model/topology.js';
import { upstreamAdvice } from '../derive/platform/upstream-advice.js';
import { aboutFault, type FaultData } from '../derive/upstream/about-fault.js';
import { splitEvidence } from '../derive/upstream/split-evidence.js';
import {
  concernedOnes,
  upstreamFaults,
  whyUndecided,
  type UpstreamFault,
} from '../derive/upstream/upstream-faults.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';
import { counted } from '../derive/wording/words.js';

export default defineCheck({
  meta: {
    id: 'source-mac-filter',
    category: 'upstream',
    severity: 'fail',
    title: {
      pass: 'What children send with MACs of their own gets out to the LAN',
      found: "Frames with a child's MAC as their source are dropped upstream",
    },
    needs: ['namespaces'],
    dependsOn: [
      'desktop-vm',
      'wsl2',
      'rootless-namespace',
      'parent-wireless',
      'parent-enslaved',
      'parent-not-ethernet',
      'parent-down',
      'parent-no-carrier',
      'passthru-shared',
      'duplicate-mac',
      'vlan-not-trunked',
    ],
    docs: {
      explain: `Every macvlan child sends with a MAC address of its own. What the parent is plugged into must accept several source MACs on one port, and many things accept one: the port group of a hypervisor ("forged transmits", "MAC spoofing"), the MAC filter of a virtual machine's card, a switch with port security or 802.1X, an access point, nearly every cloud. The children then reach each other and nobody else.

It is told apart by an ARP request that is asked four ways: the source of the frame is the child's MAC or the parent's, and so is the MAC in the message that the answer goes to. Whatever has the child's MAC as its source stays unanswered; what only wants its answer sent to the child is answered. Where nothing but the parent's own question is answered there are several explanations, and the report names them: two filters at once, or dynamic ARP inspection, which drops requests whose two MACs differ as well as those of machines that it knows no lease of.

A limit on the number of MACs looks the same for the children that came last, while the first ones work: which ones those are changes with every restart.

What does not help: "ip link set PARENT promisc on" (it is about what comes in), a shim, another subnet, giving a child the parent's MAC (the kernel refuses it). Where the other side cannot be changed, ipvlan in L2 mode sends everything with the parent's MAC.`,
      references: [
        'RFC 826',
        'bridge(8), locked and learning',
        'VMware: forged transmits',
        'IEEE 802.1X',
        'ip-link(8), type ipvlan',
      ],
    },
  },
  messages: {
    dropped: ({ parent, victims }: FaultData) => ({
      what: `What leaves ${parent} with a source MAC other than its own is dropped upstream.`,
      why: `${listOf(victims)} cannot reach anybody beyond this host. What is addressed to ${victims.length === 1 ? 'it' : 'them'} does get in.`,
      todo: `Make the device at the other end of ${parent} accept more than one source MAC on this port.`,
    }),
    limited: ({ parent, victims, accepted, asked }: FaultData) => ({
      what: `The device at the other end of ${parent} accepts ${counted(accepted.length + 1, 'MAC')} on this port: ${parent}'s own, and ${accepted.length} of ${counted(accepted.length + victims.length, 'child', 'children')}.`,
      why: `${listOf(victims)} ${victims.length === 1 ? 'gets' : 'get'} no answer from ${listOf(asked)}, while ${listOf(accepted)} ${accepted.length === 1 ? 'does' : 'do'}. Such a limit goes by order of arrival: after a restart others may be hit. Access control of ${listOf(asked)} itself that names ${victims.length === 1 ? 'this MAC' : 'these MACs'} would look the same.`,
      todo: `Raise the number of MACs that the port accepts to ${accepted.length + victims.length + 1} or more; where it has no limit, look at ${listOf(asked)}.`,
    }),
    both: ({ parent, victims }: FaultData) => ({
      what: `Only ${parent}'s own MAC passes the device at the other end of ${parent}: nothing that bears a child's MAC is answered.`,
      why: `${listOf(victims)} cannot reach anybody beyond this host. Either frames with their MACs as source are dropped and what is addressed to them is not delivered (virtual switches, clouds, Wi-Fi), or a managed switch with ARP inspection refuses their ARP.`,
      todo: `Make the device at the other end of ${parent} accept and deliver frames of more than one MAC on this port.`,
    }),
  },
  evaluate(_facts, context) {
    const parents = context.topology.parents.filter((one) => concernedOnes(one).length > 0);
    if (parents.length === 0) return { notApplicable: 'no child that is up has a MAC of its own' };
    return {
      findings: parents.flatMap((parent) =>
        upstreamFaults(parent, context)
          .filter(({ filter }) => filter === 'source-filtered' || filter === 'both')
          .map((fault) => report(fault, context)),
      ),
      undetermined: parents.flatMap((parent) => leaveOpen(parent, context)),
    };
  },
});

function report(fault: UpstreamFault, context: CheckContext) {
  const { parent, filter, accepted } = fault;
  const whole = filter === 'both' ? ('both' as const) : ('dropped' as const);
  return {
    code: accepted.length > 0 ? ('limited' as const) : whole,
    ...aboutFault(fault),
    evidence: splitEvidence(fault, context),
    advice: upstreamAdvice(context.facts, parent, filter === 'both' ? 'both' : 'source-mac'),
  };
}

function leaveOpen(parent: Parent, context: CheckContext) {
  const why = whyUndecided(parent, context);
  if (why === undefined) return [];
  return [
    {
      subject: parentSubject(parent.name),
      within: [HOST],
      reason: `whether frames with the children's MACs as source get out of ${parent.name} to the LAN was not seen: ${why}`,
    },
  ];
}
