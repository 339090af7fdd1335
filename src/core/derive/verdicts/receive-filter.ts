// What a parent's receive filter holds, against what its children need it to hold.
import type { CheckContext } from '../../../model/check.js';
import { HOST, type Evidence } from '../../../model/finding.js';
import type { Child, Parent } from '../../../model/topology.js';
import { upOnes } from '../topology/parents.js';
import { listOf, parentSubject } from '../wording/victims.js';
import { find, hearsLan, tally } from './reach.js';

export interface FilterLook {
  readonly parent: Parent;
  /** Children whose MAC is not let in, as far as can be seen. */
  readonly lacking: readonly Child[];
  /** Something addressed to a child did come in. */
  readonly isProven: boolean;
}

/** Children that are up and have a MAC of their own; passthru makes the parent promiscuous, or shares its MAC. */
export function filteredOnes({ children, link }: Parent): Child[] {
  return upOnes(children).filter(
    ({ mode, mac }) => mode !== 'passthru' && mac !== '' && mac !== link.address,
  );
}

export function lookAtFilter(parent: Parent, context: CheckContext): FilterLook {
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

/** What the messages need to know. */
export interface FilterData {
  readonly parent: string;
  readonly macs: readonly string[];
  readonly children: readonly string[];
}

export function aboutFilter({ name }: Parent, children: readonly Child[]) {
  return {
    subject: parentSubject(name),
    within: [HOST],
    data: {
      parent: name,
      macs: children.map(({ mac }) => mac),
      children: children.map(({ label }) => label),
    } satisfies FilterData,
  };
}

/** What the filter holds, and what was asked in vain. */
export function filterEvidence(
  { parent, lacking }: FilterLook,
  { observations }: Pick<CheckContext, 'observations'>,
): Evidence[] {
  const probe = 'gateway-arp-child' as const;
  const { sent } = tally(lacking.flatMap(({ name }) => find(observations, { probe, child: name })));
  const macs = listOf(lacking.map(({ mac }) => mac));
  return [
    { from: 'links', says: `${parent.name} has promiscuity 0` },
    {
      from: 'fdb',
      says: `its receive filter holds ${parent.filter.length} unicast addresses, and not ${macs}`,
    },
    ...(sent === 0
      ? []
      : [
          {
            from: `probe:${probe}`,
            says: `${sent} ARP requests with these MACs were not answered`,
          },
        ]),
  ];
}

/** Nobody has made the parent take in everything. */
export function isStrict({ link }: Parent): boolean {
  return link.promiscuity === 0 && !link.flags.includes('PROMISC');
}

/** `device` is a whole word of the shell. */
export function promiscuousAdvice(device: string): string[] {
  return [
    `\`ip link set dev ${device} promisc on\` lets everything in at once (undo: \`promisc off\`). To keep it: Promiscuous=yes under [Link] of the .network file in systemd-networkd, \`up ip link set $IFACE promisc on\` in ifupdown, ethernet.accept-all-mac-addresses in NetworkManager.`,
  ];
}
