// The model of macvlan for one probe: every pair of vantage and target that a probe can be about.
import { valueOf } from '../../../model/fact.js';
import { MACVLAN_MODES } from '../../../model/link.js';
import type { Netns } from '../../../model/netns.js';
import { indexBy } from '../../../model/index-by.js';
import { oncePer } from '../../../model/once-per.js';
import type { RuntimeContainer } from '../../../model/runtime-network.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Topology } from '../../../model/topology.js';
import { stationsOfNetns } from './find-stations.js';
import { either, type Around, type Asked, type Prediction } from './prediction.js';
import { roundTrip, type Packet } from './round-trip.js';
import type { Station } from './stations.js';
import { onTheWire } from './wire.js';

/** What the probe should come to, were there nothing but macvlan and the settings that were read. Pure and total. */
export function predict(step: Asked, around: Around): Prediction {
  const { send } = step;
  switch (send.kind) {
    case 'arp': {
      return onTheWire(step, send, around);
    }
    case 'icmp': {
      const { netns, device, bytes } = send;
      return fromStack(step, netns, around, {
        ...(device !== undefined && { device }),
        ...(bytes !== undefined && { bytes }),
      });
    }
    case 'tcp': {
      const { netns, device } = send;
      return fromStack(step, netns, around, {
        isTcp: true,
        ...(device !== undefined && { device }),
      });
    }
    case 'relay': {
      return either('router-decides');
    }
    case 'reflection': {
      return either('switch-decides');
    }
  }
}

function fromStack(
  step: Asked,
  inode: number,
  around: Around,
  options: Pick<Packet, 'device' | 'bytes' | 'isTcp'>,
): Prediction {
  const netns = netnsOf(inode, around);
  const content = netns && valueOf(netns.content);
  if (netns === undefined || content === undefined) return either('out-of-sight');
  const known = tripsOf(around.facts)(around.topology);
  const { device, bytes, isTcp } = options;
  // No name of a link holds a space.
  const key = `${inode} ${around.reflects} ${bytes ?? ''} ${isTcp === true} ${device ?? ''} ${step.target}`;
  const hit = known.get(key);
  if (hit !== undefined) return hit;
  const mode = unseenMode(step, around);
  const unseen = mode === undefined ? {} : { unseenMode: mode };
  const packet = { stack: { netns, content }, target: step.target, ...options, ...unseen };
  const found = roundTrip(packet, around);
  known.set(key, found);
  return found;
}

/** The plan, checks and the report all ask about the same packets. */
const tripsOf = oncePer((_facts: Facts) =>
  oncePer((_topology: Topology) => new Map<string, Prediction>()),
);

function netnsOf(inode: number, { topology }: Around): Netns | undefined {
  if (topology.host.inode === inode) return topology.host;
  return stationsOfNetns(topology, inode)[0]?.netns;
}

/** A container whose namespace was not seen, by the mode of the engine's network that has its address. */
function unseenMode({ target }: Asked, { facts }: Around): Station['mode'] | undefined {
  const runtime = valueOf(facts.runtime);
  if (runtime === undefined) return undefined;
  const { containers, networks } = runtime;
  const owner = endpointsOf(containers).get(target) ?? [];
  if (owner.length === 0) return undefined;
  const network = networks.find(
    ({ id, driver }) => driver === 'macvlan' && owner.some(({ networkId }) => networkId === id),
  );
  if (network === undefined) return undefined;
  // The engine's own default where the network names none.
  return MACVLAN_MODES.find((mode) => mode === network.mode) ?? 'bridge';
}

/** By their IPv4 address. */
const endpointsOf = oncePer((containers: readonly RuntimeContainer[]) =>
  indexBy(
    containers.flatMap(({ endpoints }) => endpoints),
    ({ ipv4 }) => ipv4,
  ),
);
