// ARP requests that the doctor puts on the wire at a parent: who can answer what leaves there.
import type { ArpSend, ProbeId } from '../../../model/observation.js';
import { holdersOn, MOST_ENDS } from './find-stations.js';
import {
  answer,
  either,
  inTurn,
  silence,
  type Around,
  type Asked,
  type Prediction,
} from './prediction.js';
import { arpReception } from './reception.js';
import { settle } from './settle.js';
import { areElsewhereToo, linkState, parentState, type Station } from './stations.js';

/** Asked of addresses that nobody is known to have. */
const OF_NOBODY: ReadonlySet<ProbeId> = new Set<ProbeId>(['free-address-arp', 'owner-control-arp']);
/** Asked of machines that were there once, or may be. */
const OF_STRANGERS: ReadonlySet<ProbeId> = new Set<ProbeId>(['neighbour-arp']);

export function onTheWire(step: Asked, send: ArpSend, around: Around): Prediction {
  if (send.netns !== undefined) return either('target-decides');
  const parent = around.topology.parents.find(({ name }) => name === send.device);
  if (parent === undefined) return either('out-of-sight');
  const state = parentState(parent);
  if (state !== undefined) return state;
  const here = holdersOn(around.topology, parent, step.target);
  if (here.length > MOST_ENDS) return either('many-ends');
  if (here.length > 0) {
    const heard = fromBehind(here, send, step.target, around);
    const isOpen = areElsewhereToo(here, step.target);
    return heard.outcome === 'silence' && isOpen ? either('other-parent') : heard;
  }
  if (OF_NOBODY.has(step.probe)) return silence('nobody-known');
  if (OF_STRANGERS.has(step.probe)) return either('lan-decides');
  return answer('lan-answers');
}

/** The address is on this very parent: only what the switch sends back reaches anybody here. */
function fromBehind(
  here: readonly Station[],
  send: ArpSend,
  target: string,
  around: Around,
): Prediction {
  if (around.reflects === 'no') return silence('own-frames-leave');
  return settle(
    here.map((station) => ({
      heard: inTurn([() => linkState(station), () => hearsReflected(station, send, around)]),
      result: () =>
        (station.content === undefined
          ? either('out-of-sight')
          : arpReception(
              {
                stack: { netns: station.netns, content: station.content },
                link: station.link.ifname,
                source: send.senderIp === '0.0.0.0' ? undefined : send.senderIp,
                target,
              },
              around.facts,
            )) ?? answer('reflected'),
    })),
    () => true,
  );
}

/** By whose source MAC it carries: one of the parent's own reaches every mode (macvlan_multicast_rx). */
function hearsReflected(
  { mode, parent }: Station,
  send: ArpSend,
  { reflects }: Around,
): Prediction | undefined {
  if (mode === 'source') return either('other-mode');
  if (mode === 'passthru') return either('passthru-takes-all');
  if (reflects === 'unknown') return either('own-frames-leave');
  return send.ethernetSource === parent.link.address ? undefined : either('needs-reflection');
}
