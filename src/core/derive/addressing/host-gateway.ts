// A child's gateway that is an address of this host: on which link it stands, and whether the child gets through to it.
import type { CheckContext } from '../../../model/check.js';
import type { Address } from '../../../model/address.js';
import { isAdminUp } from '../../../model/link.js';
import { isAnswered, isSilent } from '../../../model/observation.js';
import type { Child, Parent } from '../../../model/topology.js';
import { find, reflects, type Reach, type Seen } from '../verdicts/reach.js';
import { contentOf } from '../topology/content.js';

/** The host's own entry for an address, loopback left out. */
export function hostAddress(ip: string, { topology }: CheckContext): Address | undefined {
  return contentOf(topology.host).addresses.find(
    ({ local, scope }) => local === ip && scope !== 'host',
  );
}

/** The child's own stack is asked: what the parent sends for its own address never leaves the host. */
export function hostGatewayReach(child: Child, gateway: string, context: CheckContext): Reach {
  const about = { child: child.name, target: gateway };
  const seen = (['gateway-icmp', 'child-host-icmp', 'gateway-arp-child'] as const).flatMap(
    (probe) => find(context.observations, { probe, ...about }),
  );
  if (seen.some((one) => isAnswered(one))) return 'answered';
  const isHeldByShim = context.topology.parents
    .flatMap((parent) => parent.shims)
    .some(
      (shim) =>
        shim.name === hostAddress(gateway, context)?.ifname &&
        shim.mode === 'bridge' &&
        isAdminUp(shim.link),
    );
  if (isHeldByShim && child.mode === 'bridge') return 'answered';
  return seen.some((one) => isSilent(one)) ? 'silent' : 'unknown';
}

/** By a link of the host's beside it, or by a switch that sends frames back. */
export function isHelped(parent: Parent, seen: Seen): boolean {
  return parent.shims.length > 0 || reflects(parent, seen) === 'yes';
}
