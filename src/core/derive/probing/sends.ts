// What a step puts on the wire.
import type { ArpSend, IcmpSend } from '../../../model/observation.js';
import type { Child, Parent } from '../../../model/topology.js';
import { contains, networkOf } from '../addressing/subnets.js';

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

/** Whose question it is, and to whom, when a child asks a gateway. */
export function toGateway({ endpoint, name, parent }: Child, gateway: string) {
  return {
    from: endpoint,
    to: `gateway:${gateway}`,
    parent,
    child: name,
    target: gateway,
  };
}

export function icmp(child: Child): IcmpSend {
  return { kind: 'icmp', netns: child.netns.inode };
}

/** The address by which its owner would ask for `target` itself: one of its subnet, else the first that gets beyond the link. */
export function senderFacing(
  { addresses }: Pick<Child | Parent, 'addresses'>,
  target: string,
): string | undefined {
  const own = addresses.filter(({ family, scope }) => family === 'inet' && scope === 'global');
  const near = own.find(({ local, prefixlen }) => contains(networkOf(local, prefixlen), target));
  return (near ?? own[0])?.local;
}
