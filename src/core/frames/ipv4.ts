// IPv4 headers (RFC 791) as a raw socket or a tap sends and receives them.
import { checksum } from './checksum.js';
import { ipv4Bytes, ipv4Text } from './ethernet.js';

export const IP_HEADER_BYTES = 20;
export const PROTOCOL_ICMP = 1;
const DONT_FRAGMENT = 0x40;

export interface Ipv4Header {
  /** `0.0.0.0` to a raw socket: the kernel fills in its own. */
  readonly source: string;
  readonly target: string;
  /** How often the packet may be handed on; as ping(8) starts unless told. */
  readonly ttl?: number;
}

const USUAL_TTL = 64;

/** An ICMP packet that nobody may fragment (DF). */
export function ipv4Packet(
  { source, target, ttl = USUAL_TTL }: Ipv4Header,
  payload: Uint8Array,
): Uint8Array {
  const packet = new Uint8Array(IP_HEADER_BYTES + payload.length);
  packet.set([0x45, 0, packet.length >> 8, packet.length & 0xff, 0, 0, DONT_FRAGMENT, 0], 0);
  packet.set([ttl, PROTOCOL_ICMP], 8);
  packet.set(ipv4Bytes(source), 12);
  packet.set(ipv4Bytes(target), 16);
  const sum = checksum(packet.subarray(0, IP_HEADER_BYTES));
  packet[10] = sum >> 8;
  packet[11] = sum & 0xff;
  packet.set(payload, IP_HEADER_BYTES);
  return packet;
}

/** An IPv4 packet opened: undefined for everything else, cut headers included. */
export function readIpv4(
  packet: Uint8Array,
): (Ipv4Header & { readonly protocol: number; readonly payload: Uint8Array }) | undefined {
  const first = packet[0] ?? 0;
  const headerBytes = (first & 0x0f) * 4;
  if (first >> 4 !== 4 || headerBytes < IP_HEADER_BYTES || packet.length < headerBytes) {
    return undefined;
  }
  return {
    source: ipv4Text(packet.subarray(12, 16)),
    target: ipv4Text(packet.subarray(16, 20)),
    protocol: packet[9] ?? 0,
    payload: packet.subarray(headerBytes),
  };
}
