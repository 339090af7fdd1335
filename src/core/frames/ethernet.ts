// Ethernet II headers (IEEE 802.3) and MACs as bytes.

export const ETHERTYPE_IPV4 = 0x08_00;
export const ETHERTYPE_ARP = 0x08_06;
/** IEEE 802 local experimental EtherType 1: no product speaks it, so whoever sees it can only ignore it. */
export const ETHERTYPE_EXPERIMENTAL = 0x88_b5;
export const BROADCAST_MAC = 'ff:ff:ff:ff:ff:ff';
export const ETHERNET_HEADER_BYTES = 14;
/** The shortest frame without its check sequence; drivers pad, some virtual ones do not. */
const SHORTEST_FRAME_BYTES = 60;

/** Six bytes of `aa:bb:cc:dd:ee:ff`; anything else gives the zero MAC. */
export function macBytes(mac: string): Uint8Array {
  const bytes = mac.split(':').map((part) => Number.parseInt(part, 16));
  const isMac = bytes.length === 6 && bytes.every((byte) => byte >= 0 && byte <= 255);
  return Uint8Array.from(isMac ? bytes : [0, 0, 0, 0, 0, 0]);
}

export function macText(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** Four bytes of a dotted IPv4 address; anything else gives 0.0.0.0. */
export function ipv4Bytes(ip: string): Uint8Array {
  const bytes = ip.split('.').map(Number);
  const isIp = bytes.length === 4 && bytes.every((byte) => byte >= 0 && byte <= 255);
  return Uint8Array.from(isIp ? bytes : [0, 0, 0, 0]);
}

export function ipv4Text(bytes: Uint8Array): string {
  return bytes.join('.');
}

export interface EthernetHeader {
  readonly destination: string;
  readonly source: string;
  readonly etherType: number;
}

/** A padded frame with `payload` behind its header. */
export function ethernetFrame(header: EthernetHeader, payload: Uint8Array): Uint8Array {
  const size = Math.max(SHORTEST_FRAME_BYTES, ETHERNET_HEADER_BYTES + payload.length);
  const frame = new Uint8Array(size);
  frame.set(macBytes(header.destination), 0);
  frame.set(macBytes(header.source), 6);
  frame[12] = header.etherType >> 8;
  frame[13] = header.etherType & 0xff;
  frame.set(payload, ETHERNET_HEADER_BYTES);
  return frame;
}

/** The header of a frame, or undefined when it is too short to have one. */
export function readEthernet(frame: Uint8Array): EthernetHeader | undefined {
  if (frame.length < ETHERNET_HEADER_BYTES) return undefined;
  return {
    destination: macText(frame.subarray(0, 6)),
    source: macText(frame.subarray(6, 12)),
    etherType: ((frame[12] ?? 0) << 8) | (frame[13] ?? 0),
  };
}
