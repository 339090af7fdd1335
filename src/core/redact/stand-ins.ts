// All stand-ins of one case: what each original is called instead, and back.
import {
  bitsOf,
  bitsOfHex,
  bytesOf,
  BitWalk,
  FREE,
  hexOf,
  type Way,
} from './addresses/bit-walk.js';
import { addressSpans, replaceSpans } from './prose/find-addresses.js';
import { pastedSpans, type Finding } from './prose/as-pasted.js';
import { alikeIn } from './prose/alike.js';
import { clippedSpans } from './prose/clipped.js';
import { inQuotes, inStrings, unmoving } from './prose/as-written.js';
import { NameFinder, type Span } from './prose/find-names.js';
import { KnownForms } from './prose/known-forms.js';
import { type HostPart, IpMap, Ipv4Map, Ipv6Map } from './addresses/ip-map.js';
import { macBytes, MacMap, macText } from './addresses/mac-map.js';
import type { CaseMemory } from '../../model/case-memory.js';
import type { Mapper } from './mapper.js';
import { isAddress } from './names/name-all.js';
import { isDropped } from './names/stand-in.js';
import type { Prf } from './prf.js';

const HOSTS: Readonly<Record<CaseMemory['mode'], HostPart>> = { prefix: 'kept', strict: 'mapped' };

export class StandIns {
  readonly memory: CaseMemory;
  readonly #ips: IpMap;
  readonly #macs: MacMap;
  readonly #ipv4: Ipv4Map;
  readonly #digits: BitWalk;
  readonly #told: ReadonlySet<string>;
  readonly #former: ReadonlyMap<string, string>;
  readonly #ids: Readonly<Record<Way, ReadonlySet<string>>>;
  readonly #back: readonly (readonly [standIn: string, name: string])[];
  readonly #finders: Readonly<Record<Way, NameFinder>>;
  /** Made when they are first asked for. */
  readonly #forms: Partial<Record<Way, KnownForms>> = {};
  readonly #mappers: Readonly<Record<Way, Mapper>>;

  constructor(memory: CaseMemory, prf: Prf) {
    const { subnets, mode, addresses = [], former = [] } = memory;
    const hosts = HOSTS[mode];
    this.#told = new Set(addresses);
    this.#former = new Map(former.map(([address, standIn]) => [standIn, address]));
    this.memory = memory;
    this.#ipv4 = new Ipv4Map(prf, subnets, hosts);
    this.#macs = new MacMap(prf, this.#ipv4);
    const ipv6 = new Ipv6Map(prf, { subnets, hosts, ipv4: this.#ipv4, macs: this.#macs });
    this.#ips = new IpMap({ inet: this.#ipv4, inet6: ipv6 });
    this.#digits = new BitWalk(prf, 'id');
    const { names, ids } = memory;
    this.#ids = {
      out: new Set(ids.map((id) => id.slice(0, SHORT_ID))),
      back: new Set(ids.map((id) => this.#id(id, 'out').slice(0, SHORT_ID))),
    };
    this.#back = turned(names);
    this.#finders = { out: new NameFinder(names), back: new NameFinder(this.#back) };
    this.#mappers = { out: this.#mapper('out'), back: this.#mapper('back') };
  }

  /** Puts stand-ins in the place of originals, or originals in the place of stand-ins. */
  mapper(way: Way): Mapper {
    return this.#mappers[way];
  }

  /** Whether a translation would find a name that a text speaks of. */
  areNamedIn(text: string): boolean {
    return pastedSpans(text, (part) => this.#names(part, 'back'), NOTHING).length > 0;
  }

  /** What somebody pasted, with originals in the place of stand-ins. */
  readBack(text: string): string {
    const names: Finding = (part) => [
      ...this.#names(part, 'back'),
      ...clippedSpans(part, this.#back),
    ];
    const others: Finding = (part) => this.#addresses(part, 'back');
    const read = (part: string): string => inQuotes(part, pastedSpans(part, names, others));
    return unmoving(inStrings(text, read));
  }

  #names(text: string, way: Way): Span[] {
    return this.#finders[way].spans(text);
  }

  #addresses(text: string, way: Way): Span[] {
    const mapper = this.#mappers[way];
    const ids = this.#ids[way];
    const id = (digits: string): string =>
      ids.has(digits.slice(0, SHORT_ID)) ? mapper.id(digits) : digits;
    this.#forms[way] ??= new KnownForms(alikeIn(this.memory, this.#mappers.out, way));
    return [...addressSpans(text, { ...mapper, id }), ...this.#forms[way].spans(text)];
  }

  #mapper(way: Way): Mapper {
    const known = new Map(way === 'out' ? this.memory.names : this.#back);
    return {
      name: (_kind, name) =>
        known.get(name) ??
        this.#ips.ip(name, way) ??
        (isAddress(name) ? this.#hardware(name, way) : name),
      isName: (text) => known.has(text),
      ip: remembered((text) => this.#formerly(text, way) ?? this.#ips.ip(text, way) ?? text),
      cidr: remembered((text) => this.#cidr(text, way) ?? text),
      mac: remembered((text) => this.#hardware(text, way)),
      id: (digits) => this.#id(digits, way),
      link: (_name, other) => other,
      word: (text) => text,
      prose: (text) =>
        replaceSpans(text, [...this.#names(text, way), ...this.#addresses(text, way)]),
    };
  }

  /** Whose stand-in it was, unless somebody else is called so now. */
  #formerly(standIn: string, way: Way): string | undefined {
    const address = way === 'back' ? this.#former.get(standIn) : undefined;
    if (address === undefined) return undefined;
    const now = this.#ips[standIn.includes('/') ? 'cidr' : 'ip'](standIn, way);
    return this.#told.has(now ?? '') ? undefined : address;
  }

  #cidr(text: string, way: Way): string | undefined {
    const whole = this.#formerly(text, way);
    if (whole !== undefined) return whole;
    const [head = '', tail = ''] = text.split('/');
    const address = this.#formerly(head, way);
    return address === undefined ? this.#ips.cidr(text, way) : `${address}/${tail}`;
  }

  #id(digits: string, way: Way): string {
    return hexOf(this.#digits.walk(bitsOfHex(digits), way, FREE));
  }

  /** Tunnels have an IP address for their hardware address, InfiniBand twenty bytes. */
  #hardware(text: string, way: Way): string {
    const bytes = macBytes(text);
    if (bytes !== undefined) return macText(this.#macs.bytes(bytes, way), text);
    if (!/^[\da-f]{2}(?::[\da-f]{2}){0,31}$/iu.test(text)) return this.#ips.ip(text, way) ?? text;
    const all = text.split(':').map((byte) => Number.parseInt(byte, 16));
    if (all.length === 4) return macText(bytesOf(this.#ipv4.bits(bitsOf(all), way)), text);
    return macText(bytesOf(this.#digits.walk(bitsOf(all), way, FREE)), text);
  }
}

const NOTHING: Finding = () => [];

/** An address stands in a snapshot many times. */
function remembered(answer: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const value = known.get(text) ?? answer(text);
    known.set(text, value);
    return value;
  };
}

/** What engines print where a whole id is too long. */
const SHORT_ID = 12;

/** Back to a name leads only what one name alone is called. */
function turned(
  names: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
  const count = new Map<string, number>();
  for (const [, other] of names) count.set(other, (count.get(other) ?? 0) + 1);
  return names
    .filter(([, other]) => count.get(other) === 1 && !isDropped(other))
    .map(([name, other]) => [other, name] as const);
}
