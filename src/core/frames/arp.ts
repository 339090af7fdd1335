// ARP for IPv4 over Ethernet (RFC 826), and the probe that changes nobody's cache (RFC 5227).
import {
  BROADCAST_MAC,
  ETHERNET_HEADER_BYTES,
  ETHERTYPE_ARP,
  ethernetFrame,
  ipv4Bytes,
  ipv4Text,
  macBytes,
  macText,
  readEthernet,
} from './ethernet.js';

const ARP_BYTES = 28;
const OPERATION_REQUEST = 1;
const OPERATION_REPLY = 2;

export interface ArpRequest {
  readonly ethernetSource: string;
  readonly senderMac: string;
  /** `0.0.0.0` for a probe. */
  readonly senderIp: string;
  readonly targetIp: string;
  /** Length of the body, filled up with zeros, which whoever reads the message passes over. */
  readonly bytes?: number;
}

/** A broadcast ARP request. */
export function arpRequestFrame(request: ArpRequest): Uint8Array {
  const body = new Uint8Array(Math.max(ARP_BYTES, request.bytes ?? 0));
  // Hardware type 1 (Ethernet), protocol 0x0800 (IPv4), address lengths 6 and 4.
  body.set([0, 1, 8, 0, 6, 4, 0, OPERATION_REQUEST], 0);
  body.set(macBytes(request.senderMac), 8);
  body.set(ipv4Bytes(request.senderIp), 14);
  body.set(ipv4Bytes(request.targetIp), 24);
  return ethernetFrame(
    { destination: BROADCAST_MAC, source: request.ethernetSource, etherType: ETHERTYPE_ARP },
    body,
  );
}

export interface ArpReply {
  readonly senderMac: string;
  readonly senderIp: string;
  /** Whom the answer is for: the sender MAC of the request. */
  readonly targetMac: string;
  readonly targetIp: string;
  /** Whom the frame was addressed to: not always the one that the message is for. */
  readonly ethernetDestination: string;
}

/** The ARP reply in a frame; undefined for everything else, cut frames included. */
export function readArpReply(frame: Uint8Array): ArpReply | undefined {
  const ethernet = readEthernet(frame);
  if (ethernet?.etherType !== ETHERTYPE_ARP) return undefined;
  const body = frame.subarray(ETHERNET_HEADER_BYTES);
  if (body.length < ARP_BYTES || body[7] !== OPERATION_REPLY) return undefined;
  return {
    senderMac: macText(body.subarray(8, 14)),
    senderIp: ipv4Text(body.subarray(14, 18)),
    targetMac: macText(body.subarray(18, 24)),
    targetIp: ipv4Text(body.subarray(24, 28)),
    ethernetDestination: ethernet.destination,
  };
}
