// IPv4 arithmetic of the practice LANs: which subnets they may use, and the n-th address of one.
import type { Draw } from './random.js';
import type { Subnet } from './plan.js';

/** Dotted quad of a number. */
export function ipv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}

export function cidrOf({ base, prefixlen }: Subnet): string {
  return `${ipv4(base)}/${prefixlen}`;
}

/** How many addresses a host may have in it. */
export function sizeOf({ prefixlen }: Subnet): number {
  return 2 ** (32 - prefixlen) - 2;
}

/** The n-th usable address, from 1; negative numbers count from the end. */
export function hostAddress(subnet: Subnet, number: number): string {
  const offset = number > 0 ? number : sizeOf(subnet) + 1 + number;
  return ipv4(subnet.base + offset);
}

/** The documentation networks of RFC 5737, and the private ones of RFC 1918 that people have at home. */
function candidates(draw: Draw): Subnet[] {
  const network = (octets: readonly [number, number, number], prefixlen: number): Subnet => ({
    base: ((octets[0] << 24) | (octets[1] << 16) | (octets[2] << 8)) >>> 0,
    prefixlen,
  });
  return [
    network([192, 0, 2], 24),
    network([198, 51, 100], 24),
    network([203, 0, 113], 24),
    network([192, 168, draw.between(1, 254)], 24),
    network([10, draw.between(0, 255), draw.between(0, 255)], 24),
    network([10, draw.between(0, 255), draw.between(0, 63) * 4], 22),
  ];
}

/** `count` subnets without overlap, each with room for `stations`. */
export function drawSubnets(draw: Draw, count: number, stations: number): readonly Subnet[] {
  const roomy = (subnet: Subnet): Subnet[] => {
    if (sizeOf(subnet) >= stations) return [subnet];
    return subnet.base >>> 24 === 10
      ? [{ base: (subnet.base & 0xff_ff_fc_00) >>> 0, prefixlen: 22 }]
      : [];
  };
  const isApart = (a: Subnet, b: Subnet): boolean => a.base >>> 10 !== b.base >>> 10;
  const chosen: Subnet[] = [];
  while (chosen.length < count) {
    const fit = draw
      .shuffled(candidates(draw).flatMap(roomy))
      .find((subnet) => chosen.every((other) => isApart(subnet, other)));
    if (fit !== undefined) chosen.push(fit);
  }
  return chosen;
}
