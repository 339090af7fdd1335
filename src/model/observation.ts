// What a probe would send (a step), and what came of it (an observation). Steps are values: `run --dry-run` prints them.

/** The experiments there are; what each one asks is said where it is planned, core/derive/probing/. */
export const PROBES = [
  'gateway-arp-child',
  'gateway-arp-parent',
  'gateway-icmp',
  'host-child-arp',
  'host-child-icmp',
  'child-host-icmp',
  'sibling-icmp',
  'shim-child-icmp',
  'reflection',
  'free-address-arp',
  'neighbour-arp',
] as const;
/** One of {@link PROBES}. */
export type ProbeId = (typeof PROBES)[number];

/** An ARP request (RFC 826) put on the wire at the parent; replies are watched on the parent's tap. */
export interface ArpSend {
  readonly kind: 'arp';
  /** Parent's name in the host's namespace. */
  readonly device: string;
  /** Source of the Ethernet header; the sender in the ARP message is the next one. Both are a child's MAC, or the parent's. */
  readonly ethernetSource: string;
  readonly senderMac: string;
  /** `0.0.0.0` makes it an ARP probe (RFC 5227): nobody's cache changes. */
  readonly senderIp: string;
}

/** An ICMP echo request (RFC 792) from a namespace's own stack, so that its routes and its ARP are tested too. */
export interface IcmpSend {
  readonly kind: 'icmp';
  /** Inode of the namespace that it is sent from. */
  readonly netns: number;
  /** SO_BINDTODEVICE: leave by this link whatever the routes say. */
  readonly device?: string;
}

/** A frame of EtherType 0x88B5 (IEEE 802 local experimental) that comes back only if the switch port reflects. */
export interface ReflectionSend {
  readonly kind: 'reflection';
  readonly device: string;
  readonly destination: 'broadcast' | 'unknown-unicast';
}

/**
 * One thing to try. `from` and `to` name the ends as the report does: `host`, `child:eth0@web`, `container:web`,
 * `shim:mvd-shim`, `gateway:192.0.2.1`, `lan:192.0.2.7`, `switch`.
 */
export interface ProbeStep {
  readonly probe: ProbeId;
  readonly from: string;
  readonly to: string;
  /** Parent that the step is about. */
  readonly parent: string;
  /** Subject name of the child that the step is about, when it is about one. */
  readonly child?: string;
  /** IPv4 address asked for; empty for reflection. */
  readonly target: string;
  readonly send: ArpSend | IcmpSend | ReflectionSend;
  /** What a sound set-up would do. It only steers patience, never the verdict. */
  readonly expect: 'answer' | 'silence';
}

/** One answer. */
export interface Reply {
  /** Milliseconds between the last transmission before it and its arrival. */
  readonly rttMs: number;
  /** ARP: the sender's MAC. */
  readonly mac?: string;
  /** ARP: whose question it answers, by the asker's address; `0.0.0.0` for a probe of ours (RFC 5227). */
  readonly forIp?: string;
}

/** A step that was carried out, with what came of it. */
export interface Observation extends ProbeStep {
  /** Frames or packets sent, retransmissions included. */
  readonly sent: number;
  readonly replies: readonly Reply[];
  /** Why nothing could be sent or heard, in plain words: then silence proves nothing. */
  readonly error?: string;
}

/** Something came back. */
export function isAnswered(observation: Observation): boolean {
  return observation.replies.length > 0;
}

/** Sent, nothing came back, and nothing went wrong on our side: silence that means something. */
export function isSilent(observation: Observation): boolean {
  return (
    observation.replies.length === 0 && observation.error === undefined && observation.sent > 0
  );
}
