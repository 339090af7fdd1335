// ICMP echo (RFC 792) as a raw socket or a tap sends and receives it, and what routers say about it.
import { checksum } from './checksum.js';
import { IP_HEADER_BYTES, PROTOCOL_ICMP, readIpv4 } from './ipv4.js';

export const ECHO_REPLY = 0;
export const ECHO_REQUEST = 8;
const UNREACHABLE = 3;
const FRAGMENTATION_NEEDED = 4;
export const TIME_EXCEEDED = 11;
const IN_TRANSIT = 0;
export const ICMP_HEADER_BYTES = 8;
/** As much as ping(8) sends, so that no filter finds the size odd: 84 bytes with both headers. */
const PAYLOAD_BYTES = 56;

export interface Echo {
  /** 16 bits; tells our echoes from those of everybody else on the machine. */
  readonly id: number;
  readonly sequence: number;
}

/** An echo request, checksum included, without IP header; `bytes` is the length of the whole IP packet. */
export function echoRequest(
  { id, sequence }: Echo,
  bytes = IP_HEADER_BYTES + ICMP_HEADER_BYTES + PAYLOAD_BYTES,
): Uint8Array {
  const packet = new Uint8Array(Math.max(ICMP_HEADER_BYTES, bytes - IP_HEADER_BYTES));
  packet.set([ECHO_REQUEST, 0, 0, 0, id >> 8, id & 0xff, sequence >> 8, sequence & 0xff], 0);
  const sum = checksum(packet);
  packet[2] = sum >> 8;
  packet[3] = sum & 0xff;
  return packet;
}

/** An echo on its way, with the ends of its IP header. */
export interface EchoPacket extends Echo {
  readonly isReply: boolean;
  readonly source: string;
  readonly target: string;
}

/** The echo request or reply in an IPv4 packet, header included; undefined for everything else. */
export function readEcho(packet: Uint8Array): EchoPacket | undefined {
  const ip = readIpv4(packet);
  if (ip?.protocol !== PROTOCOL_ICMP || ip.payload.length < ICMP_HEADER_BYTES) return undefined;
  const [type] = ip.payload;
  if (type !== ECHO_REPLY && type !== ECHO_REQUEST) return undefined;
  const { source, target } = ip;
  return {
    isReply: type === ECHO_REPLY,
    source,
    target,
    id: half(ip.payload, 4),
    sequence: half(ip.payload, 6),
  };
}

/** The echo reply in an IPv4 packet, header included; undefined for everything else. */
export function readEchoReply(packet: Uint8Array): Echo | undefined {
  const echo = readEcho(packet);
  return echo?.isReply === true ? { id: echo.id, sequence: echo.sequence } : undefined;
}

/** What somebody on the way says about an echo request of somebody's (RFC 792). */
export interface EchoError {
  /** The request that is quoted. */
  readonly echo: Echo;
  readonly says: 'too-long' | 'expired';
  /** `too-long`: MTU of the next hop; 0 from routers older than RFC 1191, and where it does not matter. */
  readonly mtu: number;
}

/** The word in an IPv4 packet, header included; undefined for everything else. */
export function readEchoError(packet: Uint8Array): EchoError | undefined {
  const ip = readIpv4(packet);
  if (ip?.protocol !== PROTOCOL_ICMP) return undefined;
  const { payload } = ip;
  const [type, code] = payload;
  const isTooLong = type === UNREACHABLE && code === FRAGMENTATION_NEEDED;
  const isExpired = type === TIME_EXCEEDED && code === IN_TRANSIT;
  const quoted = readEcho(payload.subarray(ICMP_HEADER_BYTES));
  if (!(isTooLong || isExpired) || quoted === undefined || quoted.isReply) return undefined;
  return {
    echo: { id: quoted.id, sequence: quoted.sequence },
    says: isTooLong ? 'too-long' : 'expired',
    mtu: isTooLong ? half(payload, 6) : 0,
  };
}

function half(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
