// What a step puts on the wire.
import type { ArpSend, IcmpSend } from '../../../model/observation.js';
import type { Child, Parent } from '../../../model/topology.js';

/** Probes with the sender 0.0.0.0 change nobody's cache (RFC 5227). */
export const NO_SENDER = '0.0.0.0';

export function arp(parent: Parent, mac: string): ArpSend {
  return {
    kind: 'arp',
    device: parent.name,
    ethernetSource: mac,
    senderMac: mac,
    senderIp: NO_SENDER,
  };
}

export function icmp(child: Child): IcmpSend {
  return { kind: 'icmp', netns: child.netns.inode };
}
