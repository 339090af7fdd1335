// Stretches of addresses that nobody has.
import { ipv4FromNumber, type Ipv4Range } from './subnets.js';

/** The longest first. */
export function freeRuns({ first, last }: Ipv4Range, taken: ReadonlySet<string>): Ipv4Range[] {
  const runs: Ipv4Range[] = [];
  let start = first;
  for (let value = first; value <= last + 1; value += 1) {
    if (value <= last && !taken.has(ipv4FromNumber(value))) continue;
    if (value > start) runs.push({ first: start, last: value - 1 });
    start = value + 1;
  }
  return runs.toSorted((a, b) => b.last - b.first - (a.last - a.first) || a.first - b.first);
}

/** `192.0.2.7`, `192.0.2.64–192.0.2.90 (27)`. */
export function runText({ first, last }: Ipv4Range): string {
  if (first === last) return ipv4FromNumber(first);
  return `${ipv4FromNumber(first)}–${ipv4FromNumber(last)} (${(last - first + 1).toString()})`;
}
