// Children's addresses of which it is open whether a device on the LAN has them too, and why.
import type { CheckContext } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';
import type { Undecided } from '../../../model/finding.js';
import { isAnswered, isSilent } from '../../../model/observation.js';
import type { Parent } from '../../../model/topology.js';
import { errorsOf } from '../verdicts/reach.js';
import { listOf, parentSubject } from '../wording/victims.js';
import { counted } from '../wording/words.js';
import { claimsLeftOpen } from './claims-left-open.js';
import { askedFor, type LanOwner } from './duplicates.js';
import { holdingsOf } from './holders.js';
import { whyUnseen } from '../wording/how-to-ask.js';

/**
 * Namespaces that were not looked into may hold a child with one of these addresses. A receive filter shows whether they
 * hold a child at all (the engine says so); a bridge's shows its ports as well, and proves nothing.
 */
function hiddenOn({ link }: Parent, { facts }: CheckContext): string | undefined {
  const isFilterTelling = facts.fdb.state === 'known' && link.linkinfo?.info_kind !== 'bridge';
  const hidden = (valueOf(facts.namespaces) ?? []).filter(
    ({ content }) => content.state !== 'known',
  );
  return isFilterTelling || hidden.length === 0
    ? undefined
    : `${counted(hidden.length, 'network namespace')} could not be looked into, and may hold a child with the same address`;
}

export function unaskedOn(
  parent: Parent,
  owners: readonly LanOwner[],
  context: CheckContext,
): Undecided[] {
  const about = { subject: parentSubject(parent.name) };
  const asked = parent.children.flatMap((child) => askedFor(child, context));
  const heard = new Set(
    asked.filter((one) => isAnswered(one) || isSilent(one)).map(({ target }) => target),
  );
  const ips = parent.children.flatMap((child) =>
    holdingsOf(child)
      .filter(({ address }) => address.family === 'inet' && !heard.has(address.local))
      .map(({ address }) => address.local),
  );
  const why = whyUnseen(context, errorsOf(asked)[0] ?? 'nobody asked for them');
  const hidden = hiddenOn(parent, context);
  const open = owners.filter(({ standing }) => standing === 'open');
  return [
    ...(ips.length === 0
      ? []
      : [
          {
            ...about,
            reason: `whether a device on the LAN has ${listOf([...new Set(ips)])} as well was not seen: ${why}`,
          },
        ]),
    ...claimsLeftOpen(parent, owners, context),
    ...(hidden === undefined || parent.children.length === 0 ? [] : [{ ...about, reason: hidden }]),
    ...open.map(({ ip, mac, child }) => ({
      ...about,
      reason: `${mac} answers for ${ip}, the address of ${child.label}: it is a second owner, or a router that answers for others (proxy ARP); asking for an address that is nobody's did not tell which`,
    })),
  ];
}
