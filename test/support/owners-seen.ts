// Answers of the parent's ARP probes about owners, said in a line: who answered for which address.
import type { ArpSend, Observation, ProbeId } from '../../src/model/observation.js';

/** MAC of eth0 where a test's host has it as its first link. */
export const ETH0_MAC = '52:54:00:00:00:10';
export const STRANGER = '9c:8e:cd:11:22:33';

interface Asked {
  readonly target: string;
  /** Child's name where the step is about one. */
  readonly child?: string;
  /** MACs of those who answered; nobody unless told. */
  readonly by?: readonly string[];
  readonly parent?: string;
  /** MAC of the parent. */
  readonly mac?: string;
}

export function asked(probe: ProbeId, { target, child, by = [], parent, mac }: Asked): Observation {
  const source = mac ?? ETH0_MAC;
  return {
    probe,
    from: 'host',
    to: child === undefined ? `lan:${target}` : `child:eth0@${child}`,
    parent: parent ?? 'eth0',
    ...(child === undefined ? {} : { child: `eth0@${child}` }),
    target,
    send: {
      kind: 'arp',
      device: parent ?? 'eth0',
      ethernetSource: source,
      senderMac: source,
      senderIp: '0.0.0.0',
    },
    expect: 'silence',
    sent: by.length > 0 ? 1 : 2,
    replies: by.map((one) => ({ rttMs: 0.4, mac: one, forIp: '0.0.0.0' })),
  };
}

/** A link of another namespace asked, and these MACs answered. */
export function askedByChild(
  child: string,
  target: string,
  by: readonly string[] = [],
): Observation {
  const { send, ...about } = asked('holder-arp', { target, by });
  return { ...about, from: `child:eth0@${child}`, send: { ...send, netns: 1 } as ArpSend };
}

/** Two addresses that are nobody's, asked for: silence unless somebody is said to answer for everything. */
export function controls(
  by: readonly string[] = [],
  parent = 'eth0',
  mac = ETH0_MAC,
): Observation[] {
  return ['192.0.2.254', '192.0.2.253'].map((target) =>
    asked('owner-control-arp', { target, by, parent, mac }),
  );
}

/** A frame to all that was sent at one link of the host and listened for at another. */
export function crossing(
  device: string,
  heardAt: string,
  seen?: Pick<Observation, 'sent' | 'replies' | 'error'>,
): Observation {
  return {
    probe: 'crossing',
    from: 'host',
    to: 'switch',
    parent: device,
    target: '',
    send: { kind: 'reflection', device, destination: 'broadcast', heardAt },
    expect: 'answer',
    ...(seen ?? { sent: 4, replies: [] }),
  };
}
export const CROSSED = { sent: 1, replies: [{ rttMs: 0.2 }] };

/** What became of a child's own echo requests for somebody that it once asked for in vain. */
export function anew(
  child: string,
  target: string,
  seen?: Pick<Observation, 'sent' | 'replies' | 'error'>,
): Observation {
  return {
    probe: 'neighbour-icmp',
    from: `child:eth0@${child}`,
    to: `lan:${target}`,
    parent: 'eth0',
    child: `eth0@${child}`,
    target,
    send: { kind: 'icmp', netns: 0, device: 'eth0' },
    expect: 'answer',
    ...(seen ?? { sent: 4, replies: [] }),
  };
}
