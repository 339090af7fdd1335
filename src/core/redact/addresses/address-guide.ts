// Which bits of an address stay: those that lead to a range with a meaning of its own, and those that say which host of a known
// subnet it is.
import type { Bit, Guide } from './bit-walk.js';
import { isOnTheWay, type Branch } from './prefix-tree.js';

const BITS = [0, 1] as const;

/** `same`: every address in it stays what it is (loopback, multicast). `class`: addresses stay in it. */
export type RangeMark = 'same' | 'class';

/** The subnets and ranges that steer the walks of one family. */
export interface Terrain {
  readonly ranges: Branch<RangeMark>;
  readonly subnets: Branch<true>;
  /** Prefix lengths from which on bits stay in a known subnet; further up only all zeros and all ones do. */
  readonly hosts: HostBits;
}

export interface HostBits {
  /** Whatever was before them. */
  readonly from: number;
  /** Only where all bits of the subnet before them were zero: small numbers, not what a host made up. */
  readonly smallFrom: number;
}

/**
 * In a known subnet the way to the first and to the last address is never left: network, broadcast, .1 and .254 stay what
 * they are, in every mode.
 */
export class AddressGuide implements Guide {
  #range: Branch<RangeMark> | undefined;
  #subnet: Branch<true> | undefined;
  readonly #hosts: HostBits;
  #depth = 0;
  #isSame = false;
  #isInSubnet = false;
  #isKept = false;
  /** All bits since some known subnet began were zero, or one. */
  #isZero = false;
  #isOnes = false;

  constructor({ ranges, subnets, hosts }: Terrain) {
    this.#range = ranges;
    this.#subnet = subnets;
    this.#hosts = hosts;
    this.#arrive();
  }

  isPinned(): boolean {
    if (this.#isSame || this.#isKept || isOnTheWay(this.#range)) return true;
    return this.#isZero || this.#isOnes;
  }

  /** A known subnet begins behind the next bit: from there on its hosts stay what they are. */
  isLast(): boolean {
    return !this.#isInSubnet && BITS.some((bit) => this.#subnet?.[bit]?.mark === true);
  }

  step(real: Bit): void {
    this.#range = this.#range?.[real];
    this.#subnet = this.#subnet?.[real];
    if (real === 1) this.#isZero = false;
    else this.#isOnes = false;
    this.#depth += 1;
    this.#arrive();
  }

  #arrive(): void {
    this.#isSame ||= this.#range?.mark === 'same';
    if (this.#subnet?.mark === true) {
      this.#isInSubnet = true;
      this.#isZero = true;
      this.#isOnes = true;
    }
    if (!this.#isInSubnet) return;
    const { from, smallFrom } = this.#hosts;
    this.#isKept ||= this.#depth >= from || (this.#depth >= smallFrom && this.#isZero);
  }
}
