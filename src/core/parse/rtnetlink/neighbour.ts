// RTM_NEWNEIGH messages of the ARP and ND caches as neighbours (rtnetlink(7), neighbour.h), as iproute2 shows them.
import { type Neighbour, NUD_STATES, type NudState } from '../../../model/neighbour.js';
import { type LinkNames, nameOf } from './link.js';
import { attributes, dumpRequest, i32, payloadsOf, u16, u8 } from './message.js';
import { byText, colonHex, familyOf, ipText } from './text.js';

const RTM_NEWNEIGH = 28;
const RTM_GETNEIGH = 30;
const NDMSG_BYTES = 12;

const NDA_DST = 1;
const NDA_LLADDR = 2;

const NUD_NOARP = 0x40;
const NTF_PROXY = 0x08;
const NTF_EXT_LEARNED = 0x10;

/** Asks for the neighbours of every family. */
export function neighboursRequest(): Uint8Array {
  return dumpRequest(RTM_GETNEIGH, new Uint8Array(NDMSG_BYTES));
}

/**
 * The neighbours of one dump, sorted by link name, then address. As with `ip neigh`, entries that need no resolution
 * (NOARP: multicast, loopback) and those that never were looked for (NONE) are left out.
 */
export function parseNeighbours(messages: readonly Uint8Array[], names: LinkNames): Neighbour[] {
  return sortNeighbours(
    payloadsOf(messages, RTM_NEWNEIGH).flatMap((payload) => readNeighbour(payload, names)),
  );
}

export function sortNeighbours(neighbours: readonly Neighbour[]): Neighbour[] {
  const key = (one: Neighbour): string => `${one.dev} ${one.dst}`;
  return neighbours.toSorted((a, b) => byText(key(a), key(b)));
}

function readNeighbour(payload: Uint8Array, names: LinkNames): Neighbour[] {
  const ifindex = i32(payload, 4);
  const found = attributes(payload, NDMSG_BYTES);
  const dst = ipText(found.get(NDA_DST));
  const state = u16(payload, 8) ?? 0;
  if (familyOf(u8(payload)) === undefined || ifindex === undefined || dst === undefined) return [];
  if (!isShown(state, u8(payload, 10) ?? 0)) return [];
  const lladdr = found.get(NDA_LLADDR);
  return [
    {
      dst,
      dev: nameOf(names, ifindex),
      ...(lladdr && lladdr.length > 0 && { lladdr: colonHex(lladdr) }),
      state: stateNames(state),
    },
  ];
}

function isShown(state: number, flags: number): boolean {
  if ((flags & NTF_PROXY) !== 0) return false;
  return (state !== 0 && (state & ~NUD_NOARP) !== 0) || (flags & NTF_EXT_LEARNED) !== 0;
}

/** Bit n of ndm_state is the n-th name after `NONE`; the order is the one that iproute2 prints. */
const BITS: readonly (readonly [number, NudState])[] = [
  [0x01, 'INCOMPLETE'],
  [0x02, 'REACHABLE'],
  [0x04, 'STALE'],
  [0x08, 'DELAY'],
  [0x10, 'PROBE'],
  [0x20, 'FAILED'],
  [NUD_NOARP, 'NOARP'],
  [0x80, 'PERMANENT'],
];

function stateNames(state: number): NudState[] {
  const names = BITS.filter(([bit]) => (state & bit) !== 0).map(([, name]) => name);
  return names.length > 0 ? names : [NUD_STATES[0]];
}
