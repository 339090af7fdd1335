// What the last look searches for: every form of every original that has a stand-in, and of none that somebody's stand-in has too.
import { ipBits } from '../addresses/ip-bits.js';
import { utf8 } from '../prf.js';
import { addressOf, type Originals } from '../originals.js';
import { isTelling } from '../prose/common-words.js';
import type { StandIns } from '../stand-ins.js';
import { type Edge, type Form, ipForms, macForms } from './address-forms.js';
import { base64Forms, nameForms } from './name-forms.js';
import { wordsOf } from './vocabulary.js';

interface Needle {
  readonly bytes: Uint8Array;
  readonly kind: string;
}

interface FoldedNeedle extends Needle {
  readonly edge: Edge;
  /** Of a name, what it is made of: where all of these are said anyway, it is no leak. */
  readonly words?: readonly string[];
}

interface Needles {
  /** In lower case, compared without regard to it. */
  readonly folded: readonly FoldedNeedle[];
  /** Base64, in which case means something. */
  readonly exact: readonly Needle[];
}

const A_NAME = 'a name';

/** Of an id, as many digits as programs print at the least. What links carry of one is found with the link's whole name. */
const SHORT_ID = 12;

interface Pair {
  readonly kind: string;
  readonly real: string;
  readonly instead: string;
  readonly forms: (text: string) => readonly Form[];
}

/**
 * A name that tells nobody apart, or that this host's own vocabulary has (a container called `bookworm` on Debian), is not
 * searched for: it would be found where nothing leaks.
 */
export function needlesFor(originals: Originals, map: StandIns): Needles {
  const pairs = pairsOf(originals, map);
  const innocent = new Set(
    pairs.flatMap(({ instead, forms }) => forms(instead).map(({ text }) => inLowerCase(text))),
  );
  const folded = new Map<string, FoldedNeedle>();
  const exact = new Map<string, Needle>();
  for (const { kind, real, instead, forms } of pairs) {
    if (real === instead) continue;
    const words = kind === A_NAME ? { words: wordsOf(real) } : {};
    for (const { text, edge } of forms(real)) {
      const key = inLowerCase(text);
      if (!innocent.has(key) && !isNobodys(text, map))
        folded.set(key, { kind, edge, ...words, bytes: utf8(key) });
    }
    for (const text of base64Forms(utf8(real))) exact.set(text, { kind, bytes: utf8(text) });
  }
  return { folded: [...folded.values()], exact: [...exact.values()] };
}

/** Backwards, an address may be one of a range that nobody owns: 10.0.0.224, and a group of routers. */
function isNobodys(text: string, map: StandIns): boolean {
  return ipBits(text) !== undefined && map.mapper('out').ip(text) === text;
}

/** As the bytes are that it is compared with: of ASCII alone. */
function inLowerCase(text: string): string {
  return text.replaceAll(/[A-Z]+/gu, (letters) => letters.toLowerCase());
}

function pairsOf({ ips, cidrs, macs, ids, words }: Originals, map: StandIns): Pair[] {
  const out = map.mapper('out');
  const spoken = new Set([...words].flatMap((text) => text.toLowerCase().match(/[\w-]+/gu) ?? []));
  const tellsNobody = (name: string): boolean => !isTelling(name) || spoken.has(name.toLowerCase());
  return [
    ...[...ips].map((real) => pair('an IP address', real, out.ip(real), ipForms)),
    ...[...cidrs].map((cidr) =>
      pair('an IP address', addressOf(cidr), addressOf(out.cidr(cidr)), ipForms),
    ),
    ...[...macs].map((real) => pair('a MAC address', real, out.mac(real), macForms)),
    ...[...ids].map((real) => pair('an id', real, out.id(real), idForms)),
    ...map.memory.names
      .filter(([name]) => !tellsNobody(name))
      .map(([real, instead]) => pair(A_NAME, real, instead, nameForms)),
  ];
}

function pair(kind: string, real: string, instead: string, forms: Pair['forms']): Pair {
  return { kind, real, instead, forms };
}

function idForms(id: string): Form[] {
  return id.length < SHORT_ID ? [] : [{ text: id.slice(0, SHORT_ID), edge: 'open' }];
}
