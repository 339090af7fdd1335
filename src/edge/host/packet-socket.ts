// A parent's tap: sends any frame, hears those that the filter passes before macvlan takes them (packet(7)).
import { endianness } from 'node:os';
import { macBytes } from '../../core/frames/ethernet.js';
import { encodeFilter, tapFilter } from '../../core/frames/tap-filter.js';
import {
  AF_PACKET,
  attachFilter,
  bind,
  close,
  closeAsync,
  getOption,
  pollAsync,
  receiveFrom,
  send,
  setOption,
  SOCK_NONBLOCK,
  SOCK_RAW,
  socket,
  SOL_SOCKET,
  SyscallError,
} from './syscalls.js';

const ETH_P_ALL = 0x00_03;
/** `sll_pkttype` of what this machine sends: the tap shows that too, except what it sent itself. */
const PACKET_OUTGOING = 4;
const PKTTYPE_OFFSET = 10;
const SOCKADDR_LL_BYTES = 20;
/** No jumbo frame is longer; what is longer is cut, and none of ours is. */
const LONGEST_FRAME_BYTES = 9216;

// Options of packet(7) and socket(7), by Linux's numbers.
const SOL_PACKET = 263;
const PACKET_ADD_MEMBERSHIP = 1;
const PACKET_DROP_MEMBERSHIP = 2;
const PACKET_STATISTICS = 6;
const PACKET_MR_PROMISC = 1;
const PACKET_MR_UNICAST = 3;
const NO_MAC = new Uint8Array();
const SO_RCVBUFFORCE = 33;
/** Room for what a burst of echoes brings while the event loop is busy with something else. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

/** A frame that the tap showed. */
export interface HeardFrame {
  readonly bytes: Uint8Array;
  /** This machine sends it, by a child perhaps; else it came in. */
  readonly isOutgoing: boolean;
}

/** An open tap. */
export interface PacketSocket {
  readonly fd: number;
  /** Puts a whole frame on the wire. Throws a SyscallError: ENETDOWN, ENOBUFS, … */
  readonly send: (frame: Uint8Array) => void;
  /** Frames seen since the last call; none once the link is down or gone. */
  readonly drain: () => HeardFrame[];
  /** Frames that the filter passed and the socket had no room for, since the last call. */
  readonly countLost: () => number;
  /** The device takes every frame while one such wish stands; it ends with the socket, even under SIGKILL. */
  readonly setPromiscuous: (wanted: boolean) => void;
  /** The device takes frames for this MAC as well, as for one of its children; it ends with the socket. */
  readonly admit: (mac: string) => void;
  /** Waits 13 ms for the kernel, on a thread of its own. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the tap in the doctor's own namespace. Created with protocol 0 and bound only once it is filtered: a socket
 * that is hooked twice waits 13 ms for the kernel, and one that is filtered late hears what it must not.
 * ETH_P_ALL, because macvlan's own receive handler takes frames for children before any tap of a single protocol.
 * Of all echoes it shows those with `echoId`.
 */
export function openPacketSocket(ifindex: number, echoId: number): PacketSocket {
  const fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK, 0);
  try {
    attachFilter(fd, encodeFilter(tapFilter(echoId), endianness() === 'LE'));
    enlarge(fd);
    bind(fd, linkAddress(ifindex));
  } catch (error) {
    close(fd);
    throw error;
  }
  return {
    fd,
    send: (frame) => {
      send(fd, frame);
    },
    drain: () => drain(fd),
    countLost: () => countLost(fd),
    setPromiscuous: (wanted) => {
      const option = wanted ? PACKET_ADD_MEMBERSHIP : PACKET_DROP_MEMBERSHIP;
      setOption(fd, SOL_PACKET, option, membership(ifindex, PACKET_MR_PROMISC));
    },
    admit: (mac) => {
      const wanted = membership(ifindex, PACKET_MR_UNICAST, macBytes(mac));
      setOption(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, wanted);
    },
    close: () => closeAsync(fd),
  };
}

/** More room than the system's limit takes CAP_NET_ADMIN; without it the usual room has to do. */
function enlarge(fd: number): void {
  try {
    const value = new Uint8Array(Uint32Array.of(RECEIVE_BUFFER_BYTES).buffer);
    setOption(fd, SOL_SOCKET, SO_RCVBUFFORCE, value);
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
  }
}

/** `struct tpacket_stats`: frames that passed, and those of them that were dropped; reading sets both to zero. */
function countLost(fd: number): number {
  const counters = new Uint32Array(2);
  getOption(fd, SOL_PACKET, PACKET_STATISTICS, new Uint8Array(counters.buffer));
  return counters[1] ?? 0;
}

/** `struct packet_mreq`: ifindex, type, and an address with its length, where the type has one. */
function membership(ifindex: number, type: number, mac: Uint8Array = NO_MAC): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  const isLittle = endianness() === 'LE';
  view.setInt32(0, ifindex, isLittle);
  view.setUint16(4, type, isLittle);
  view.setUint16(6, mac.length, isLittle);
  bytes.set(mac, 8);
  return bytes;
}

function drain(fd: number): HeardFrame[] {
  const buffer = new Uint8Array(LONGEST_FRAME_BYTES);
  const sender = new Uint8Array(SOCKADDR_LL_BYTES);
  const frames: HeardFrame[] = [];
  for (;;) {
    const length = receiveOrNothing(fd, buffer, sender);
    if (length === undefined) return frames;
    const isOutgoing = sender[PKTTYPE_OFFSET] === PACKET_OUTGOING;
    frames.push({ bytes: buffer.slice(0, length), isOutgoing });
  }
}

/** A link that goes down says so once, by ENETDOWN: silence from then on is all there is to hear. */
function receiveOrNothing(fd: number, buffer: Uint8Array, sender: Uint8Array): number | undefined {
  try {
    return receiveFrom(fd, buffer, sender);
  } catch (error) {
    if (error instanceof SyscallError && error.errno === 'ENETDOWN') return undefined;
    throw error;
  }
}

/** Waits on a thread of its own until one of the taps has something, at most `timeoutMs`. */
export async function waitForFrames(
  sockets: readonly PacketSocket[],
  timeoutMs: number,
): Promise<readonly PacketSocket[]> {
  const ready = new Set(
    await pollAsync(
      sockets.map(({ fd }) => fd),
      timeoutMs,
    ),
  );
  return sockets.filter(({ fd }) => ready.has(fd));
}

/** `struct sockaddr_ll`: family, protocol in network order, ifindex; the rest is for sending without a header. */
function linkAddress(ifindex: number): Uint8Array {
  const bytes = new Uint8Array(SOCKADDR_LL_BYTES);
  const view = new DataView(bytes.buffer);
  const isLittle = endianness() === 'LE';
  view.setUint16(0, AF_PACKET, isLittle);
  view.setUint16(2, ETH_P_ALL, false);
  view.setInt32(4, ifindex, isLittle);
  return bytes;
}
