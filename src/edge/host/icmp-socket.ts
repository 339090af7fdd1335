// ICMP echo through a raw socket that was born in a given network namespace (raw-socket on npm; icmp(7), raw(7)).
import { Buffer } from 'node:buffer';
import { performance } from 'node:perf_hooks';
import {
  echoRequest,
  readEchoReply,
  readEchoError,
  type Echo,
  type EchoError,
} from '../../core/frames/icmp.js';
import { ipv4Packet } from '../../core/frames/ipv4.js';
import { inNetns } from './netns.js';

/** An open raw socket for echo requests over IPv4. */
export interface IcmpSocket {
  /** Sends an echo request; `failed` hears why it could not leave. */
  readonly send: (target: string, echo: Echo, failed: (reason: string) => void) => void;
  readonly close: () => void;
}

/** Where it is born, and who hears of it. */
export interface IcmpSocketOptions {
  /** Path of the namespace's nsfs file, or null for the doctor's own. */
  readonly netnsPath: string | null;
  /** SO_BINDTODEVICE (socket(7)): leave by this link whatever the routes say. */
  readonly device?: string;
  /** Length of the whole IP packet, which then nobody may fragment (DF); as ping(8) sends unless told. */
  readonly bytes?: number;
  /** `source` is who sent the reply; `atMs` is monotonic, milliseconds. */
  readonly onReply: (echo: Echo, source: string, atMs: number) => void;
  /** The router at `by` has something to say of a request. */
  readonly onError: (word: EchoError, by: string) => void;
  /** The socket has failed, in the kernel's words, and is closed: nothing more will be heard on it. */
  readonly onFailure: (reason: string) => void;
}

/** What is used of the npm package raw-socket. */
export interface RawSocketModule {
  readonly createSocket: (options: { protocol: number; addressFamily: number }) => RawSocket;
}

interface RawSocket {
  on: ((event: 'message', listener: (packet: Buffer, source: string) => void) => void) &
    ((event: 'error', listener: (error: Error) => void) => void);
  send: (
    ...args: [
      packet: Buffer,
      offset: number,
      length: number,
      address: string,
      after: (error: Error | null) => void,
    ]
  ) => void;
  setOption: (level: number, option: number, value: Buffer, length: number) => void;
  close: () => void;
}

const PROTOCOL_ICMP = 1;
const ADDRESS_FAMILY_IPV4 = 1;
const SOL_SOCKET = 1;
const SO_BINDTODEVICE = 25;
const IPPROTO_IP = 0;
const IP_HDRINCL = 3;
const IP_MTU_DISCOVER = 10;
const IP_PMTUDISC_INTERFACE = 4;
const NO_ADDRESS = '0.0.0.0';

/**
 * The addon does not keep its JavaScript side alive: a socket that only its own listeners refer to is collected, and
 * then never fires again. Every open socket is therefore held here until it is closed.
 */
const open = new Set<RawSocket>();

/** The addon; undefined where it is not there: it is an optional dependency that needs a compiler to install. */
export async function loadRawSocket(): Promise<RawSocketModule | undefined> {
  try {
    const name = 'raw-socket';
    const loaded = (await import(name)) as { default: RawSocketModule };
    return loaded.default;
  } catch {
    return undefined;
  }
}

/**
 * Opens and listens. Throws what the kernel says: EPERM without CAP_NET_RAW, ENOENT for a namespace that is gone, ENODEV
 * for a device that is gone.
 */
export function openIcmpSocket(raw: RawSocketModule, options: IcmpSocketOptions): IcmpSocket {
  const socket = inNetns(options.netnsPath, () =>
    raw.createSocket({ protocol: PROTOCOL_ICMP, addressFamily: ADDRESS_FAMILY_IPV4 }),
  );
  open.add(socket);
  const close = (): void => {
    if (open.delete(socket)) socket.close();
  };
  socket.on('error', (error) => {
    close();
    options.onFailure(error.message);
  });
  socket.on('message', (packet, source) => {
    const echo = readEchoReply(packet);
    if (echo !== undefined) options.onReply(echo, source, performance.now());
    const word = readEchoError(packet);
    if (word !== undefined) options.onError(word, source);
  });
  try {
    prepare(socket, options);
  } catch (error) {
    // It listens from its birth: left open, it would keep the process from ending.
    close();
    throw error;
  }
  return {
    close,
    send(target, echo, failed) {
      const packet = Buffer.from(packetOf(echo, target, options.bytes));
      socket.send(packet, 0, packet.length, target, (error) => {
        if (error !== null) failed(plainly(error.message));
      });
    },
  };
}

function prepare(
  socket: RawSocket,
  { device, bytes }: Pick<IcmpSocketOptions, 'device' | 'bytes'>,
): void {
  if (device !== undefined) {
    set(socket, SOL_SOCKET, SO_BINDTODEVICE, Buffer.from(`${device}\0`));
  }
  learnNoPathMtu(socket);
  if (bytes !== undefined) set(socket, IPPROTO_IP, IP_HDRINCL, int(1));
}

/** With a length it comes with its own header, which forbids fragmenting (raw(7), IP_HDRINCL). */
function packetOf(echo: Echo, target: string, bytes: number | undefined): Uint8Array {
  if (bytes === undefined) return echoRequest(echo);
  return ipv4Packet({ source: NO_ADDRESS, target }, echoRequest(echo, bytes));
}

/** What a router says about the path is a probe's result; it must not stay in the namespace's routes (ip(7)). */
function learnNoPathMtu(socket: RawSocket): void {
  set(socket, IPPROTO_IP, IP_MTU_DISCOVER, int(IP_PMTUDISC_INTERFACE));
}

function set(socket: RawSocket, level: number, option: number, value: Buffer): void {
  socket.setOption(level, option, value, value.length);
}

function int(value: number): Buffer {
  return Buffer.from(Int32Array.of(value).buffer);
}

/** Nothing on the way has said no: the packet never left. */
export const TOO_LONG_HERE =
  'the packet is longer than the MTU of the link here that it would leave by';

/** The kernel's EMSGSIZE says less than it knows. */
function plainly(reason: string): string {
  return /too long/iu.test(reason) ? TOO_LONG_HERE : reason;
}
