// A parent whose receive filter keeps frames from its children: the promiscuity question, told right.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { isAdminUp } from '../../model/link.js';
import { shellWord } from '../../model/text.js';
import type { Parent } from '../../model/topology.js';
import {
  lostAdvice,
  lostEvidence,
  lostInside,
  type LostInside,
} from '../derive/verdicts/lost-inside.js';
import { find, tally } from '../derive/verdicts/reach.js';
import { filteredOnes, lookAtFilter, type FilterLook } from '../derive/verdicts/receive-filter.js';
import { HOST } from '../../model/finding.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';

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

It goes wrong when the MAC is missing from the filter (somebody removed it, or a driver lost it in a reset) or when a driver ignores what the filter says, which happens on small boards and USB cards. The mark of it: broadcasts arrive, nothing else does, and everything works exactly while tcpdump runs, because tcpdump switches promiscuous mode on.

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
    'lost-inside': ({ parent, children }: Omit<FilterData, 'macs'>) => ({
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
    const strict = parents.filter(
      ({ link }) => link.promiscuity === 0 && !link.flags.includes('PROMISC'),
    );
    const looks = strict.map((parent) => lookAtFilter(parent, context));
    return {
      findings: [
        ...looks.filter(({ lacking }) => lacking.length > 0).map((one) => report(one, context)),
        ...lost.filter(([, all]) => all.length > 0).map(([parent, all]) => reportLost(parent, all)),
      ],
      undetermined: looks
        .filter(({ lacking, isProven }) => lacking.length === 0 && !isProven)
        .map((one) => leaveOpen(one, context)),
    };
  },
});

interface FilterData {
  readonly parent: string;
  readonly macs: readonly string[];
  readonly children: readonly string[];
}

function report({ parent, lacking }: FilterLook, { observations }: CheckContext) {
  const macs = lacking.map(({ mac }) => mac);
  const probe = 'gateway-arp-child' as const;
  const { sent } = tally(lacking.flatMap(({ name }) => find(observations, { probe, child: name })));
  return {
    code: 'filtered' as const,
    subject: parentSubject(parent.name),
    data: { parent: parent.name, macs, children: lacking.map(({ label }) => label) },
    within: [HOST],
    evidence: [
      { from: 'links', says: `${parent.name} has promiscuity 0` },
      {
        from: 'fdb',
        says: `its receive filter holds ${parent.filter.length} unicast addresses, and not ${listOf(macs)}`,
      },
      ...(sent === 0
        ? []
        : [
            {
              from: `probe:${probe}`,
              says: `${sent} ARP requests with these MACs were not answered`,
            },
          ]),
    ],
    advice: [
      `\`ip link set dev ${shellWord(parent.name)} promisc on\` lets everything in at once (undo: \`promisc off\`). To keep it: Promiscuous=yes under [Link] of the .network file in systemd-networkd, \`up ip link set $IFACE promisc on\` in ifupdown, ethernet.accept-all-mac-addresses in NetworkManager.`,
    ],
  };
}

function reportLost(parent: Parent, lost: readonly LostInside[]) {
  return {
    code: 'lost-inside' as const,
    subject: parentSubject(parent.name),
    data: { parent: parent.name, children: lost.map(({ child }) => child.label) },
    within: [HOST],
    evidence: lostEvidence(parent, lost),
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
