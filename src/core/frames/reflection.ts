// The frame that only a reflecting switch port sends back: from a source that nobody owns, of a type that nobody speaks.
import {
  BROADCAST_MAC,
  ETHERNET_HEADER_BYTES,
  ETHERTYPE_EXPERIMENTAL,
  ethernetFrame,
  readEthernet,
} from './ethernet.js';

export interface ReflectionFrame {
  /** A locally administered unicast MAC made for this run. */
  readonly source: string;
  readonly destination: 'broadcast' | 'unknown-unicast';
}

/** The payload says in clear text what the frame is, for whoever captures it. */
const PAYLOAD = 'macvlan-doctor reflection probe';

export function reflectionFrame({ source, destination }: ReflectionFrame): Uint8Array {
  const text = Uint8Array.from(PAYLOAD, (char) => char.codePointAt(0) ?? 0);
  return ethernetFrame(
    {
      destination: destination === 'broadcast' ? BROADCAST_MAC : unownedMac(source),
      source,
      etherType: ETHERTYPE_EXPERIMENTAL,
    },
    text,
  );
}

/** Which of our reflection frames this is, or undefined when it is none of them. */
export function readReflection(
  frame: Uint8Array,
  source: string,
): ReflectionFrame['destination'] | undefined {
  const header = readEthernet(frame);
  if (header?.etherType !== ETHERTYPE_EXPERIMENTAL || header.source !== source) return undefined;
  if (frame.length < ETHERNET_HEADER_BYTES + PAYLOAD.length) return undefined;
  return header.destination === BROADCAST_MAC ? 'broadcast' : 'unknown-unicast';
}

/** A second MAC that nobody owns: the first with its last bit turned. */
function unownedMac(source: string): string {
  const last = Number.parseInt(source.slice(-2), 16) ^ 1;
  return `${source.slice(0, -2)}${last.toString(16).padStart(2, '0')}`;
}
