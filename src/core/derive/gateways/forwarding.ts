// Does the machine at a gateway's address forward packets? Told by handing it some that are for another router.
import { isAnswered, isSilent, type Observation } from '../../../model/observation.js';
import type { Topology } from '../../../model/topology.js';
import { addressNear } from '../addressing/on-link.js';
import { find, type Seen } from '../verdicts/reach.js';
import { isVirtualRouter, macsAt } from './answers.js';
import type { OtherGateway } from './host-gateways.js';
import { otherTakers } from './other-takers.js';

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

interface Relays {
  /** What the suspect was handed for the host's own gateway. */
  readonly relayed: readonly Observation[];
  /** What went to the host's own gateway directly. */
  readonly direct: readonly Observation[];
  /** What the suspect itself was asked, where it may send to another link of this host. */
  readonly control: readonly Observation[];
}

export function relaysOf(
  { parent, gateway, own, mac }: Suspect,
  { observations }: Pick<Seen, 'observations'>,
): Relays {
  const all = find(observations, { probe: 'gateway-relay', parent: parent.name });
  const handed = all.filter(
    ({ to, send }) =>
      to === `gateway:${gateway}` && send.kind === 'relay' && send.ethernetDestination === mac,
  );
  return {
    relayed: handed.filter(({ target }) => target === own),
    direct: all.filter(({ to, target }) => to === `gateway:${own}` && target === own),
    control: handed.filter(({ target }) => target === gateway),
  };
}

/**
 * `unproven`: every packet was lost, and so were those on the direct way. `unheard`: what the suspect says may have gone
 * to another link of this host. `unknown`: not tried, or not to the end.
 */
type Forwards = 'yes' | 'no' | 'unproven' | 'unheard' | 'unknown';

/**
 * `no` only where every packet was handed over and lost, the short-lived ones too, while the direct way worked: a router
 * may refuse to send a packet back by the link that it came from, but says "time exceeded" before it thinks of that.
 * Where it may say so to another link of this host, its own answer has to have come in at a tap at the same time.
 */
export function forwards(suspect: Suspect, seen: Seen & { readonly topology: Topology }): Forwards {
  const { relayed, direct, control } = relaysOf(suspect, seen);
  if (relayed.some((one) => isAnswered(one))) return 'yes';
  if (relayed.length === 0 || !relayed.every((one) => isSilent(one))) return 'unknown';
  if (!direct.some((one) => isAnswered(one))) {
    return direct.some((one) => isSilent(one)) ? 'unproven' : 'unknown';
  }
  if (relayed.length === 1) return 'unknown';
  if (control.some((one) => isAnswered(one))) return 'no';
  return otherTakers(suspect, seen.topology).length === 0 ? 'no' : 'unheard';
}
