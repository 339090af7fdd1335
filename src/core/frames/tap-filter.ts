// The classic BPF program of a parent's tap: ARP replies, echoes of this run, what routers say of their time, and our own
// experimental frames; nothing else, so that a busy parent costs nothing (bpf(4); Linux net/core/filter.c).
import { ETHERTYPE_ARP, ETHERTYPE_EXPERIMENTAL, ETHERTYPE_IPV4 } from './ethernet.js';
import { ECHO_REPLY, ECHO_REQUEST, ICMP_HEADER_BYTES, TIME_EXCEEDED } from './icmp.js';
import { IP_HEADER_BYTES, PROTOCOL_ICMP } from './ipv4.js';

/** One instruction of `struct sock_filter`. */
export interface Instruction {
  readonly code: number;
  readonly jumpTrue: number;
  readonly jumpFalse: number;
  readonly k: number;
}

/** An instruction that has a name to be jumped to, and jumps by name; no name: on to the next one. */
interface Line {
  readonly name?: string;
  readonly code: number;
  readonly k: number;
  readonly jumpTrue?: string;
  readonly jumpFalse?: string;
}

const LOAD_WORD_AT = 0x20; // BPF_LD | BPF_W | BPF_ABS
const LOAD_HALF_AT = 0x28; // BPF_LD | BPF_H | BPF_ABS
const LOAD_BYTE_AT = 0x30; // BPF_LD | BPF_B | BPF_ABS
const LOAD_HALF_BEHIND_X = 0x48; // BPF_LD | BPF_H | BPF_IND
const LOAD_BYTE_BEHIND_X = 0x50; // BPF_LD | BPF_B | BPF_IND
const LOAD_X_HEADER_BYTES = 0xb1; // BPF_LDX | BPF_B | BPF_MSH
const JUMP_IF_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
const JUMP_IF_SET = 0x45; // BPF_JMP | BPF_JSET | BPF_K
const RETURN = 0x06; // BPF_RET | BPF_K

// What the kernel knows of a frame besides its bytes (linux/filter.h, SKF_AD_…): a VLAN's tag is taken off before a tap.
const VLAN_TAG_IS_PRESENT = 0xff_ff_f0_00 + 48;
const VLAN_TAG = 0xff_ff_f0_00 + 44;
const VLAN_ID_BITS = 0x0f_ff;

const ETHERTYPE_AT = 12;
const IP_AT = 14;
const ARP_OPERATION_AT = 20;
const ARP_REPLY = 2;
const IP_FRAGMENT_AT = IP_AT + 6;
const FRAGMENT_OFFSET_BITS = 0x1f_ff;
const IP_PROTOCOL_AT = IP_AT + 9;
/** Behind the IP header, whose length is in X. */
const ICMP_TYPE_AT = IP_AT;
const ICMP_ID_AT = IP_AT + 4;
/** Of the request that a router quotes; ours have no IP options. */
const QUOTED_ID_AT = ICMP_ID_AT + ICMP_HEADER_BYTES + IP_HEADER_BYTES;
const WHOLE_FRAME = 0xff_ff;

/** Passes echoes with this id only. Frames of another VLAN are left to the tap of that VLAN's own link. */
export function tapFilter(echoId: number): readonly Instruction[] {
  return assemble([
    { code: LOAD_WORD_AT, k: VLAN_TAG_IS_PRESENT },
    { code: JUMP_IF_EQUAL, k: 0, jumpTrue: 'untagged' },
    { code: LOAD_WORD_AT, k: VLAN_TAG },
    { code: JUMP_IF_SET, k: VLAN_ID_BITS, jumpTrue: 'drop' },
    { name: 'untagged', code: LOAD_HALF_AT, k: ETHERTYPE_AT },
    { code: JUMP_IF_EQUAL, k: ETHERTYPE_EXPERIMENTAL, jumpTrue: 'pass' },
    { code: JUMP_IF_EQUAL, k: ETHERTYPE_IPV4, jumpTrue: 'ipv4' },
    { code: JUMP_IF_EQUAL, k: ETHERTYPE_ARP, jumpFalse: 'drop' },
    { code: LOAD_HALF_AT, k: ARP_OPERATION_AT },
    { code: JUMP_IF_EQUAL, k: ARP_REPLY, jumpTrue: 'pass', jumpFalse: 'drop' },
    { name: 'ipv4', code: LOAD_BYTE_AT, k: IP_PROTOCOL_AT },
    { code: JUMP_IF_EQUAL, k: PROTOCOL_ICMP, jumpFalse: 'drop' },
    { code: LOAD_HALF_AT, k: IP_FRAGMENT_AT },
    { code: JUMP_IF_SET, k: FRAGMENT_OFFSET_BITS, jumpTrue: 'drop' },
    { code: LOAD_X_HEADER_BYTES, k: IP_AT },
    { code: LOAD_BYTE_BEHIND_X, k: ICMP_TYPE_AT },
    { code: JUMP_IF_EQUAL, k: ECHO_REPLY, jumpTrue: 'echo' },
    { code: JUMP_IF_EQUAL, k: ECHO_REQUEST, jumpTrue: 'echo' },
    { code: JUMP_IF_EQUAL, k: TIME_EXCEEDED, jumpFalse: 'drop' },
    { code: LOAD_HALF_BEHIND_X, k: QUOTED_ID_AT },
    { code: JUMP_IF_EQUAL, k: echoId, jumpTrue: 'pass', jumpFalse: 'drop' },
    { name: 'echo', code: LOAD_HALF_BEHIND_X, k: ICMP_ID_AT },
    { code: JUMP_IF_EQUAL, k: echoId, jumpTrue: 'pass', jumpFalse: 'drop' },
    { name: 'pass', code: RETURN, k: WHOLE_FRAME },
    { name: 'drop', code: RETURN, k: 0 },
  ]);
}

/** Names become distances, counted from the next instruction. */
function assemble(lines: readonly Line[]): readonly Instruction[] {
  const distance = (from: number, name: string | undefined): number =>
    name === undefined ? 0 : lines.findIndex((line) => line.name === name) - from - 1;
  return lines.map(({ code, k, jumpTrue, jumpFalse }, at) => ({
    code,
    k,
    jumpTrue: distance(at, jumpTrue),
    jumpFalse: distance(at, jumpFalse),
  }));
}

/** The program as the kernel wants it: `struct sock_filter[]`, 8 bytes each, little endian or big as the host is. */
export function encodeFilter(program: readonly Instruction[], isLittleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(program.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [index, step] of program.entries()) {
    view.setUint16(index * 8, step.code, isLittleEndian);
    view.setUint8(index * 8 + 2, step.jumpTrue);
    view.setUint8(index * 8 + 3, step.jumpFalse);
    view.setUint32(index * 8 + 4, step.k, isLittleEndian);
  }
  return bytes;
}
