// The last look before something leaves: whether any original, in any form, or anything like a secret is in it. It says where and
// what kind, never which.
import { utf8 } from '../prf.js';
import type { Originals } from '../originals.js';
import type { StandIns } from '../stand-ins.js';
import { Automaton } from './automaton.js';
import { isWhole, LOOK_AROUND } from './edges.js';
import { needlesFor } from './needles.js';
import { AROUND, SECRETS, type SecretForm } from './secrets.js';
import { isOwnWord, type Words } from './vocabulary.js';

export interface Leak {
  /** Bytes from the beginning. */
  readonly offset: number;
  /** `an IP address`, `a name`, `a private key`, … */
  readonly kind: string;
}

/** With the byte behind it. */
interface Stretch extends Leak {
  readonly to: number;
}

export interface HowMade {
  /**
   * Of our own sentences and of what has stand-ins already: a container called `sleep` is no reason to find a leak in the sentence
   * that speaks of sleep.
   */
  readonly isOurs?: boolean;
  /** What the program says that wrote it, whatever host it is on: its keys, and words of closed lists. */
  readonly words?: Words;
}

type Search = (bytes: Uint8Array) => readonly Stretch[];

/** Made once for a case; searches any number of files. */
export class LeakScan {
  readonly #folded: Automaton;
  readonly #exact: Automaton;
  readonly #needles: ReturnType<typeof needlesFor>;
  #longest: number;
  /** Their marks are searched for behind the needles. */
  readonly #marked: readonly SecretForm[] = SECRETS.flatMap((secret) =>
    secret.marks.map(() => secret),
  );

  constructor(originals: Originals, map: StandIns) {
    this.#needles = needlesFor(originals, map);
    const { folded, exact } = this.#needles;
    const marks = SECRETS.flatMap((secret) => secret.marks.map((mark) => utf8(mark)));
    this.#folded = new Automaton([...folded.map(({ bytes }) => bytes), ...marks]);
    this.#exact = new Automaton(exact.map(({ bytes }) => bytes));
    this.#longest = 2 * AROUND;
    for (const { bytes } of [...folded, ...exact])
      this.#longest = Math.max(this.#longest, bytes.length);
  }

  /** A whole file, UTF-8. */
  inBytes(bytes: Uint8Array, how: HowMade = {}): Leak | undefined {
    const file = this.file(how);
    file.feed(bytes);
    file.end();
    return file.leaks[0];
  }

  /** A file that comes in pieces. */
  file(how: HowMade = {}): ScannedFile {
    return new ScannedFile((bytes) => this.#leaksIn(bytes, how), this.#longest);
  }

  #leaksIn(bytes: Uint8Array, how: HowMade): Stretch[] {
    const leaks = new Map<string, Stretch>();
    const add = (from: number, to: number, kind: string): void => {
      leaks.set(`${from} ${kind}`, { offset: from, to, kind });
    };
    const { folded, exact } = this.#needles;
    this.#folded.search(foldCase(bytes), ({ needle, from, to }) => {
      const found = folded[needle];
      const secret = this.#marked[needle - folded.length];
      const isMeant =
        found !== undefined && found.words?.every((word) => isSaid(word, how)) !== true;
      if (isMeant && isWhole(bytes, from, to, found.edge)) add(from, to, found.kind);
      if (secret !== undefined) secretsAround(from, bytes, secret, add);
    });
    this.#exact.search(bytes, ({ needle, from, to }) => {
      add(from, to, exact[needle]?.kind ?? '');
    });
    return [...leaks.values()].toSorted((a, b) => a.offset - b.offset);
  }
}

function isSaid(word: string, { isOurs = false, words }: HowMade): boolean {
  return (isOurs && isOwnWord(word)) || words?.has(word) === true;
}

function secretsAround(
  at: number,
  bytes: Uint8Array,
  { form, kind }: SecretForm,
  add: (from: number, to: number, kind: string) => void,
): void {
  const first = Math.max(0, at - AROUND);
  const around = String.fromCodePoint(...bytes.subarray(first, at + AROUND));
  for (const { index, 0: found } of around.matchAll(form))
    add(first + index, first + index + found.length, kind);
}

/** Remembers as much of what came before as the longest needle and its neighbours need. */
class ScannedFile {
  readonly leaks: Leak[] = [];
  readonly #search: Search;
  readonly #overlap: number;
  #rest = new Uint8Array(0);
  /** Where the rest begins in the file, and up to where was told of. */
  #offset = 0;
  #told = 0;

  constructor(search: Search, longest: number) {
    this.#search = search;
    this.#overlap = longest + 2 * LOOK_AROUND;
  }

  feed(chunk: Uint8Array): void {
    const all = new Uint8Array(this.#rest.length + chunk.length);
    all.set(this.#rest);
    all.set(chunk, this.#rest.length);
    this.#tell(all, all.length - LOOK_AROUND);
    const keep = Math.min(all.length, this.#overlap);
    this.#offset += all.length - keep;
    this.#rest = all.slice(all.length - keep);
  }

  end(): void {
    this.#tell(this.#rest, this.#rest.length);
  }

  /** What ends where its neighbours are not known yet is left for the next piece. */
  #tell(bytes: Uint8Array, upTo: number): void {
    for (const { offset, to, kind } of this.#search(bytes)) {
      const at = this.#offset + offset;
      const isKnown = this.leaks.some((one) => one.offset === at && one.kind === kind);
      if (this.leaks.length === MOST_LEAKS) return;
      if (to > upTo || this.#offset + to <= this.#told || isKnown) continue;
      this.leaks.push({ offset: at, kind });
    }
    this.#told = Math.max(this.#told, this.#offset + Math.max(0, upTo));
  }
}

/** One is enough to refuse a file; a few more show whether it is one mistake or a file that was never masked. */
const MOST_LEAKS = 100;

function foldCase(bytes: Uint8Array): Uint8Array {
  const folded = new Uint8Array(bytes);
  for (let at = 0; at < folded.length; at += 1) {
    const byte = folded[at] ?? 0;
    if (byte >= 0x41 && byte <= 0x5a) folded[at] = byte | 0x20;
  }
  return folded;
}
