// Netlink sockets: born in the namespace that is asked, one request at a time, whole answers, bounded time and size.
import { type Fact, known, unknown } from '../../model/fact.js';
import type { NetlinkDoor } from './host.js';
import { homeNetnsFd, inNetns, whyNotEntered } from './netns.js';
import {
  AF_NETLINK,
  MSG_DONTWAIT,
  MSG_TRUNC,
  SOCK_RAW,
  SyscallError,
  close,
  poll,
  receive,
  send,
  socket,
} from './syscalls.js';

const NETLINK_ROUTE = 0;
const NETLINK_GENERIC = 16;

// struct nlmsghdr (netlink(7)), in host order; koffi runs on little-endian machines only.
const HEADER_BYTES = 16;
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const NLM_F_MULTI = 2;
const NLM_F_DUMP_INTR = 16;
const NLM_F_DUMP = 0x300;

// The kernel answers at once; a machine in such trouble that it does not must not hang us.
const RECEIVE_TIMEOUT_MS = 2000;
// A dump is interrupted when the list changes under it; on a busy host the next one usually is not.
const MAX_DUMPS = 8;
// A full Internet routing table is about this large; more is not worth the wait.
const MAX_ANSWER_BYTES = 128 * 1024 * 1024;
// A dump comes in pieces of at most 32 KiB, unless one message (a link with hundreds of virtual functions) is larger.
const RECEIVE_BYTES = 512 * 1024;

class AnswerError extends Error {}

type Messages = readonly Uint8Array[];

/** The door to rtnetlink and generic netlink (netlink(7)); every call opens a socket and closes it. */
export function createNetlinkDoor(): NetlinkDoor {
  return {
    ask: (netnsPath, requests) => attempt(netnsPath, NETLINK_ROUTE, requests),
    askGeneric: (requests) => attempt(null, NETLINK_GENERIC, requests),
    withHostNetnsFd: (act) => act(homeNetnsFd()),
  };
}

function attempt(
  path: string | null,
  protocol: number,
  requests: readonly Uint8Array[],
): Fact<readonly Messages[]> {
  let fd: number | undefined;
  try {
    const born = inNetns(path, () => socket(AF_NETLINK, SOCK_RAW, protocol));
    fd = born;
    let sequence = 0;
    return known(requests.map((request) => askUntilWhole(born, request, () => ++sequence)));
  } catch (error) {
    return reasonOf(path, error);
  } finally {
    if (fd !== undefined) close(fd);
  }
}

/** What cannot be entered or asked is told; anything else (a foreign namespace that we cannot leave) is thrown on. */
function reasonOf(path: string | null, error: unknown): Fact<never> {
  if (error instanceof AnswerError) return unknown('failed', error.message);
  const unentered = path === null ? undefined : whyNotEntered(path, error);
  if (unentered) return unentered;
  if (!(error instanceof SyscallError)) throw error;
  if (error.errno === 'EPERM' || error.errno === 'EACCES') {
    return unknown('denied', `asking the kernel over netlink was refused (${error.message})`);
  }
  return unknown('failed', `netlink: ${error.message}`);
}

function askUntilWhole(fd: number, request: Uint8Array, nextSequence: () => number): Messages {
  for (let dumps = 1; dumps <= MAX_DUMPS; dumps++) {
    const answer = askOnce(fd, request, nextSequence());
    if (!answer.isInterrupted) return answer.messages;
    // Give whoever is changing the list a moment to finish.
    poll([], dumps);
  }
  throw new AnswerError('the list kept changing while it was read');
}

interface Answer {
  readonly messages: Uint8Array[];
  isInterrupted: boolean;
  isWhole: boolean;
  bytes: number;
}

function askOnce(fd: number, request: Uint8Array, sequence: number): Answer {
  const numbered = new Uint8Array(request);
  const view = new DataView(numbered.buffer);
  if (numbered.length < HEADER_BYTES) throw new AnswerError('a netlink request was too short');
  view.setUint32(8, sequence, true);
  const isDump = (view.getUint16(6, true) & NLM_F_DUMP) === NLM_F_DUMP;
  send(fd, numbered);
  const answer: Answer = { messages: [], isInterrupted: false, isWhole: false, bytes: 0 };
  while (!answer.isWhole) {
    const datagram = receiveDatagram(fd);
    // The kernel lost a piece (ENOBUFS): what is there is not whole.
    if (!datagram) return { ...answer, isInterrupted: true };
    answer.bytes += datagram.length;
    if (answer.bytes > MAX_ANSWER_BYTES)
      throw new AnswerError('the answer of netlink is too large');
    takeMessages(answer, datagram, sequence, isDump);
  }
  return answer;
}

let buffer: Uint8Array | undefined;

function receiveDatagram(fd: number): Uint8Array | undefined {
  buffer ??= new Uint8Array(RECEIVE_BYTES);
  try {
    let length = receive(fd, buffer, MSG_DONTWAIT | MSG_TRUNC);
    if (length === undefined) {
      if (poll([fd], RECEIVE_TIMEOUT_MS).length === 0) throw new AnswerError(lateReason());
      length = receive(fd, buffer, MSG_DONTWAIT | MSG_TRUNC) ?? 0;
    }
    if (length > buffer.length) throw new AnswerError('a message of netlink is too large');
    return buffer.slice(0, length);
  } catch (error) {
    if (error instanceof SyscallError && error.errno === 'ENOBUFS') return undefined;
    throw error;
  }
}

function lateReason(): string {
  return `netlink did not answer within ${(RECEIVE_TIMEOUT_MS / 1000).toString()} s`;
}

/** Cuts a datagram into messages; one whose length cannot be true ends the datagram. */
function takeMessages(
  answer: Answer,
  datagram: Uint8Array,
  sequence: number,
  isDump: boolean,
): void {
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  for (let offset = 0; offset + HEADER_BYTES <= datagram.length;) {
    const length = view.getUint32(offset, true);
    if (length < HEADER_BYTES || offset + length > datagram.length) {
      throw new AnswerError('a message of netlink had an impossible length');
    }
    if (view.getUint32(offset + 8, true) === sequence) {
      takeMessage(answer, datagram.subarray(offset, offset + length), isDump);
    }
    offset += Math.ceil(length / 4) * 4;
  }
}

function takeMessage(answer: Answer, message: Uint8Array, isDump: boolean): void {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const type = view.getUint16(4, true);
  const flags = view.getUint16(6, true);
  if ((flags & NLM_F_DUMP_INTR) !== 0) answer.isInterrupted = true;
  if (type === NLMSG_DONE) {
    answer.isWhole = true;
    // A dump that failed half-way says so in its last message.
    const hasFailed = message.length >= HEADER_BYTES + 4 && view.getInt32(HEADER_BYTES, true) < 0;
    if (hasFailed) answer.messages.push(message);
    return;
  }
  answer.messages.push(message);
  const isLast = type === NLMSG_ERROR || (!isDump && (flags & NLM_F_MULTI) === 0);
  if (isLast) answer.isWhole = true;
}
