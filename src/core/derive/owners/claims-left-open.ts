// Addresses that several have, of which it is open whether more than one answers for them.
import type { CheckContext } from '../../../model/check.js';
import type { Undecided } from '../../../model/finding.js';
import type { Child, Parent } from '../../../model/topology.js';
import { errorsOf } from '../verdicts/reach.js';
import { whyUnseen } from '../wording/how-to-ask.js';
import { aboutChildren, groupBy, listOf } from '../wording/victims.js';
import { holderQuestions, type Claim } from './claims.js';
import { hostAddresses, sharedAddresses, type LanOwner } from './duplicates.js';

interface OpenClaim {
  readonly ip: string;
  readonly children: readonly Child[];
  /** Everybody who has it. */
  readonly names: readonly string[];
}

export function claimsLeftOpen(
  parent: Parent,
  owners: readonly LanOwner[],
  context: CheckContext,
): Undecided[] {
  const open = openOn(parent, owners, context);
  return groupBy(open, ({ names }) => names.join(' ')).flatMap(([, ones]) => {
    const [first] = ones;
    if (first === undefined) return [];
    const ips = ones.map(({ ip }) => ip);
    const asked = ips.flatMap((ip) => holderQuestions(parent.name, ip, context));
    const [error = 'no other link in bridge mode could ask them'] = errorsOf(asked);
    const reason = `${listOf(first.names)} have ${listOf(ips)}: a second owner, or a virtual address about which all but one of them keep silent, as it should be; who answers for it was not seen: ${whyUnseen(context, error)}`;
    return [{ ...aboutChildren(first.children, parent), reason }];
  });
}

function openOn(parent: Parent, owners: readonly LanOwner[], context: CheckContext): OpenClaim[] {
  const isOpen = ({ claim }: { readonly claim: Claim }): boolean => claim === 'open';
  const shared = sharedAddresses(context)
    .filter((one) => isOpen(one) && one.children.some((child) => child.parent === parent.name))
    .map(({ ip, children, others }) => {
      return { ip, children, names: [...children.map(({ label }) => label), ...others] };
    });
  const host = hostAddresses(parent, context)
    .filter((one) => isOpen(one))
    .map(({ ip, child, device }) => {
      return { ip, children: [child], names: [child.label, `this host on ${device}`] };
    });
  const lan = owners
    .filter((one) => isOpen(one) && one.standing === 'owner')
    .map(({ ip, child, mac }) => {
      return { ip, children: [child], names: [child.label, `${mac} on the LAN`] };
    });
  return [...shared, ...host, ...lan];
}
