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
  'neighbour-icmp',
  'gateway-icmp-parent',
  'host-gateway-arp',
  'child-shim-icmp',
  'shim-address-arp',
  'split-child',
  'split-source',
  'split-sender',
  'split-parent',
  'split-promiscuous',
  'owner-control-arp',
  'holder-arp',
  'crossing',
  'gateway-relay',
  'full-size-icmp',
  'full-size-arp',
  'service-tcp',
  'gateway-arp-again',
  'gateway-arp-control',
  'gateway-rival',
] as const;
/** One of {@link PROBES}. */
export type ProbeId = (typeof PROBES)[number];

/** An ARP request (RFC 826) put on the wire at the parent, or at a link in another namespace; replies are watched there. */
export interface ArpSend {
  readonly kind: 'arp';
  /** Parent's name in the host's namespace; with `netns`, the link's name in there. */
  readonly device: string;
  /** Inode of the namespace that it is sent in, where that is a sibling's. */
  readonly netns?: number;
  /** Source of the Ethernet header; the sender in the ARP message is the next one. Both are a child's MAC, or the parent's. */
  readonly ethernetSource: string;
  readonly senderMac: string;
  /** `0.0.0.0` makes it an ARP probe (RFC 5227): nobody's cache changes. Otherwise the address that the sender has. */
  readonly senderIp: string;
  /** Bytes after the Ethernet header: the message, and zeros up to there; as few as a frame may have unless told. */
  readonly bytes?: number;
  /** The tap holds a promiscuous membership meanwhile (PACKET_MR_PROMISC, packet(7)); it ends with the socket. */
  readonly isPromiscuous?: boolean;
  /** The device is asked to take in what is for the sender's MAC (PACKET_MR_UNICAST, packet(7)), until the socket ends. */
  readonly isAdmitted?: boolean;
}

/** An ICMP echo request (RFC 792) from a namespace's own stack, so that its routes and its ARP are tested too. */
export interface IcmpSend {
  readonly kind: 'icmp';
  /** Inode of the namespace that it is sent from. */
  readonly netns: number;
  /** SO_BINDTODEVICE: leave by this link whatever the routes say. */
  readonly device?: string;
  /** Length of the whole IP packet, 84 unless told; with it, nobody may fragment the packet (DF, IP_PMTUDISC_PROBE). */
  readonly bytes?: number;
}

/** A TCP connection (RFC 9293) from a namespace's own stack, given up at once: a refusal is an answer as well. */
export interface TcpSend {
  readonly kind: 'tcp';
  /** Inode of the namespace that it is made from. */
  readonly netns: number;
  readonly device?: string;
  readonly port: number;
}

/** An echo request for `target` that is handed to another machine on the LAN: answered only if that one forwards packets. */
export interface RelaySend {
  readonly kind: 'relay';
  /** Parent's name in the host's namespace. */
  readonly device: string;
  readonly ethernetSource: string;
  /** MAC of the machine that is to forward it. */
  readonly ethernetDestination: string;
  /** The parent's own address, to which the answer goes. */
  readonly sourceIp: string;
  /** 64 unless told. With 1 whoever forwards says "time exceeded" instead (RFC 792), before its packet filter sees it. */
  readonly ttl?: number;
}

/** A frame of EtherType 0x88B5 (IEEE 802 local experimental) that comes back only if the switch port reflects. */
export interface ReflectionSend {
  readonly kind: 'reflection';
  readonly device: string;
  readonly destination: 'broadcast' | 'unknown-unicast';
  /** Another link of the host, at which it has to come in instead: then both are on one LAN. */
  readonly heardAt?: string;
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
  readonly send: ArpSend | IcmpSend | ReflectionSend | TcpSend | RelaySend;
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
  /** ARP: whom the frame was addressed to, which some gateways take from the request's frame instead of its message. */
  readonly ethernetDestination?: string;
  /** TCP: the other side took the connection, or refused it. */
  readonly tcp?: 'accepted' | 'refused';
  /** Relay: "time exceeded" (RFC 792), from this address: it would have forwarded the packet. */
  readonly expiredAt?: string;
}

/** Echo replies that came in at the parent for one MAC. */
export interface Arrival {
  /** Ethernet destination. */
  readonly mac: string;
  readonly frames: number;
}

/** A step that was carried out, with what came of it. */
export interface Observation extends ProbeStep {
  /** Frames or packets sent, retransmissions included. */
  readonly sent: number;
  readonly replies: readonly Reply[];
  /** Why nothing could be sent or heard, in plain words: then silence proves nothing. */
  readonly error?: string;
  /** ICMP: how many of the requests the parent's tap saw leave for the wire; absent where no tap watched. */
  readonly left?: number;
  /** ICMP: the replies that the parent's tap saw come in from the wire, whoever they were for; absent where no tap watched. */
  readonly arrived?: readonly Arrival[];
  /** ICMP with DF: somebody on the way said "fragmentation needed" (RFC 1191). */
  readonly tooBig?: TooBig;
}

/** A router's word that a packet was too long. */
export interface TooBig {
  /** Address of the router. */
  readonly by: string;
  /** MTU of the next hop in bytes; 0 from routers older than RFC 1191. */
  readonly mtu: number;
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
