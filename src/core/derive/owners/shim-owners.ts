// What the wire says of the addresses of shims: who answers for them, and of which that is open.
import type { CheckContext } from '../../../model/check.js';
import type { Undecided } from '../../../model/finding.js';
import { isAnswered, isSilent, type Observation } from '../../../model/observation.js';
import type { Parent, Shim } from '../../../model/topology.js';
import { ipv4Of } from '../probing/probe-targets.js';
import { upOnes } from '../topology/parents.js';
import { errorsOf, find } from '../verdicts/reach.js';
import { aboutShim, listOf } from '../wording/victims.js';
import { strangersIn, type Stranger } from './strangers.js';
import { whyUnseen } from '../wording/how-to-ask.js';

/** Somebody on the LAN who answered for an address of a shim. */
export interface ShimRival extends Stranger {
  readonly shim: Shim;
}

function askedFor(shim: Shim, { observations }: CheckContext): Observation[] {
  return ipv4Of(shim).flatMap((target) =>
    find(observations, { probe: 'shim-address-arp', parent: shim.parent, target }),
  );
}

export function rivalsOn(parent: Parent, context: CheckContext): ShimRival[] {
  return upOnes(parent.shims).flatMap((shim) =>
    askedFor(shim, context).flatMap((asked) =>
      strangersIn(asked, parent, context).map((one) => ({ ...one, shim })),
    ),
  );
}

export function shimsLeftOpen(
  parent: Parent,
  strangers: readonly ShimRival[],
  context: CheckContext,
): Undecided[] {
  const unasked = upOnes(parent.shims).filter((shim) => {
    const heard = askedFor(shim, context).filter((one) => isAnswered(one) || isSilent(one));
    return ipv4Of(shim).length > heard.length;
  });
  return [
    ...unasked.map((shim) => ({
      ...aboutShim(shim),
      reason: `whether a device on the LAN has ${listOf(ipv4Of(shim))}, the address of ${shim.name}, was not seen: ${whyUnseen(context, errorsOf(askedFor(shim, context))[0] ?? 'nobody asked for it')}`,
    })),
    ...strangers
      .filter(({ standing }) => standing === 'open')
      .map(({ shim, ip, mac }) => ({
        ...aboutShim(shim),
        reason: `${mac} answers for ${ip}, the address of ${shim.name}: it is a second owner, or a router that answers for others (proxy ARP); asking for an address that is nobody's did not tell which`,
      })),
  ];
}
