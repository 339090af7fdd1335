// Does the machine at a gateway's address forward packets? Told by handing it some that are for another router.
import { isAnswered, isSilent, type Observation } from '../../../model/observation.js';
import type { Parent } from '../../../model/topology.js';
import { contains, networkOf } from '../addressing/subnets.js';
import { find, type Seen } from '../verdicts/reach.js';
import { isVirtualRouter, macsAt } from './answers.js';
import type { OtherGateway } from './host-gateways.js';

/** Two gateways that are two machines, of which only the host's own is known to be a router. */
export interface Suspect extends OtherGateway {
  /** Of the gateway, and of the host's own. */
  readonly mac: string;
  readonly ownMac: string;
  /** The parent's address that answers come back to. */
  readonly sourceIp: string;
}

/**
 * None where one machine answers for both addresses, where the MAC is one that only routers have, and where the parent
 * has no address in their subnet to be answered at.
 */
export function suspectOf(other: OtherGateway, seen: Seen): Suspect | undefined {
  const { parent, gateway, own } = other;
  const [macs, ownMacs] = [macsAt(parent, gateway, seen), macsAt(parent, own, seen)];
  const [mac, ownMac] = [macs[0], ownMacs[0]];
  const sourceIp = addressNear(parent, gateway, own);
  if (mac === undefined || ownMac === undefined || sourceIp === undefined) return undefined;
  if (macs.some((one) => ownMacs.includes(one) || isVirtualRouter(one))) return undefined;
  return { ...other, mac, ownMac, sourceIp };
}

function addressNear(parent: Parent, ...targets: readonly string[]): string | undefined {
  return parent.addresses.find(
    ({ family, local, prefixlen }) =>
      family === 'inet' && targets.every((ip) => contains(networkOf(local, prefixlen), ip)),
  )?.local;
}

/** What was handed to the suspect, and what went to the host's own gateway directly. */
export function relaysOf(
  { parent, gateway, own, mac }: Suspect,
  { observations }: Pick<Seen, 'observations'>,
): { readonly relayed: readonly Observation[]; readonly direct: readonly Observation[] } {
  const all = find(observations, { probe: 'gateway-relay', parent: parent.name });
  return {
    relayed: all.filter(
      ({ to, send }) =>
        to === `gateway:${gateway}` && send.kind === 'relay' && send.ethernetDestination === mac,
    ),
    direct: all.filter(({ to, target }) => to === `gateway:${own}` && target === own),
  };
}

/**
 * `no` only where every packet was handed over and lost, the short-lived ones too, while the direct way worked: a router
 * may refuse to send a packet back by the link that it came from, but says "time exceeded" before it thinks of that.
 */
export function forwards(suspect: Suspect, seen: Seen): 'yes' | 'no' | 'unknown' {
  const { relayed, direct } = relaysOf(suspect, seen);
  if (relayed.some((one) => isAnswered(one))) return 'yes';
  const isLost = relayed.length > 1 && relayed.every((one) => isSilent(one));
  return isLost && direct.some((one) => isAnswered(one)) ? 'no' : 'unknown';
}
