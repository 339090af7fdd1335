// A parent whose receive filter keeps frames from its children: the promiscuity question, told right.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { isAdminUp } from '../../model/link.js';
import { shellWord } from '../../model/text.js';
import type { Child, Parent } from '../../model/topology.js';
import { upOnes } from '../derive/parents.js';
import { find, hearsLan } from '../derive/reach.js';
import { HOST } from '../derive/subjects.js';
import { listOf, parentSubject } from '../derive/victims.js';

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
      'passthru-shared',
      'child-down',
    ],
    docs: {
      explain: `A network card takes in frames for its own MAC address and for those in its receive filter. When a macvlan child comes up the kernel puts its MAC into the parent's filter. Devices without such a filter (veth, bridges, some small cards) are made promiscuous by the kernel instead: their promiscuity is 1 and the PROMISC flag is not shown. Either way nothing has to be done by hand, and "promisc is off" is no fault.

It goes wrong when the MAC is missing from the filter (somebody removed it, or a driver lost it in a reset) or when a driver ignores what the filter says, which happens on small boards and USB cards. The mark of it: broadcasts arrive, nothing else does, and everything works exactly while tcpdump runs, because tcpdump switches promiscuous mode on.

Then, and only then, "ip link set dev PARENT promisc on" is the cure. It does nothing for host-child-isolation, for Wi-Fi, or for a switch or hypervisor that filters.`,
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
  },
  evaluate(_facts, context) {
    const parents = context.topology.parents.filter(
      (parent) => isAdminUp(parent.link) && filteredOnes(parent).length > 0,
    );
    if (parents.length === 0)
      return { notApplicable: 'no child that is up needs the receive filter' };
    const strict = parents.filter(
      ({ link }) => link.promiscuity === 0 && !link.flags.includes('PROMISC'),
    );
    const looks = strict.map((parent) => look(parent, context));
    return {
      findings: looks
        .filter(({ lacking }) => lacking.length > 0)
        .map((one) => report(one, context)),
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

interface Look {
  readonly parent: Parent;
  /** Children whose MAC is not let in, as far as can be seen. */
  readonly lacking: readonly Child[];
  /** Something addressed to a child did come in. */
  readonly isProven: boolean;
}

/** Children that are up and have a MAC of their own; passthru makes the parent promiscuous, or shares its MAC. */
function filteredOnes({ children, link }: Parent): Child[] {
  return upOnes(children).filter(
    ({ mode, mac }) => mode !== 'passthru' && mac !== '' && mac !== link.address,
  );
}

function look(parent: Parent, context: CheckContext): Look {
  const held = new Set(parent.filter.map(({ mac }) => mac));
  const children = filteredOnes(parent);
  const isHeard = (child: Child): boolean => hearsLan(child, parent, context);
  const missing = children.filter((child) => !held.has(child.mac) && !isHeard(child));
  // Some drivers list no filter at all; without a probe an empty list says nothing.
  const isReadable = held.size > 0 || context.notProbed === undefined;
  return {
    parent,
    lacking: isReadable ? missing : [],
    isProven: missing.length === 0 && children.some((child) => isHeard(child)),
  };
}

function report({ parent, lacking }: Look, { observations }: CheckContext) {
  const macs = lacking.map(({ mac }) => mac);
  const asked = lacking.flatMap(({ name }) =>
    find(observations, { probe: 'gateway-arp-child', child: name }),
  );
  const sent = asked.reduce((sum, one) => sum + one.sent, 0);
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
              from: 'probe:gateway-arp-child',
              says: `${sent} ARP requests with these MACs were not answered`,
            },
          ]),
    ],
    advice: [
      `\`ip link set dev ${shellWord(parent.name)} promisc on\` lets everything in at once (undo: \`promisc off\`). To keep it: Promiscuous=yes under [Link] of the .network file in systemd-networkd, \`up ip link set $IFACE promisc on\` in ifupdown, ethernet.accept-all-mac-addresses in NetworkManager.`,
    ],
  };
}

function leaveOpen({ parent }: Look, { notProbed }: CheckContext) {
  const why = notProbed ?? 'no answer to a child was seen';
  return {
    subject: parentSubject(parent.name),
    within: [HOST],
    reason: `whether ${parent.name} honours its receive filter was not seen: ${why}; to decide it, see whether children work exactly while \`tcpdump -i ${shellWord(parent.name)}\` runs`,
  };
}
