// ICMP echo (RFC 792) as a raw socket sends and receives it.

const ECHO_REPLY = 0;
const ECHO_REQUEST = 8;
const ICMP_HEADER_BYTES = 8;
/** As much as ping(8) sends, so that no filter finds the size odd. */
const PAYLOAD_BYTES = 56;

export interface Echo {
  /** 16 bits; tells our echoes from those of everybody else on the machine. */
  readonly id: number;
  readonly sequence: number;
}

/** An echo request, checksum included; the kernel adds the IP header. */
export function echoRequest({ id, sequence }: Echo): Uint8Array {
  const packet = new Uint8Array(ICMP_HEADER_BYTES + PAYLOAD_BYTES);
  packet.set([ECHO_REQUEST, 0, 0, 0, id >> 8, id & 0xff, sequence >> 8, sequence & 0xff], 0);
  const sum = checksum(packet);
  packet[2] = sum >> 8;
  packet[3] = sum & 0xff;
  return packet;
}

/** The echo reply in an IPv4 packet, header included; undefined for everything else. */
export function readEchoReply(packet: Uint8Array): Echo | undefined {
  const first = packet[0] ?? 0;
  const headerBytes = (first & 0x0f) * 4;
  if (first >> 4 !== 4 || headerBytes < 20) return undefined;
  const icmp = packet.subarray(headerBytes);
  if (icmp.length < ICMP_HEADER_BYTES || icmp[0] !== ECHO_REPLY) return undefined;
  return {
    id: ((icmp[4] ?? 0) << 8) | (icmp[5] ?? 0),
    sequence: ((icmp[6] ?? 0) << 8) | (icmp[7] ?? 0),
  };
}

/** The Internet checksum (RFC 1071) of bytes whose checksum field is zero. */
export function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
