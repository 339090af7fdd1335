// Netlink messages and their attributes (netlink(7)): built, and taken apart without believing any length.
// Numbers are in host order; little-endian is assumed, as on every machine that the doctor's native parts exist for.

const HEADER_BYTES = 16;
const ATTRIBUTE_HEADER_BYTES = 4;
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const NLM_F_REQUEST = 1;
const NLM_F_DUMP = 0x300;
// The two highest bits of an attribute's type are flags (NLA_F_NESTED, NLA_F_NET_BYTEORDER).
const TYPE_MASK = 0x3fff;

/** One message: its type and what follows the header. */
export interface Message {
  readonly type: number;
  readonly payload: Uint8Array;
}

/** Attribute values by type; of a repeated type the last one counts, as in the kernel. */
export type Attributes = ReadonlyMap<number, Uint8Array>;

/** The message, or undefined when there is not even a header; a length beyond the end is cut to what is there. */
export function readMessage(bytes: Uint8Array): Message | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const length = Math.min(u32(bytes) ?? 0, bytes.length);
  return {
    type: u16(bytes, 4) ?? 0,
    payload: bytes.subarray(HEADER_BYTES, Math.max(HEADER_BYTES, length)),
  };
}

/** Payloads of the messages that have this type. */
export function payloadsOf(messages: readonly Uint8Array[], type: number): Uint8Array[] {
  const payloads: Uint8Array[] = [];
  for (const bytes of messages) {
    const message = readMessage(bytes);
    if (message?.type === type) payloads.push(message.payload);
  }
  return payloads;
}

/** The errno (positive) of the first refusal among the messages; undefined when nothing was refused. */
export function errorOf(messages: readonly Uint8Array[]): number | undefined {
  for (const bytes of messages) {
    const message = readMessage(bytes);
    if (message?.type !== NLMSG_ERROR && message?.type !== NLMSG_DONE) continue;
    const code = i32(message.payload) ?? 0;
    if (code < 0) return -code;
  }
  return undefined;
}

/** The attributes behind a fixed header of `offset` bytes; the first impossible length ends the list. */
export function attributes(bytes: Uint8Array, offset = 0): Attributes {
  return new Map(attributeList(bytes, offset));
}

/** The same as a list, for where a type may stand more than once (next hops, alternative names). */
export function attributeList(bytes: Uint8Array, offset = 0): [number, Uint8Array][] {
  const list: [number, Uint8Array][] = [];
  for (let at = offset; at + ATTRIBUTE_HEADER_BYTES <= bytes.length;) {
    const length = u16(bytes, at) ?? 0;
    if (length < ATTRIBUTE_HEADER_BYTES || at + length > bytes.length) break;
    const type = (u16(bytes, at + 2) ?? 0) & TYPE_MASK;
    list.push([type, bytes.subarray(at + ATTRIBUTE_HEADER_BYTES, at + length)]);
    at += aligned(length);
  }
  return list;
}

/** The attributes nested in one attribute; none when it is not there. */
export function nested(found: Attributes, type: number): Attributes {
  return attributes(found.get(type) ?? new Uint8Array());
}

export function u8(bytes: Uint8Array | undefined, offset = 0): number | undefined {
  return bytes?.[offset];
}

// By hand: a DataView for each number costs more than all the rest of the reading.
export function u16(bytes: Uint8Array | undefined, offset = 0): number | undefined {
  if (!bytes || offset + 2 > bytes.length) return undefined;
  return (bytes[offset] ?? 0) | ((bytes[offset + 1] ?? 0) << 8);
}

export function u32(bytes: Uint8Array | undefined, offset = 0): number | undefined {
  const value = i32(bytes, offset);
  return value === undefined ? undefined : value >>> 0;
}

export function i32(bytes: Uint8Array | undefined, offset = 0): number | undefined {
  const low = u16(bytes, offset);
  const high = u16(bytes, offset + 2);
  return low === undefined || high === undefined ? undefined : low | (high << 16);
}

/** Exact up to 2^53. */
export function u64(bytes: Uint8Array | undefined, offset = 0): number | undefined {
  const low = u32(bytes, offset);
  const high = u32(bytes, offset + 4);
  return low === undefined || high === undefined ? undefined : high * 2 ** 32 + low;
}

/** A request with its fixed header and attributes behind it. The sequence number is the sender's affair. */
export function request(
  type: number,
  header: Uint8Array,
  attached: readonly (readonly [type: number, value: Uint8Array])[] = [],
): Uint8Array {
  return build(type, NLM_F_REQUEST, header, attached);
}

/** A request for everything there is of a kind. */
export function dumpRequest(
  type: number,
  header: Uint8Array,
  attached: readonly (readonly [type: number, value: Uint8Array])[] = [],
): Uint8Array {
  return build(type, NLM_F_REQUEST | NLM_F_DUMP, header, attached);
}

function build(
  type: number,
  flags: number,
  header: Uint8Array,
  attached: readonly (readonly [type: number, value: Uint8Array])[],
): Uint8Array {
  const start = HEADER_BYTES + aligned(header.length);
  const sizes = attached.map(([, value]) => aligned(ATTRIBUTE_HEADER_BYTES + value.length));
  const bytes = new Uint8Array(sizes.reduce((sum, size) => sum + size, start));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length, true);
  view.setUint16(4, type, true);
  view.setUint16(6, flags, true);
  bytes.set(header, HEADER_BYTES);
  let at = start;
  for (const [index, [attribute, value]] of attached.entries()) {
    view.setUint16(at, ATTRIBUTE_HEADER_BYTES + value.length, true);
    view.setUint16(at + 2, attribute, true);
    bytes.set(value, at + ATTRIBUTE_HEADER_BYTES);
    at += sizes[index] ?? 0;
  }
  return bytes;
}

/** Four bytes, host order. */
export function bytesOfU32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function aligned(length: number): number {
  return Math.ceil(length / 4) * 4;
}
