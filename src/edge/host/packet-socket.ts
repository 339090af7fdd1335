// A parent's tap: sends any frame, hears those that the filter passes before macvlan takes them (packet(7)).
import { endianness } from 'node:os';
import { encodeFilter, TAP_FILTER } from '../../core/frames/tap-filter.js';
import {
  AF_PACKET,
  attachFilter,
  bind,
  close,
  pollAsync,
  receiveFrom,
  send,
  SOCK_NONBLOCK,
  SOCK_RAW,
  socket,
  SyscallError,
} from './syscalls.js';

const ETH_P_ALL = 0x00_03;
/** `sll_pkttype` of what this machine sends: the tap shows that too, and it answers nothing. */
const PACKET_OUTGOING = 4;
const PKTTYPE_OFFSET = 10;
const SOCKADDR_LL_BYTES = 20;
/** No jumbo frame is longer; what is longer is cut, and none of ours is. */
const LONGEST_FRAME_BYTES = 9216;

/** An open tap. */
export interface PacketSocket {
  readonly fd: number;
  /** Puts a whole frame on the wire. Throws a SyscallError: ENETDOWN, ENOBUFS, … */
  readonly send: (frame: Uint8Array) => void;
  /** Frames that came in since the last call; none once the link is down or gone. */
  readonly drain: () => Uint8Array[];
  readonly close: () => void;
}

/**
 * Opens the tap in the doctor's own namespace. Created with protocol 0 and bound only once it is filtered: a socket
 * that is hooked twice waits 13 ms for the kernel, and one that is filtered late hears what it must not.
 * ETH_P_ALL, because macvlan's own receive handler takes frames for children before any tap of a single protocol.
 */
export function openPacketSocket(ifindex: number): PacketSocket {
  const fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK, 0);
  try {
    attachFilter(fd, encodeFilter(TAP_FILTER, endianness() === 'LE'));
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
    close: () => {
      close(fd);
    },
  };
}

function drain(fd: number): Uint8Array[] {
  const buffer = new Uint8Array(LONGEST_FRAME_BYTES);
  const sender = new Uint8Array(SOCKADDR_LL_BYTES);
  const frames: Uint8Array[] = [];
  for (;;) {
    const length = receiveOrNothing(fd, buffer, sender);
    if (length === undefined) return frames;
    if (sender[PKTTYPE_OFFSET] !== PACKET_OUTGOING) frames.push(buffer.slice(0, length));
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
