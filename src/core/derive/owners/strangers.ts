// Who on the LAN answered for an address of ours, and whether for that one only or for every address (proxy ARP).
import { isAnswered, isSilent, type Observation, type Reply } from '../../../model/observation.js';
import type { Parent } from '../../../model/topology.js';
import { contains, networkOf } from '../addressing/subnets.js';
import { find } from '../verdicts/reach.js';
import { macsHere, type Look } from './links-here.js';

/** `proxy`: it answers for addresses that are nobody's as well. `open`: that was not asked, or it did for some. */
export type Standing = 'owner' | 'proxy' | 'open';

/** One MAC that is nobody's here and that answered for an address of ours. */
export interface Stranger {
  readonly ip: string;
  readonly mac: string;
  readonly rttMs: number;
  readonly parent: string;
  readonly standing: Standing;
}

/**
 * Those who answered the parent's question for an address, each once. Our own links are no strangers: by a reflecting
 * switch the child itself is heard, by a second NIC on the same LAN the host, by a second link of its namespace the child.
 */
export function strangersIn(
  asked: Observation,
  parent: Parent,
  look: Look,
  known = macsHere(look),
): Stranger[] {
  const byMac = new Map<string, Reply>();
  // What answers the probe itself comes first: it tells more.
  for (const reply of asked.replies.toSorted((a, b) => Number(isOurs(b)) - Number(isOurs(a)))) {
    const { mac } = reply;
    if (mac !== undefined && !known.has(mac) && !byMac.has(mac)) byMac.set(mac, reply);
  }
  return [...byMac].map(([mac, reply]) => ({
    ip: asked.target,
    mac,
    rttMs: reply.rttMs,
    parent: parent.name,
    standing: standingOf(mac, asked.target, { parent, look, isOurs: isOurs(reply) }),
  }));
}

/**
 * The answer is to the probe, not to what the host's own stack asked meanwhile: Linux as a proxy answers the one and not
 * the other (arp_process), so that its silence about other addresses would prove nothing.
 */
function isOurs({ forIp }: Reply): boolean {
  return forIp === undefined || forIp === '0.0.0.0';
}

/** Asked for addresses of the same subnet that should be nobody's, who answers for all of them is no owner of any. */
export function standingOf(
  mac: string,
  ip: string,
  asked: { readonly parent: Parent; readonly look: Look; readonly isOurs: boolean },
): Standing {
  const { parent, look } = asked;
  const subnet = subnetAround(ip, parent);
  const controls = controlsOn(parent, look.observations).filter(
    (one) => subnet !== undefined && contains(subnet, one.target),
  );
  const usable = controls.filter((one) => isAnswered(one) || isSilent(one));
  const same = usable.filter(({ replies }) => replies.some((reply) => reply.mac === mac));
  if (usable.length === 0) return 'open';
  if (same.length === 0) return asked.isOurs ? 'owner' : 'open';
  return same.length === usable.length ? 'proxy' : 'open';
}

export function controlsOn(parent: Parent, observations: readonly Observation[]): Observation[] {
  return find(observations, { probe: 'owner-control-arp', parent: parent.name });
}

/** The subnet that an address lies in, by whoever on the parent knows its width: shims have a /32. */
export function subnetAround(ip: string, parent: Parent): string | undefined {
  const plain = [...parent.children, ...parent.shims, parent].flatMap(({ addresses }) =>
    addresses.filter(({ family, prefixlen }) => family === 'inet' && prefixlen < 31),
  );
  const nets = [
    ...plain.map(({ local, prefixlen }) => networkOf(local, prefixlen)),
    ...parent.networks.flatMap(({ pools }) => pools.map(({ subnet }) => subnet)),
  ];
  return nets.find((net) => contains(net, ip));
}
