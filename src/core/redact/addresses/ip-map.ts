// Stand-ins for IP addresses of both families. What an IPv6 address is made of (a MAC, an IPv4 address) follows its own stand-in.
import { AddressGuide, type HostBits, type Terrain } from './address-guide.js';
import { bitsOf, BitWalk, bytesOf, type Bit, type Way } from './bit-walk.js';
import { ipBits, ipText, prefixBits } from './ip-bits.js';
import type { MacMap } from './mac-map.js';
import type { Prf } from '../prf.js';
import { treeOf } from './prefix-tree.js';
import { type IpFamily, RANGES } from './ranges.js';

/** How much of an address stays that says which host of its subnet it is. */
export type HostPart = 'kept' | 'mapped';

const NEVER = 129;

/**
 * Kept in IPv4 where the subnet is no wider than a /8. In IPv6 only small numbers are (`::10`): what a host made up of its
 * MAC or by chance tells the host apart from all others in the world.
 */
const HOSTS: Readonly<Record<HostPart, Readonly<Record<IpFamily, HostBits>>>> = {
  kept: {
    inet: { from: 8, smallFrom: NEVER },
    inet6: { from: NEVER, smallFrom: 112 },
  },
  mapped: {
    inet: { from: NEVER, smallFrom: NEVER },
    inet6: { from: NEVER, smallFrom: NEVER },
  },
};

export class Ipv4Map {
  readonly #walk: BitWalk;
  readonly #terrain: Terrain;

  constructor(prf: Prf, subnets: readonly string[], hosts: HostPart) {
    this.#walk = new BitWalk(prf, 'ipv4');
    this.#terrain = terrainOf('inet', subnets, hosts);
  }

  /** The first bits of an address, or all of them. */
  bits(bits: readonly Bit[], way: Way): Bit[] {
    return this.#walk.walk(bits, way, new AddressGuide(this.#terrain));
  }
}

export class Ipv6Map {
  readonly #walk: BitWalk;
  readonly #terrain: Terrain;
  readonly #ipv4: Ipv4Map;
  readonly #macs: MacMap;

  constructor(
    prf: Prf,
    given: {
      readonly subnets: readonly string[];
      readonly hosts: HostPart;
      readonly ipv4: Ipv4Map;
      readonly macs: MacMap;
    },
  ) {
    this.#walk = new BitWalk(prf, 'ipv6');
    this.#terrain = terrainOf('inet6', given.subnets, given.hosts);
    this.#ipv4 = given.ipv4;
    this.#macs = given.macs;
  }

  bits(bits: readonly Bit[], way: Way): Bit[] {
    const plain = this.#plain(bits, way);
    if (bits.length < 128) return plain;
    const made = this.#made(bits, plain, way);
    if (made !== undefined) return made;
    // An address that is made of nothing must not look as if it were: the walk goes on until it does not (a cycle ends).
    let other = plain;
    while (kindOf(other) !== undefined) other = this.#plain(other, way);
    return other;
  }

  #plain(bits: readonly Bit[], way: Way): Bit[] {
    return this.#walk.walk(bits, way, new AddressGuide(this.#terrain));
  }

  #made(bits: readonly Bit[], plain: readonly Bit[], way: Way): Bit[] | undefined {
    const kind = kindOf(bits);
    if (kind === undefined) return undefined;
    if (kind === 'same') return [...bits];
    if (kind === 'solicited') {
      const group = this.#macs.bytes([0x33, 0x33, 0xff, ...bytesOf(bits.slice(104))], way);
      return [...bits.slice(0, 104), ...bitsOf(group.slice(3))];
    }
    if (kind === 'eui64') {
      const mac = this.#macs.bytes(macOfEui64(bytesOf(bits.slice(64))), way);
      return [...plain.slice(0, 64), ...bitsOf(eui64OfMac(mac))];
    }
    return [...plain.slice(0, 80), ...bits.slice(80, 96), ...this.#ipv4.bits(bits.slice(96), way)];
  }
}

type Made =
  /** Multicast: its last bytes may look like anything. */
  | 'same'
  /** The group by which an address is asked for: its last 24 bits. */
  | 'solicited'
  /** RFC 4291, appendix A: the interface id is a MAC with ff:fe in the middle. */
  | 'eui64'
  /** The last four bytes are an IPv4 address: after Docker's 02:42, or in a range that embeds one. */
  | 'ipv4';

const WITH_IPV4 = ['::ffff:0:0/96', '64:ff9b::/96', '::ffff:0:0:0/96'].map((cidr) =>
  prefixBits(cidr),
);
const MULTICAST = prefixBits('ff00::/8');
const SOLICITED = prefixBits('ff02::1:ff00:0/104');

function kindOf(bits: readonly Bit[]): Made | undefined {
  if (startsWith(bits, SOLICITED)) return 'solicited';
  if (startsWith(bits, MULTICAST)) return 'same';
  const bytes = bytesOf(bits);
  if (bytes[11] === 0xff && bytes[12] === 0xfe) return 'eui64';
  if (bytes[10] === 0x02 && bytes[11] === 0x42) return 'ipv4';
  return WITH_IPV4.some((prefix) => startsWith(bits, prefix)) ? 'ipv4' : undefined;
}

function startsWith(bits: readonly Bit[], prefix: readonly Bit[]): boolean {
  return prefix.every((bit, at) => bits[at] === bit);
}

/** The second bit of the first byte is turned over in between (RFC 4291). */
export function macOfEui64(bytes: readonly number[]): number[] {
  const [first = 0, second = 0, third = 0] = bytes;
  return [first ^ 0x02, second, third, ...bytes.slice(5)];
}

export function eui64OfMac(mac: readonly number[]): number[] {
  const [first = 0, second = 0, third = 0, ...rest] = mac;
  return [first ^ 0x02, second, third, 0xff, 0xfe, ...rest];
}

function terrainOf(family: IpFamily, subnets: readonly string[], hosts: HostPart): Terrain {
  const own = subnets.filter((cidr) => cidr.includes(':') === (family === 'inet6'));
  return {
    ranges: RANGES[family],
    subnets: treeOf(own.map((cidr) => [prefixBits(cidr), true] as const)),
    hosts: HOSTS[hosts][family],
  };
}

/** Both families by their text; prefixes whose host bits are clear stay such. */
export class IpMap {
  readonly #maps: Readonly<Record<IpFamily, Pick<Ipv4Map, 'bits'>>>;

  constructor(maps: Readonly<Record<IpFamily, Pick<Ipv4Map, 'bits'>>>) {
    this.#maps = maps;
  }

  /** Undefined for what is no address. */
  ip(text: string, way: Way): string | undefined {
    const bits = ipBits(text);
    return bits && ipText(this.#of(bits).bits(bits, way));
  }

  /** `ADDRESS/LENGTH`: with host bits it is an address, without them a prefix. */
  cidr(text: string, way: Way): string | undefined {
    const [head = '', tail = ''] = text.split('/');
    const bits = ipBits(head);
    if (bits === undefined || !/^\d{1,3}$/u.test(tail) || Number(tail) > bits.length)
      return undefined;
    const host = bits.slice(Number(tail));
    const isPrefix = host.length > 0 && host.every((bit) => bit === 0);
    const map = this.#of(bits);
    const other = isPrefix
      ? [...map.bits(bits.slice(0, Number(tail)), way), ...host]
      : map.bits(bits, way);
    return `${ipText(other)}/${tail}`;
  }

  #of(bits: readonly Bit[]): Pick<Ipv4Map, 'bits'> {
    return this.#maps[bits.length === 32 ? 'inet' : 'inet6'];
  }
}
