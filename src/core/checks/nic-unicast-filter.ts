// A parent whose receive filter keeps frames from its children: the promiscuity question, told right.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { isAdminUp } from '../../model/link.js';
import { shellWord } from '../../model/text.js';
import type { Parent } from '../../model/topology.js';
import { aboutLost, lostAdvice, lostEvidence, lostInside } from '../derive/verdicts/lost-inside.js';
import {
  aboutFilter,
  filteredOnes,
  filterEvidence,
  isStrict,
  lookAtFilter,
  promiscuousAdvice,
  type FilterData,
  type FilterLook,
} from '../derive/verdicts/receive-filter.js';
import { splitEvidence } from '../derive/upstream/split-evidence.js';
import { cardFaults, type UpstreamFault } from '../derive/upstream/upstream-faults.js';
import { HOST } from '../../model/finding.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';
import setPromiscuous from '../fixes/set-promiscuous.js';

export default defineCheck({
  meta: {
    id: 'nic-unicast-filter',
    category: 'parent',
    severity: 'fail',
    title: {
      pass: 'Every parent lets in what is addressed to its children',
      found: 'A parent keeps out what is addressed to its children',
    },
    needs: ['namespaces', 'fdb'],
    dependsOn: [
      'parent-down',
      'parent-no-carrier',
      'parent-wireless',
      'parent-enslaved',
      'passthru-shared',
      'child-down',
      'source-mac-filter',
      'foreign-unicast-filter',
    ],
    docs: {
      explain: `A network card takes in frames for its own MAC address and for those in its receive filter. When a macvlan child comes up the kernel puts its MAC into the parent's filter. Devices without such a filter (veth, bridges, some small cards) are made promiscuous by the kernel instead: their promiscuity is 1 and the PROMISC flag is not shown. Either way nothing has to be done by hand, and "promisc is off" is no fault.

It goes wrong when the MAC is missing from the filter (somebody removed it, or a driver lost it in a reset) or when a driver ignores what the filter says, which happens on small boards and USB cards. The mark of it: broadcasts arrive, nothing else does, and everything works exactly while tcpdump runs, because tcpdump switches promiscuous mode on. That is also how it is proven here: the same question is answered while the probe holds the parent promiscuous, and not before.

A filter rule of this machine on the parent (an nftables chain with hook ingress, tc) has the same effect behind the device: it is told apart because the answers are seen on the parent and the child's table stays empty.

When the device is at fault, and only then, "ip link set dev PARENT promisc on" is the cure. It does nothing for host-child-isolation, for Wi-Fi, or for a switch or hypervisor that filters.`,
      references: [
        'bridge(8), fdb',
        'ip-link(8)',
        'netdevice(7)',
        'net/core/dev_addr_lists.c, dev_uc_add',
      ],
    },
  },
  messages: {
    filtered: ({ parent, macs, children }: FilterData) => ({
      what: `${parent} is not promiscuous, and its receive filter lacks the ${macs.length === 1 ? 'MAC' : 'MACs'} of ${listOf(children)} (${listOf(macs)}).`,
      why: 'Frames addressed to them are dropped by the device before macvlan sees them; broadcasts still arrive.',
      todo: `Switch promiscuous mode on for ${parent}, or take the child down and up again so that the kernel writes the filter anew.`,
    }),
    ignored: ({ parent, children }: FilterData) => ({
      what: `${parent} does not take in what is addressed to ${listOf(children)}, unless it is promiscuous.`,
      why: `The kernel put ${children.length === 1 ? 'that MAC' : 'those MACs'} into its receive filter, and the card, its driver, or the virtual switch that plays the card does not act on it. Broadcasts arrive, answers do not.`,
      todo: `Switch promiscuous mode on for ${parent}.`,
    }),
    'lost-inside': ({ parent, children }: FilterData) => ({
      what: `What the LAN sends to ${listOf(children)} arrives at ${parent}, and does not get from there to ${children.length === 1 ? 'the child' : 'the children'}.`,
      why: `Something on this machine drops it in between: a filter rule on ${parent} (nftables hook ingress, tc), or one inside the ${children.length === 1 ? 'child' : 'children'}.`,
      todo: 'Look for the rule, and take it out.',
    }),
  },
  evaluate(_facts, context) {
    const parents = context.topology.parents.filter(
      (parent) => isAdminUp(parent.link) && filteredOnes(parent).length > 0,
    );
    if (parents.length === 0)
      return { notApplicable: 'no child that is up needs the receive filter' };
    const lost = parents.map((parent) => [parent, lostInside(parent, context)] as const);
    const looks = parents
      .filter((one) => isStrict(one))
      .map((parent) => lookAtFilter(parent, context));
    const lacking = looks.filter((look) => look.lacking.length > 0);
    const deaf = parents
      .filter((parent) => lacking.every((look) => look.parent !== parent))
      .flatMap((parent) => cardFaults(parent, context));
    return {
      findings: [
        ...lacking.map((one) => report(one, context)),
        ...deaf.map((fault) => reportIgnored(fault, context)),
        ...lost
          .filter(([, all]) => all.length > 0)
          .map(([parent, all]) => reportLost(parent, all, context)),
      ],
      undetermined: looks
        .filter((look) => look.lacking.length === 0 && !look.isProven)
        .filter(({ parent }) => deaf.every((fault) => fault.parent !== parent))
        .map((one) => leaveOpen(one, context)),
    };
  },
});

function report(look: FilterLook, context: CheckContext) {
  const { parent, lacking } = look;
  const proven = cardFaults(parent, context);
  return {
    code: 'filtered' as const,
    ...aboutFilter(parent, lacking),
    evidence: [
      ...filterEvidence(look, context),
      ...proven.flatMap((fault) => splitEvidence(fault, context)),
    ],
    remedies: proven.map(() => setPromiscuous.request({ link: parent.name })),
    advice: proven.length > 0 ? [] : promiscuousAdvice(shellWord(parent.name)),
  };
}

function reportIgnored(fault: UpstreamFault, context: CheckContext) {
  const { parent, victims } = fault;
  return {
    code: 'ignored' as const,
    ...aboutFilter(parent, victims),
    evidence: splitEvidence(fault, context),
    remedies: [setPromiscuous.request({ link: parent.name })],
  };
}

function reportLost(parent: Parent, lost: ReturnType<typeof lostInside>, context: CheckContext) {
  const children = lost.map(({ child }) => child);
  return {
    code: 'lost-inside' as const,
    ...aboutFilter(parent, children),
    ...aboutLost(parent, lost),
    evidence: lostEvidence(parent, lost, context),
    advice: lostAdvice(shellWord(parent.name)),
  };
}

function leaveOpen({ parent }: FilterLook, { notProbed }: CheckContext) {
  const why = notProbed ?? 'no answer to a child was seen';
  return {
    subject: parentSubject(parent.name),
    within: [HOST],
    reason: `whether ${parent.name} honours its receive filter was not seen: ${why}; to decide it, see whether children work exactly while \`tcpdump -i ${shellWord(parent.name)}\` runs`,
  };
}
