// One attempt at a TCP connection from a given network namespace, given up as soon as it is answered (tcp(7), connect(2)).
import { endianness } from 'node:os';
import { ipv4Bytes } from '../../core/frames/ethernet.js';
import { inNetns } from './netns.js';
import {
  AF_INET,
  close,
  connect,
  getOption,
  pollWritable,
  setOption,
  SOCK_NONBLOCK,
  SOCK_STREAM,
  socket,
  SOL_SOCKET,
  SyscallError,
} from './syscalls.js';

/** Who is asked, and from where. */
export interface TcpOptions {
  /** Path of the namespace's nsfs file, or null for the doctor's own. */
  readonly netnsPath: string | null;
  /** SO_BINDTODEVICE (socket(7)): leave by this link whatever the routes say. */
  readonly device?: string;
  readonly target: string;
  readonly port: number;
}

/** `errno` by number: 0 is a connection, ECONNREFUSED is an answer, the rest says why there was none. */
export interface TcpOutcome {
  readonly attempt: TcpAttempt;
  readonly errno: number;
}

/** A connection that is being tried. */
export interface TcpAttempt {
  readonly fd: number;
  /** Ends it, by RST where it stands; nothing is left in TIME_WAIT. */
  readonly close: () => void;
}

const SO_ERROR = 4;
const SO_LINGER = 13;
const SO_BINDTODEVICE = 25;

/** Sends the SYN. Throws a SyscallError: ENETUNREACH without a route, ENODEV, … */
export function openTcpAttempt(options: TcpOptions): TcpAttempt {
  const fd = inNetns(options.netnsPath, () => socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
  try {
    // On, for no time: close means RST.
    setOption(fd, SOL_SOCKET, SO_LINGER, new Uint8Array(Int32Array.of(1, 0).buffer));
    if (options.device !== undefined) {
      const name = new TextEncoder().encode(`${options.device}\0`);
      setOption(fd, SOL_SOCKET, SO_BINDTODEVICE, name);
    }
    start(fd, options);
  } catch (error) {
    close(fd);
    throw error;
  }
  return {
    fd,
    close: () => {
      close(fd);
    },
  };
}

function start(fd: number, { target, port }: TcpOptions): void {
  try {
    connect(fd, internetAddress(target, port));
  } catch (error) {
    if (!(error instanceof SyscallError) || error.errno !== 'EINPROGRESS') throw error;
  }
}

/** What has been decided by now; never waits. */
export function decidedAttempts(attempts: readonly TcpAttempt[]): readonly TcpOutcome[] {
  const decided = new Set(pollWritable(attempts.map(({ fd }) => fd)));
  return attempts
    .filter(({ fd }) => decided.has(fd))
    .map((attempt) => ({ attempt, errno: socketError(attempt.fd) }));
}

function socketError(fd: number): number {
  const value = new Int32Array(1);
  getOption(fd, SOL_SOCKET, SO_ERROR, new Uint8Array(value.buffer));
  return value[0] ?? 0;
}

/** `struct sockaddr_in` (ip(7)): family in the host's order, port in the network's, address, padding. */
function internetAddress(ip: string, port: number): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, AF_INET, endianness() === 'LE');
  view.setUint16(2, port, false);
  bytes.set(ipv4Bytes(ip), 4);
  return bytes;
}
