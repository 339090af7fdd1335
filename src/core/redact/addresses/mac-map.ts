// Stand-ins for MACs: group and local bits stay, vendors of virtual cards stay, and Docker's 02:42 is followed by its IPv4 address.
import { VENDOR_PARTS } from '../../derive/platform/signs.js';
import {
  bitsOf,
  bitsOfHex,
  hexOf,
  BitWalk,
  FREE,
  bytesOf,
  type Bit,
  type Guide,
  type Way,
} from './bit-walk.js';
import type { Ipv4Map } from './ip-map.js';
import { type Branch, isOnTheWay, treeOf } from './prefix-tree.js';
import type { Prf } from '../prf.js';

/** MACs of virtual routers: VRRP (RFC 9568), HSRP and GLBP. They tell a group's number, and no card. */
const ROUTERS = [
  '00:00:5e:00:01',
  '00:00:5e:00:02',
  '00:00:0c:07:ac',
  '00:00:0c:9f:f',
  '00:07:b4:00',
];
/** Docker's own: four bytes of IPv4 address follow, or, on its bridges, four random ones. */
const DOCKER = bitsOf([0x02, 0x42]);
/** First bits after 02:42 that no address of a container has. */
const NO_ADDRESS = ['00', '7f', 'e'];
const NOBODY = '00:00:00:00:00:00';
/** Groups by which an IPv6 address is asked for (RFC 4291, RFC 2464): the last 24 bits are the address's own. */
const SOLICITED = [0x33, 0x33, 0xff];

type Mark = 'same' | 'class';

const RANGES: Branch<Mark> = treeOf([
  ...[...VENDOR_PARTS.keys(), '02:42', ...NO_ADDRESS.map((start) => `02:42:${start}`)].map(
    (part) => [leading(part), 'class'] as const,
  ),
  ...[...ROUTERS, NOBODY].map((part) => [leading(part), 'same'] as const),
]);

/** Each digit is four bits; `e` above stands for its first three. */
function leading(part: string): Bit[] {
  const bits = bitsOfHex(part.replaceAll(':', ''));
  return part === '02:42:e' ? bits.slice(0, -1) : bits;
}

export class MacMap {
  readonly #walk: BitWalk;
  readonly #solicited: BitWalk;
  readonly #ipv4: Ipv4Map;

  constructor(prf: Prf, ipv4: Ipv4Map) {
    this.#walk = new BitWalk(prf, 'mac');
    this.#solicited = new BitWalk(prf, 'solicited');
    this.#ipv4 = ipv4;
  }

  /** Six bytes to six bytes. */
  bytes(mac: readonly number[], way: Way): number[] {
    const bits = bitsOf(mac);
    if (SOLICITED.every((byte, at) => mac[at] === byte)) {
      return bytesOf([...bits.slice(0, 24), ...this.#solicited.walk(bits.slice(24), way, FREE)]);
    }
    if (isGroup(mac)) return [...mac];
    const isOfDocker = DOCKER.every((bit, at) => bits[at] === bit);
    if (isOfDocker && hasAddress(mac[2] ?? 0)) {
      return bytesOf([...DOCKER, ...this.#ipv4.bits(bits.slice(16), way)]);
    }
    return bytesOf(this.#walk.walk(bits, way, new MacGuide()));
  }
}

function isGroup([first = 0]: readonly number[]): boolean {
  return (first & 1) === 1;
}

function hasAddress(byte: number): boolean {
  return byte !== 0 && byte !== 0x7f && byte < 0xe0;
}

/** Of the first byte, the last two bits: locally administered, and group. */
const MEANT = new Set([6, 7]);

class MacGuide implements Guide {
  #range: Branch<Mark> | undefined = RANGES;
  #depth = 0;
  #isSame = false;

  isPinned(): boolean {
    return this.#isSame || MEANT.has(this.#depth) || isOnTheWay(this.#range);
  }

  isLast(): boolean {
    return false;
  }

  step(real: Bit): void {
    this.#range = this.#range?.[real];
    this.#isSame ||= this.#range?.mark === 'same';
    this.#depth += 1;
  }
}

/** Six bytes in one of the ways in which MACs are written, each with its own separator; undefined for anything else. */
export function macBytes(text: string): number[] | undefined {
  const isMac =
    /^(?:[\da-f]{2}(?:(?:[:-][\da-f]{2}){5}|[\da-f]{10})|[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4})$/iu;
  if (!isMac.test(text)) return undefined;
  const digits = text.replaceAll(/[^\da-f]/giu, '');
  return [0, 2, 4, 6, 8, 10].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
}

/** The bytes, written as `like` is: its separators and its case. */
export function macText(bytes: readonly number[], like: string): string {
  const digits = hexOf(bitsOf(bytes));
  const isUpper = /[A-F]/u.test(like) && !/[a-f]/u.test(like);
  let at = 0;
  const text = like.replaceAll(/[\da-f]/giu, () => digits[at++] ?? '');
  return isUpper ? text.toUpperCase() : text;
}
