// What of a tool's JSON may go into a bundle: numbers and switches, and of its texts those that are listed here. What a person wrote as a
// remark (`ifalias`), and whatever a later version of the tool may add, stays out.
import type { Mask, MaskedField } from './mask.js';
import type { Said } from './section.js';

/** Keys of iproute2's JSON whose texts are names of links. */
const LINKS = 'ifname link master dev oif iif iifname oifname';
/** An address, a MAC, a prefix; or a word for one of its own, such as `default`. */
const ADDRESSES =
  'address broadcast permaddr lladdr local peer dst src gateway via from prefsrc mac nexthop';
/** Words of the kernel's. */
const WORDS = `flags operstate linkmode link_type qdisc info_kind info_slave_kind mode vlan_mode xmit_hash_policy state family
  type metric vlan`;

type Kind = MaskedField | 'word';

const TEXTS: ReadonlyMap<string, Kind> = new Map(
  (
    [
      [LINKS, 'link'],
      ['label', 'label'],
      [ADDRESSES, 'address'],
      [WORDS, 'word'],
    ] as const
  ).flatMap(([keys, kind]) => keys.split(/\s+/u).map((key) => [key, kind] as const)),
);

/**
 * Keys whose numbers the tool turns into words that whoever runs the host may have written (`rt_tables`, `rt_protos`,
 * `rt_scopes`, `rt_dsfield` and `group` of iproute2, ip-route(8)): only the words that it brings along.
 */
const CLOSED: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    table: 'main local default unspec',
    scope: 'global link host site nowhere',
    group: 'default',
    protocol: `unspec redirect kernel boot static gated ra mrt zebra bird dnrouted xorp ntk dhcp mrouted keepalived babel
      ovn openr bgp isis ospf rip eigrp`,
    tos: '',
  }).map(([key, words]) => [key, new Set(words.split(/\s+/u))] as const),
);

/** As it may be told, and the words in it that are the tool's own. */
export function projectedText(value: unknown, mask: Pick<Mask, 'field'>): Said {
  const projection = new Projection(mask);
  const text = `${JSON.stringify(projection.of(value), undefined, 1)}\n`;
  return { text, words: projection.words };
}

interface Place {
  readonly key: string;
  /** Of the prefix whose address stands there. */
  readonly length?: unknown;
}

export class Projection {
  /** In lower case. */
  readonly words = new Set<string>();
  readonly #mask: Pick<Mask, 'field'>;

  constructor(mask: Pick<Mask, 'field'>) {
    this.#mask = mask;
  }

  /** The same value with only what is listed, and stand-ins; undefined where nothing is left. */
  of(value: unknown, place?: Place): unknown {
    if (typeof value === 'string') return place && this.#text(value, place);
    if (Array.isArray(value)) {
      return value.map((one) => this.of(one, place)).filter((one) => one !== undefined);
    }
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value).filter(([key]) => isKey(key));
    const kept = fields.flatMap(([key, one]) => {
      const other = this.of(one, placeIn(value, key));
      if (other === undefined) return [];
      this.#own(key);
      return [[key, other] as const];
    });
    return Object.fromEntries(kept);
  }

  #text(text: string, { key, length }: Place): string | undefined {
    const words = CLOSED.get(key);
    if (words !== undefined) {
      return words.has(text) || /^(?:\d+|0x[\da-f]+)$/u.test(text) ? this.#own(text) : undefined;
    }
    const kind = TEXTS.get(key);
    if (kind === undefined || LONG_HARDWARE_ADDRESS.test(text)) return undefined;
    if (kind === 'word' || OWN_ADDRESSES.has(text)) return this.#own(text);
    if (typeof length !== 'number') return this.#mask.field(kind, text);
    return this.#mask.field(kind, `${text}/${length}`)?.split('/')[0];
  }

  #own(text: string): string {
    for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) this.words.add(word);
    return text;
  }
}

/** The length of a prefix stands beside its address (ip-rule(8)). */
const LENGTHS: ReadonlyMap<string, string> = new Map([
  ['src', 'srclen'],
  ['dst', 'dstlen'],
]);

function placeIn(value: object, key: string): Place {
  const length = LENGTHS.get(key);
  return length === undefined ? { key } : { key, length: Reflect.get(value, length) as unknown };
}

/** What stands where an address would. */
const OWN_ADDRESSES: ReadonlySet<string> = new Set(['default', 'all', 'any']);

/** InfiniBand and its like: the search for what slipped through knows MACs of six bytes. */
const LONG_HARDWARE_ADDRESS = /^(?:[\da-f]{2}[:-]){6,}[\da-f]{2}$/iu;

/** A key is the tool's own word, never something that was found. */
function isKey(name: string): boolean {
  return /^[\w-]{1,40}$/.test(name);
}
