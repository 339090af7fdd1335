// Everything in a snapshot that names somebody, collected by the same readings that will replace it.
import type { Snapshot } from '../../model/snapshot.js';
import { addressSpans } from './prose/find-addresses.js';
import { ipBits } from './addresses/ip-bits.js';
import { macBytes } from './addresses/mac-map.js';
import type { Mapper } from './mapper.js';
import { SNAPSHOT } from './shapes/snapshot-shape.js';
import type { NameKind } from './names/stand-in.js';
import { READINGS } from './readings/readings.js';
import { textsIn } from './shapes/walk-shape.js';

export interface Originals {
  /** With all that each one is the name of. */
  readonly names: ReadonlyMap<string, ReadonlySet<NameKind>>;
  readonly ips: ReadonlySet<string>;
  /** With their length: a prefix may be called otherwise than its first address. */
  readonly cidrs: ReadonlySet<string>;
  readonly macs: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
  readonly links: ReadonlySet<string>;
  /** What is nobody's, and stays. */
  readonly words: ReadonlySet<string>;
}

export function originalsOf(snapshot: Snapshot): Originals {
  const names = new Map<string, Set<NameKind>>();
  const [ips, cidrs, macs] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const [ids, links, words] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const kept = (into: Set<string>) => (text: string) => {
    into.add(text);
    return text;
  };
  const ip = (text: string): string => (ipBits(text) === undefined ? text : kept(ips)(text));
  const mapper: Mapper = {
    name(kind, name) {
      names.set(name, (names.get(name) ?? new Set()).add(kind));
      return name;
    },
    isName: (text) => names.has(text),
    ip,
    cidr(text) {
      return ipBits(addressOf(text)) === undefined ? text : kept(cidrs)(text);
    },
    mac: (text) => (macBytes(text) === undefined ? text : kept(macs)(text)),
    id: kept(ids),
    link: kept(links),
    word: kept(words),
    prose(text) {
      // Digits in prose may be anything; ids in it are those that stand in a field as well.
      addressSpans(text, { ...mapper, id: (digits) => digits });
      return text;
    },
  };
  const texts = textsIn(snapshot, SNAPSHOT);
  // Twice: what is a name by itself is known before names are looked for within others. In prose no names are looked for here.
  const named = texts.filter(([id]) => id !== 'prose');
  for (const [id, text] of [...named, ...texts]) READINGS[id](text, mapper);
  return { names, ips, cidrs, macs, ids, links, words };
}

/** Of `ADDRESS/LENGTH`. */
export function addressOf(cidr: string): string {
  return cidr.split('/')[0] ?? cidr;
}
