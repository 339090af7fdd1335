// The classic BPF program of a parent's tap: ARP replies and our own experimental frames, and nothing else, so that a
// busy parent costs nothing (bpf(4); Linux net/core/filter.c).
import { ETHERTYPE_ARP, ETHERTYPE_EXPERIMENTAL } from './ethernet.js';

/** One instruction of `struct sock_filter`. */
export interface Instruction {
  readonly code: number;
  readonly jumpTrue: number;
  readonly jumpFalse: number;
  readonly k: number;
}

const LOAD_HALF_AT = 0x28; // BPF_LD | BPF_H | BPF_ABS
const JUMP_IF_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
const RETURN = 0x06; // BPF_RET | BPF_K

const ETHERTYPE_OFFSET = 12;
const ARP_OPERATION_OFFSET = 20;
const ARP_REPLY = 2;
const WHOLE_FRAME = 0xff_ff;

function instruction(code: number, k: number, jumpTrue = 0, jumpFalse = 0): Instruction {
  return { code, jumpTrue, jumpFalse, k };
}

export const TAP_FILTER: readonly Instruction[] = [
  instruction(LOAD_HALF_AT, ETHERTYPE_OFFSET),
  instruction(JUMP_IF_EQUAL, ETHERTYPE_EXPERIMENTAL, 3, 0),
  instruction(JUMP_IF_EQUAL, ETHERTYPE_ARP, 0, 3),
  instruction(LOAD_HALF_AT, ARP_OPERATION_OFFSET),
  instruction(JUMP_IF_EQUAL, ARP_REPLY, 0, 1),
  instruction(RETURN, WHOLE_FRAME),
  instruction(RETURN, 0),
];

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
