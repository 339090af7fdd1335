// Something beyond the parent does not deliver what is addressed to a child's MAC.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import type { Child, Parent } from '../../model/topology.js';
import { ipv4Of } from '../derive/probing/probe-targets.js';
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

export default defineCheck({
  meta: {
    id: 'foreign-unicast-filter',
    category: 'upstream',
    severity: 'fail',
    title: {
      pass: 'What the LAN sends to children is delivered to their parent',
      found: "What is addressed to a child's MAC is not delivered to its parent",
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
      'source-mac-filter',
    ],
    docs: {
      explain: `What the LAN sends to a macvlan child is addressed to the child's own MAC, and has to be delivered to the port that the parent is on. A real switch learns where a MAC lives from the frames that come from there. Many virtual ones do not learn: the port group of a hypervisor with "promiscuous mode" rejected delivers only what is for the one MAC that it gave to the card. So do switches with a static MAC table. Broadcasts arrive, answers do not.

It is told apart by an ARP request that is asked four ways: the source of the frame is the child's MAC or the parent's, and so is the MAC in the message that the answer goes to. What wants its answer sent to the child stays unanswered, whoever sends it; a frame of the child that wants its answer sent to the parent is answered. The parent's own card is cleared of suspicion first: it is asked again while it takes in everything. On a managed switch, ARP inspection that knows no lease of the children can look the same.

What does not help: "ip link set PARENT promisc on" on this host, since the frames never get here; a shim; restarting the children. In a virtual machine the setting is on the hypervisor. Where it cannot be changed, ipvlan in L2 mode has everything addressed to the parent's MAC.`,
      references: [
        'RFC 826',
        'bridge(8), flood and learning',
        'VMware: promiscuous mode, MAC learning',
        'ip-link(8), type ipvlan',
      ],
    },
  },
  messages: {
    undelivered: ({ parent, victims }: FaultData) => ({
      what: `What the LAN addresses to a MAC other than ${parent}'s own is not delivered to ${parent}.`,
      why: `${listOf(victims)} can be heard and get no answer from beyond this host: what ${victims.length === 1 ? 'it sends gets' : 'they send gets'} out, the replies do not come back. ${inspection(victims)}`,
      todo: `Make the device at the other end of ${parent} deliver frames for more than one MAC to this port.`,
    }),
    'some-undelivered': ({ parent, victims, accepted }: FaultData) => ({
      what: `What the LAN addresses to ${listOf(victims)} is not delivered to ${parent}; what is for ${listOf(accepted)} is.`,
      why: `${listOf(victims)} can be heard and get no answer from beyond this host. The device at the other end of ${parent} believes ${victims.length === 1 ? 'that MAC' : 'those MACs'} to be elsewhere, or has no room for more. ${inspection(victims)}`,
      todo: `Look for ${victims.length === 1 ? 'this MAC' : 'these MACs'} in the MAC table of the switch: a static entry on another port, or a table that is full.`,
    }),
  },
  evaluate(_facts, context) {
    const parents = context.topology.parents.filter((one) => concernedOnes(one).length > 0);
    if (parents.length === 0) return { notApplicable: 'no child that is up has a MAC of its own' };
    return {
      findings: parents.flatMap((parent) =>
        upstreamFaults(parent, context)
          .filter(({ filter }) => filter === 'unicast-filtered')
          .map((fault) => report(fault, context)),
      ),
      undetermined: parents.flatMap((parent) => leaveOpen(parent, context)),
    };
  },
});

/** It lets a frame of theirs pass whose ARP message names the parent, and none that names them. */
function inspection({ length }: readonly string[]): string {
  return `ARP inspection there that knows no lease of ${length === 1 ? 'it' : 'theirs'} would look the same.`;
}

function report(fault: UpstreamFault, context: CheckContext) {
  const { parent, accepted } = fault;
  return {
    code: accepted.length > 0 ? ('some-undelivered' as const) : ('undelivered' as const),
    ...aboutFault(fault),
    evidence: splitEvidence(fault, context),
    // What does not help stays last.
    advice: upstreamAdvice(context.facts, parent, 'foreign-unicast').toSpliced(
      -1,
      0,
      inspectionAdvice(fault.victims),
    ),
  };
}

/** Pairs of address and MAC that are written out. */
const MOST_PAIRS = 8;

function inspectionAdvice(victims: readonly Child[]): string {
  const pairs = victims
    .flatMap((child) =>
      ipv4Of(child)
        .slice(0, 1)
        .map((ip) => `${ip} with ${child.mac}`),
    )
    .slice(0, MOST_PAIRS);
  const what = pairs.length === 0 ? 'the addresses of these children' : listOf(pairs);
  return `If the switch inspects ARP (with DHCP snooping, or by a list of IP and MAC): enter ${what} there, or have it trust this port.`;
}

/** Where nothing but the parent's own MAC passes, this half is part of another finding and cannot be seen by itself. */
function leaveOpen(parent: Parent, context: CheckContext) {
  const isBoth = upstreamFaults(parent, context).some(({ filter }) => filter === 'both');
  const why = isBoth
    ? `nothing that bears a child's MAC is answered`
    : whyUndecided(parent, context);
  if (why === undefined) return [];
  return [
    {
      subject: parentSubject(parent.name),
      within: [HOST],
      reason: `whether what is addressed to the children is delivered to ${parent.name} was not seen: ${why}`,
    },
  ];
}
