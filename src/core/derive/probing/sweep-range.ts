// The addresses of a range that is asked through.
import type { SweepStep } from '../../../model/sweep.js';
import { ipv4FromNumber } from '../addressing/subnets.js';

/** Known ones included. */
export function sizeOf({ first, last }: Pick<SweepStep, 'first' | 'last'>): number {
  return last - first + 1;
}

/** Those that are asked for, in their order. */
export function* addressesOf({ first, last, known }: SweepStep): Generator<string> {
  for (let value = first; value <= last; value += 1) {
    const ip = ipv4FromNumber(value);
    if (!known.has(ip)) yield ip;
  }
}
