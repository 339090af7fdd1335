// Reads what the bundle writer writes, and refuses everything else that a tar archive can hold. It takes no extension headers, so a
// path or a size is said once, in the header itself, and nothing is buffered but the files that somebody wants.
import { BundleRefusal } from './refusal.js';
import { BLOCK, parseTarHeader } from './tar-header.js';

export interface TarLimits {
  readonly entries: number;
  /** Of one file that is kept, bytes. */
  readonly fileBytes: number;
}

/** Takes the archive piece by piece. */
export class TarReader {
  readonly #isWanted: (path: string) => boolean;
  readonly #limits: TarLimits;
  readonly #seen = new Set<string>();
  readonly #kept = new Map<string, Uint8Array>();
  readonly #header = new Uint8Array(BLOCK);
  #headerLength = 0;
  /** Content of the current file that is kept, and how much of it is there. */
  #content = new Uint8Array(0);
  #contentLength = 0;
  /** Of the current file and its padding, still to come. */
  #rest = 0;
  #isOver = false;

  /** `isWanted` says which paths are kept in memory. */
  constructor(isWanted: (path: string) => boolean, limits: TarLimits) {
    this.#isWanted = isWanted;
    this.#limits = limits;
  }

  /** Throws BundleRefusal. */
  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !this.#isOver;) {
      const left = chunk.subarray(at);
      at += this.#rest > 0 ? this.#takeContent(left) : this.#takeHeader(left);
    }
  }

  /** Paths of all files, and the content of those that were wanted. Throws BundleRefusal when the archive is not whole. */
  end(): { readonly paths: ReadonlySet<string>; readonly kept: ReadonlyMap<string, Uint8Array> } {
    if (!this.#isOver) throw new BundleRefusal('it is cut off');
    return { paths: this.#seen, kept: this.#kept };
  }

  #takeHeader(chunk: Uint8Array): number {
    const taken = chunk.subarray(0, BLOCK - this.#headerLength);
    this.#header.set(taken, this.#headerLength);
    this.#headerLength += taken.length;
    if (this.#headerLength === BLOCK) this.#begin();
    return taken.length;
  }

  #begin(): void {
    this.#headerLength = 0;
    const header = parseTarHeader(this.#header);
    if (header === undefined) {
      this.#isOver = true;
      return;
    }
    const { path, size } = header;
    if (this.#seen.size >= this.#limits.entries) throw new BundleRefusal('it holds too many files');
    if (this.#seen.has(path)) throw new BundleRefusal(`it holds ${path} twice`);
    this.#seen.add(path);
    this.#rest = Math.ceil(size / BLOCK) * BLOCK;
    this.#contentLength = 0;
    this.#content = new Uint8Array(0);
    if (!this.#isWanted(path)) return;
    if (size > this.#limits.fileBytes) throw new BundleRefusal(`${path} in it is too large`);
    this.#content = new Uint8Array(size);
    this.#kept.set(path, this.#content);
  }

  #takeContent(chunk: Uint8Array): number {
    const taken = chunk.subarray(0, this.#rest);
    const wanted = taken.subarray(0, this.#content.length - this.#contentLength);
    this.#content.set(wanted, this.#contentLength);
    this.#contentLength += wanted.length;
    this.#rest -= taken.length;
    return taken.length;
  }
}
