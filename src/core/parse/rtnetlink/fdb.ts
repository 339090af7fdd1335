// RTM_NEWNEIGH messages of family PF_BRIDGE: the receive filters of links and the tables of bridges, as `bridge fdb` shows.
import type { FdbEntry } from '../../../model/neighbour.js';
import { type LinkNames, nameOf } from './link.js';
import { attributes, dumpRequest, i32, payloadsOf, u16, u8 } from './message.js';
import { byText, colonHex } from './text.js';

const RTM_NEWNEIGH = 28;
const RTM_GETNEIGH = 30;
const NDMSG_BYTES = 12;
const PF_BRIDGE = 7;
const NDA_LLADDR = 2;

const STATES: Readonly<Record<number, string>> = {
  0x02: '',
  0x04: 'stale',
  0x40: 'static',
  0x80: 'permanent',
};
const FLAGS: readonly (readonly [number, string])[] = [
  [0x02, 'self'],
  [0x80, 'router'],
  [0x10, 'extern_learn'],
  [0x20, 'offload'],
  [0x40, 'sticky'],
];

/** Asks for the entries of every link of the namespace. */
export function fdbRequest(): Uint8Array {
  const header = new Uint8Array(NDMSG_BYTES);
  header[0] = PF_BRIDGE;
  return dumpRequest(RTM_GETNEIGH, header);
}

/** The entries of one dump, sorted by link name, then MAC. */
export function parseFdb(messages: readonly Uint8Array[], names: LinkNames): FdbEntry[] {
  return sortFdb(payloadsOf(messages, RTM_NEWNEIGH).flatMap((one) => readEntry(one, names)));
}

export function sortFdb(entries: readonly FdbEntry[]): FdbEntry[] {
  const key = (one: FdbEntry): string => `${one.ifname} ${one.mac} ${one.flags.join(' ')}`;
  return entries.toSorted((a, b) => byText(key(a), key(b)));
}

function readEntry(payload: Uint8Array, names: LinkNames): FdbEntry[] {
  const ifindex = i32(payload, 4);
  const mac = attributes(payload, NDMSG_BYTES).get(NDA_LLADDR);
  if (u8(payload) !== PF_BRIDGE || ifindex === undefined || !mac || mac.length === 0) return [];
  const state = u16(payload, 8) ?? 0;
  const flags = u8(payload, 10) ?? 0;
  return [
    {
      mac: colonHex(mac),
      ifname: nameOf(names, ifindex),
      flags: FLAGS.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name),
      state: STATES[state] ?? `state=0x${state.toString(16)}`,
    },
  ];
}
