// Who answered for a router's address when it was asked for by ARP, and what kind of MAC that is.
import type { ProbeId } from '../../../model/observation.js';
import type { Parent } from '../../../model/topology.js';
import { find, type Reach, type Seen, verdictOf } from '../verdicts/reach.js';

/** Questions of the parent's in its own name. */
const BY_PARENT: readonly ProbeId[] = ['gateway-arp-parent', 'host-gateway-arp', 'neighbour-arp'];
const BY_ANYBODY: readonly ProbeId[] = [...BY_PARENT, 'gateway-arp-child'];

/** Does anybody at this address answer the parent's own MAC? */
export function reachByParent(parent: Parent, target: string, seen: Seen): Reach {
  const asked = BY_PARENT.flatMap((probe) =>
    find(seen.observations, { probe, parent: parent.name, target }),
  );
  return verdictOf(asked);
}

/** MACs that answered for the address, without repeats. */
export function macsAt(parent: Parent, target: string, seen: Seen): string[] {
  const replies = BY_ANYBODY.flatMap((probe) =>
    find(seen.observations, { probe, parent: parent.name, target }),
  ).flatMap((one) => one.replies.flatMap(({ mac }) => mac ?? []));
  return [...new Set(replies)];
}

/** VRRP and CARP (RFC 5798), HSRP versions 1 and 2, GLBP: only routers that stand in for each other have these. */
const VIRTUAL_ROUTER = /^(?:00:00:5e:00:0[12]|00:00:0c:07:ac|00:00:0c:9f:f|00:07:b4:00)/u;

export function isVirtualRouter(mac: string): boolean {
  return VIRTUAL_ROUTER.test(mac);
}
