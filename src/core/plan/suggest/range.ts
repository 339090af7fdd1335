// Which block of a subnet a network could hand out without running into anybody, and which address a shim of the host's could have.
import {
  contains,
  covers,
  ipv4FromNumber,
  ipv4Range,
  networkOf,
  overlaps,
  parseCidr,
  usableRange,
} from '../../derive/addressing/subnets.js';
import { handoutRange } from '../../derive/engine-networks/handouts.js';

/** What is known of a subnet. */
export interface Ground {
  readonly subnet: string;
  /** Addresses that somebody has, or may have. */
  readonly taken: ReadonlySet<string>;
  /** Prefixes that others hand out, or that lead elsewhere. */
  readonly others: readonly string[];
  /** Prefixes that were asked through: nothing is suggested outside; absent where nobody was asked. */
  readonly asked?: readonly string[];
}

/** So few are handed out where nobody plans more. */
const LEAST = 8;
/** A range this small is no use to anybody. */
const SMALLEST = 4;
/** What is looked at address by address has no more than so many. */
const WIDEST = 16;
/** Further down nobody looks. */
const MOST_LOOKED_AT = 65_536;

/**
 * An aligned block with room for more than `containers`: what was `wanted` where that is free, else the highest one, since
 * engines and DHCP servers begin at the bottom.
 */
export function freeBlock(ground: Ground, containers: number, wanted = ''): string | undefined {
  const own = parseCidr(wanted)?.text;
  if (own !== undefined && isAskedFor(own, ground) && isFree(own, ground, containers)) return own;
  const needed = 2 ** Math.ceil(Math.log2(containers + 1));
  for (let size = Math.max(LEAST, needed); size >= Math.max(SMALLEST, needed); size /= 2) {
    const free = blocksOf(ground, size).filter((block) => isFree(block, ground, containers));
    // With an end of the subnet in it, a block is a little smaller than it looks.
    const block = free.find((one) => usableIn(one, ground).length === size) ?? free[0];
    if (block !== undefined) return block;
  }
  return undefined;
}

/** The highest address outside the block that is nobody's; where there is none, the last one of the block itself. */
export function shimAddress(ground: Ground, block: string): string | undefined {
  const range = usableRange(ground.subnet);
  if (range === undefined) return undefined;
  const lowest = Math.max(range.first, range.last - MOST_LOOKED_AT);
  for (let value = range.last; value >= lowest; value -= 1) {
    const ip = ipv4FromNumber(value);
    if (!contains(block, ip) && isNobodys(ip, ground)) return ip;
  }
  return usableIn(block, ground).at(-1);
}

/** From the top down. */
function blocksOf({ subnet, asked = [subnet] }: Ground, size: number): string[] {
  const prefixlen = 32 - Math.log2(size);
  return asked
    .filter((area) => covers(subnet, area) && (parseCidr(area)?.prefixlen ?? 32) <= prefixlen)
    .flatMap((area) => {
      const { first, last } = ipv4Range(area) ?? { first: 0, last: -1 };
      const count = Math.min(last - first + 1, MOST_LOOKED_AT) / size;
      return Array.from({ length: count }, (_, at) =>
        networkOf(ipv4FromNumber(last - at * size), prefixlen),
      );
    });
}

function isFree(block: string, ground: Ground, containers: number): boolean {
  if ((parseCidr(block)?.prefixlen ?? 0) < WIDEST) return false;
  const usable = usableIn(block, ground);
  return (
    usable.length > containers &&
    !ground.others.some((one) => overlaps(one, block)) &&
    !usable.some((ip) => ground.taken.has(ip))
  );
}

function isAskedFor(range: string, { subnet, asked = [subnet] }: Ground): boolean {
  return asked.some((one) => covers(one, range));
}

function isNobodys(ip: string, ground: Ground): boolean {
  const { taken, others } = ground;
  return isAskedFor(ip, ground) && !taken.has(ip) && !others.some((one) => contains(one, ip));
}

/** Never the subnet's own first and last address. */
function usableIn(block: string, { subnet }: Ground): string[] {
  const range = handoutRange({ subnet, ipRange: block });
  if (range === undefined) return [];
  const { first, last } = range;
  return Array.from({ length: last - first + 1 }, (_, at) => ipv4FromNumber(first + at));
}
